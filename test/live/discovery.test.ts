/** Who else is on the network: broadcasts, and the discovery of ranges, which says nothing to anybody. */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findByName, localBroadcasts } from '../../server/src/wire/netbios/name-service.ts';
import { findFreeAddress } from '../lab/free-address.ts';
import { startNmbd } from '../lab/nmbd.ts';
import { runCli } from '../unit/cli/run-cli.ts';
import { schemaErrors } from '../unit/results/schemas.ts';
import { withNames, workspace } from './resolve-run.ts';
import { startTrap } from './trap.ts';

withNames();

describe('a broadcast', () => {
  it('is answered by whoever has the name, and by nobody else', async () => {
    const address = await findFreeAddress(445);
    const port = randomInt(1100, 4400);
    const one = await startNmbd({ name: 'PLABCAST', address, port });
    const { signal } = new AbortController();
    // 127.0.0.0/8 is a network with a broadcast address like any other.
    const network = { address: '127.255.255.255', port, broadcast: true };
    try {
      // It asks the network first whether somebody else has its name, and answers for it some seconds later.
      let answer = await findByName('plabcast', [network], { signal });
      for (let tries = 0; tries < 15 && answer.kind !== 'found'; tries++)
        answer = await findByName('plabcast', [network], { signal });
      expect(answer).toEqual({ kind: 'found', addresses: [address], from: address });
      expect(await findByName('PLABNONE', [network], { signal, attemptMs: 60 })).toEqual({ kind: 'silent' });
    } finally {
      await one.stop();
    }
  });

  it('goes to every network of this computer but the loopback', () => {
    const own = Object.values(os.networkInterfaces())
      .flatMap((all) => all ?? [])
      .filter(({ family, internal, netmask }) => family === 'IPv4' && !internal && netmask !== '255.255.255.255');
    expect(new Set(localBroadcasts().map(({ address }) => address)).size).toBe(
      new Set(own.map(({ cidr }) => cidr?.replace(/\.\d+\//, '/'))).size,
    );
    expect(localBroadcasts().every(({ address, broadcast }) => broadcast === true && !address.startsWith('127.'))).toBe(
      true,
    );
  });
});

interface Discovered {
  readonly asked: number;
  readonly machines: readonly {
    readonly address: string;
    readonly ports: readonly number[];
    readonly name: string | null;
  }[];
}

describe('a discovery', () => {
  it('finds who answers on 445, 139 and 137, says who of them is nowhere known, and nobody hears a credential', async () => {
    const net24 = `127.${randomInt(130, 250)}.${randomInt(1, 250)}`;
    const traps = await Promise.all([
      startTrap(445, `${net24}.10`),
      startTrap(139, `${net24}.10`),
      startTrap(139, `${net24}.20`),
      startTrap(445, `${net24}.30`),
      startTrap(445, `${net24}.40`),
      startTrap(4450, `${net24}.50`),
    ]);
    const named = await startNmbd({ name: 'PLABFOUND', address: `${net24}.60`, port: 137 });
    const groups = {
      lab: { ranges: [`${net24}.0/26`], exclude: [`${net24}.40`] },
      other: { hosts: [`${net24}.30`, 'no-such-host.invalid'] },
    };
    const { cwd, env } = await workspace({ groups });
    try {
      const begun = performance.now();
      const args = ['resolve', '--discover', '--group', 'lab', '--format', 'json'];
      const { code, out, err } = await runCli(args, { cwd, env });
      expect([code, err]).toEqual([0, '']);
      const told = JSON.parse(out) as Discovered & { readonly warnings: readonly string[] };
      expect(schemaErrors('discovery', told)).toEqual([]);
      // /26 has 62 machines; one of them is left out, and was not even asked.
      expect(told.asked).toBe(61);
      expect(told.machines).toEqual([
        { address: `${net24}.10`, ports: [445, 139], name: null, workgroup: null, knownFrom: [] },
        { address: `${net24}.20`, ports: [139], name: null, workgroup: null, knownFrom: [] },
        { address: `${net24}.30`, ports: [445], name: null, workgroup: null, knownFrom: [`other: ${net24}.30`] },
        { address: `${net24}.60`, ports: [137], name: 'PLABFOUND', workgroup: 'LAB', knownFrom: [] },
      ]);
      expect(told.warnings).toEqual([
        'directory names was not asked: no credential was given for it',
        expect.stringMatching(
          /^nobody knows where no-such-host\.invalid \(E\w+\) are: they may be among those/,
        ) as string,
      ]);
      expect(performance.now() - begun).toBeLessThan(20_000);
      // Not a byte was said: no SMB, no NTLM.
      expect(traps.map((trap) => trap.heard().length)).toEqual([0, 0, 0, 0, 0, 0]);
      expect(traps.map((trap) => trap.connections())).toEqual([1, 1, 1, 1, 0, 0]);
      const text = await runCli(['resolve', '--discover', '--range', `${net24}.30-${net24}.31`], { cwd, env });
      expect(text.out).toContain(
        `1 of 2 addresses answer, 0 of them in no group and no directory\n  ✓ ${net24}.30  445  in other: ${net24}.30`,
      );
    } finally {
      await Promise.all([...traps.map((trap) => trap.close()), named.stop()]);
    }
  });

  it('asks on the port of the group as well', async () => {
    const trap = await startTrap(4450);
    const { cwd, env } = await workspace({ groups: { lab: { ranges: [`${trap.address}/32`], port: 4450 } } });
    try {
      const { out } = await runCli(['resolve', '--discover', '--format', 'json'], { cwd, env });
      expect((JSON.parse(out) as Discovered).machines).toMatchObject([{ address: trap.address, ports: [4450] }]);
      expect(trap.heard().length).toBe(0);
    } finally {
      await trap.close();
    }
  });

  it('ends at once when it is cancelled', async () => {
    const { cwd, env } = await workspace();
    const args = [
      '--no-warnings',
      path.resolve('server/src/cli/main.ts'),
      'resolve',
      '--discover',
      '--range',
      '127.250.0.0/16',
    ];
    const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...env }, stdio: 'ignore' });
    const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const begun = performance.now();
    child.kill('SIGINT');
    expect(await gone).toBe(3);
    expect(performance.now() - begun).toBeLessThan(3000);
  });
});
