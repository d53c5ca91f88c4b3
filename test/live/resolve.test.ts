/** Step 1 by name: what DNS says, what is silent, and who gets which credential. */
import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDirectories } from '../../server/src/scan/directory/directory.ts';
import { DomainNames } from '../../server/src/scan/directory/dns.ts';
import type { ScanError } from '../../server/src/scan/result.ts';
import { startDns } from '../lab/dns-server.ts';
import { startMachine } from '../lab/lab.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { runCli } from '../unit/cli/run-cli.ts';
import { leavingNothing } from './faults-check.ts';
import { DOMAIN, say, scan, withNames, workspace } from './resolve-run.ts';
import { startTrap } from './trap.ts';
import { startWireTap } from './wire-tap.ts';
import { resultsOf } from './workspace.ts';

withNames();

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
    say('ws01', [machine.address]);
    const { cwd, env } = await workspace();
    const as = ['--user', machine.user, '--allow-hosts'];
    try {
      for (const [verb, args] of verbs) {
        const secrets = { ...env, PATCHLAB_PASSWORD: machine.password };
        const run = [...args, `ws01.${DOMAIN}:${machine.port}`, ...as];
        const { code, out, err } = await leavingNothing([machine], () => runCli(run, { cwd, env: secrets }));
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
      const { code, out } = await leavingNothing([one, two], () => runCli(args, { cwd, env: secrets }));
      const raw = resultsOf(out).map(
        ({ steps }) => steps.find(({ error }) => error)?.error?.raw.split(/[ :]/)[0] ?? 'none',
      );
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
