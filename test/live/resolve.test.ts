/** Step 1 against real name services: what DNS says, what NetBIOS says, what is silent; and who else is on the network. */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDirectories } from '../../server/src/scan/directory/directory.ts';
import { DomainNames } from '../../server/src/scan/directory/dns.ts';
import type { ScanError, ScanResult } from '../../server/src/scan/result.ts';
import { findByName, localBroadcasts } from '../../server/src/wire/netbios/name-service.ts';
import { startDns, type DnsAnswer, type LabDns } from '../lab/dns-server.ts';
import { findFreeAddress } from '../lab/free-address.ts';
import { startMachine } from '../lab/lab.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { startNmbd } from '../lab/nmbd.ts';
import { runCli } from '../unit/cli/run-cli.ts';
import { schemaErrors } from '../unit/results/schemas.ts';
import { startTrap } from './trap.ts';
import { startWireTap } from './wire-tap.ts';

const CONTENT = 'patch P-1 "One" fixes windows {\n  missing always\n}\n';
const DOMAIN = 'names.example';

const said: Record<string, DnsAnswer> = {
  [`there.${DOMAIN}`]: ['127.0.0.1'],
  [`gone.${DOMAIN}`]: 'nxdomain',
  [`empty.${DOMAIN}`]: [],
  [`broken.${DOMAIN}`]: 'servfail',
  [`closed.${DOMAIN}`]: 'refused',
  [`silent.${DOMAIN}`]: 'silent',
};

let dns: LabDns;
beforeAll(async () => {
  dns = await startDns({ address: (name) => said[name] ?? 'nxdomain' });
});
afterAll(() => dns.stop());

async function workspace(config: object = {}): Promise<{ cwd: string; env: Record<string, string> }> {
  const cwd = await mkdtemp(path.join(os.tmpdir(), 'patchlab-resolve-'));
  await writeFile(path.join(cwd, 'a.detect'), CONTENT);
  const directories = { names: { domain: DOMAIN, dns: [dns.target] } };
  await writeFile(path.join(cwd, 'patchlab.json'), JSON.stringify({ content: ['a.detect'], directories, ...config }));
  return { cwd, env: { XDG_CONFIG_HOME: path.join(cwd, 'home'), PATCHLAB_PASSWORD: 'fake-Passw0rd!' } };
}

/** The failed step of a scan of one machine, and how long all of it took. */
async function scan(machine: string, under: readonly string[] = []) {
  const begun = performance.now();
  const args = ['scan', '--machine', machine, '--user', 'x', '--format', 'json', '--allow-hosts'];
  const { code, out } = await runCli(args, { ...(await workspace()), under });
  const { results } = JSON.parse(out) as { results: ScanResult[] };
  const failed = results[0]?.steps.find(({ status }) => status === 'failed');
  return { code, step: failed?.step, error: failed?.error, ms: performance.now() - begun };
}

describe('a name', () => {
  const cases: readonly (readonly [string, Partial<ScanError>, RegExp, number])[] = [
    ['gone', { code: '200', raw: 'ENOTFOUND' }, /full DNS name/, 8000],
    ['empty', { code: '200', raw: 'ENODATA' }, /full DNS name/, 8000],
    ['broken', { code: '202', raw: 'ESERVFAIL' }, /DNS server works/, 12_000],
    ['closed', { code: '202', raw: 'EREFUSED' }, /DNS server works/, 12_000],
    ['silent', { code: '201', raw: 'ETIMEOUT' }, /connection to the DNS server/, 20_000],
  ];
  it.each(cases)('that DNS says is %s is told with its code', async (name, expected, remedy, most) => {
    const { code, step, error, ms } = await scan(`${name}.${DOMAIN}`);
    expect([code, step, error]).toMatchObject([3, 1, expected]);
    expect(error?.remedy).toMatch(remedy);
    expect(error?.validate).toContain(`nslookup ${name}.${DOMAIN}`);
    expect(ms).toBeLessThan(most);
  });

  it('is asked in vain a few times only: servers that do not answer for many names are not asked for thousands', async () => {
    const silent = await startDns({ address: () => 'silent' });
    const names = new DomainNames(parseDirectories({ names: { domain: DOMAIN, dns: [silent.target] } }));
    const ask = (all: number, prefix: string) =>
      Promise.allSettled(Array.from({ length: all }, (_, at) => names.look(`${prefix}${at}.${DOMAIN}`)));
    try {
      await ask(10, 'first');
      const before = silent.asked.length;
      const begun = performance.now();
      const rest = await ask(1200, 'then');
      expect(
        new Set(rest.map((each) => each.status === 'rejected' && (each.reason as { code?: string }).code)),
      ).toEqual(new Set(['ETIMEOUT']));
      expect([silent.asked.length - before, performance.now() - begun < 1000]).toEqual([0, true]);
    } finally {
      await silent.stop();
    }
  });

  /** Each verb that logs on, with what it wants besides. */
  const verbs = [
    ['scan', ['scan', '--machine']],
    ['record', ['record', '--output', 'x.snapshot.json', '--machine']],
    ['doctor', ['doctor']],
  ] as const;
  it.each(verbs)(
    "that the workspace's DNS servers know needs the user's word before `%s` logs on there",
    async (_, args) => {
      const trap = await startTrap(randomInt(20_000, 30_000), '127.0.0.1');
      const { cwd, env } = await workspace();
      try {
        const { code, err } = await runCli([...args, `there.${DOMAIN}:${trap.port}`, '--user', 'x'], { cwd, env });
        expect([code, err]).toEqual([2, expect.stringMatching(/by the domain's DNS[^]*--allow-hosts/) as string]);
        expect(trap.connections()).toBe(0);
      } finally {
        await trap.close();
      }
    },
  );

  it("that the workspace's DNS servers alone know is found by each verb alike", async () => {
    const machine = await startMachine(ws01);
    said[`ws01.${DOMAIN}`] = [machine.address];
    const { cwd, env } = await workspace();
    const as = ['--user', machine.user, '--allow-hosts'];
    try {
      for (const [verb, args] of verbs) {
        const secrets = { ...env, PATCHLAB_PASSWORD: machine.password };
        const { code, out, err } = await runCli([...args, `ws01.${DOMAIN}:${machine.port}`, ...as], {
          cwd,
          env: secrets,
        });
        expect([verb, code, err]).toEqual([verb, 0, '']);
        expect(out).toContain('WS01');
      }
      const recorded = JSON.parse(await readFile(path.join(cwd, 'x.snapshot.json'), 'utf8')) as object;
      expect(recorded).toMatchObject({ schema: 'patchlab-snapshot/1', machine: { name: 'WS01' } });
    } finally {
      await machine.stop();
    }
  });
});

describe('a trap', () => {
  it('that a workspace names as a machine, as a directory or for a credential hears nothing without the word of the user', async () => {
    const trap = await startTrap(randomInt(20_000, 30_000));
    const at = `${trap.address}:${trap.port}`;
    const config = {
      directories: { evil: { domain: DOMAIN, servers: [at], security: 'starttls' } },
      credentials: { admin: { user: 'LAB\\admin' } },
      groups: {
        machine: { hosts: [at] },
        named: { hosts: [{ host: at, credential: 'admin' }] },
        directory: { domains: ['evil'] },
      },
    };
    const { cwd, env } = await workspace(config);
    const secrets = { ...env, PATCHLAB_PASSWORD_ADMIN: 'fake-Passw0rd!' };
    try {
      for (const group of Object.keys(config.groups)) {
        const args = ['scan', '--group', group, '--user', 'x'];
        const { code, err } = await runCli(args, { cwd, env: secrets });
        expect([group, code, err]).toEqual([group, 2, expect.stringMatching(/You have not allowed yet/) as string]);
      }
      expect(trap.connections()).toBe(0);
    } finally {
      await trap.close();
    }
  });
});

describe('credentials of hosts and groups', () => {
  it('go each to its own machines; one that is refused stops nobody else', async () => {
    const [one, two] = await Promise.all([startMachine(ws01), startMachine(ws01)]);
    const [first, again, second] = await Promise.all([startWireTap(one), startWireTap(one), startWireTap(two)]);
    const config = {
      credentials: { wrong: { user: 'Nobody-Here' }, right: { user: two.user } },
      groups: {
        lab: { groups: ['inner'], hosts: [first.target, again.target], credential: 'wrong' },
        inner: { hosts: [{ host: second.target, credential: 'right' }] },
      },
    };
    const { cwd, env } = await workspace(config);
    const secrets = { ...env, PATCHLAB_PASSWORD_WRONG: 'fake-wrong', PATCHLAB_PASSWORD_RIGHT: two.password };
    try {
      const args = ['scan', '--group', 'lab', '--allow-hosts', '--format', 'json'];
      const { code, out } = await runCli(args, { cwd, env: secrets });
      const { results } = JSON.parse(out) as { results: ScanResult[] };
      const raw = results.map(({ steps }) => steps.find(({ error }) => error)?.error?.raw.split(/[ :]/)[0] ?? 'none');
      expect([code, raw.sort()]).toEqual([3, ['CREDENTIAL_WITHHELD', 'STATUS_LOGON_FAILURE', 'none']]);
      // The third message of NTLM names the user (MS-NLMP 2.2.1.3): each machine hears its own, the third of them nobody.
      const heard = [first, again, second].map((tap) => ['Nobody-Here', two.user].filter((user) => tap.sent(user)));
      expect(heard.sort()).toEqual([[], ['Nobody-Here'], [two.user]].sort());
    } finally {
      await Promise.all([first.close(), again.close(), second.close()]);
      await Promise.all([one.stop(), two.stop()]);
    }
  });
});

describe('a network', () => {
  it('to which there is no route', async () => {
    // No TCP ever goes to a multicast address: the kernel has no route for it, wherever this runs.
    const { code, error, ms } = await scan('224.0.0.77');
    expect([code, error]).toMatchObject([3, { code: '230', raw: 'ENETUNREACH' }]);
    expect([error?.meaning, error?.remedy]).toEqual([
      expect.stringContaining('no route') as string,
      expect.stringContaining('Check the network') as string,
    ]);
    expect(ms).toBeLessThan(10_000);
  });

  it.each([
    ['unreachable', { code: '235', raw: 'EHOSTUNREACH' }, /host is unreachable/, /open TCP port 445/],
    ['prohibit', { code: '230', raw: 'EACCES' }, /does not allow/, /Check the network/],
  ] as const)('that says of a host that it is out of reach: %s', async (route, expected, says, remedy) => {
    // In a network of its own, which has the loopback and this route alone.
    const setUp = `ip link set lo up && ip route add ${route} 192.0.2.0/24 && exec "$@"`;
    const { code, error, ms } = await scan('192.0.2.77', ['unshare', '--net', 'sh', '-c', setUp, 'sh']);
    expect([code, error]).toMatchObject([3, expected]);
    expect([error?.meaning, error?.remedy]).toEqual([
      expect.stringMatching(says) as string,
      expect.stringMatching(remedy) as string,
    ]);
    expect(ms).toBeLessThan(10_000);
  });

  it('that swallows every packet', async () => {
    const full = await silentPort();
    try {
      const { code, error, ms } = await scan(full.target);
      expect([code, error]).toMatchObject([3, { code: '235', raw: expect.stringContaining('ETIMEDOUT') as string }]);
      expect(error?.remedy).toContain(`open TCP port ${full.port}`);
      expect(error?.validate).toContain(`Test-NetConnection ${full.address} -Port ${full.port}`);
      expect(ms).toBeLessThan(20_000);
    } finally {
      full.close();
    }
  });

  it('where nothing listens', async () => {
    const address = await findFreeAddress(4450);
    expect(await scan(`${address}:4450`)).toMatchObject({ code: 3, error: { code: '261', raw: 'ECONNREFUSED' } });
  });
});

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
    const directories = { names: { domain: DOMAIN, dns: [dns.target] } };
    const { cwd, env } = await workspace({ groups, directories });
    try {
      const begun = performance.now();
      const { code, out, err } = await runCli(['resolve', '--discover', '--group', 'lab', '--format', 'json'], {
        cwd,
        env,
      });
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

/** A port whose queue is full: its process listens and never accepts, so the kernel drops whatever comes, as a firewall does. */
async function silentPort() {
  const address = await findFreeAddress(4460);
  const script = `require('node:net').createServer().listen({ host: '${address}', port: 4460, backlog: 1 }, () => {
    process.stdout.write('up');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  })`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  const clients = Array.from({ length: 4 }, () =>
    net.connect({ host: address, port: 4460 }).on('error', () => undefined),
  );
  await new Promise((resolve) => setTimeout(resolve, 200));
  return {
    ...{ address, port: 4460, target: `${address}:4460` },
    close: () => {
      for (const client of clients) client.destroy();
      child.kill('SIGKILL');
    },
  };
}
