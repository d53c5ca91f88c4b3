/**
 * A trap: a real server that a logon would succeed at, with a tap before it that keeps every frame. Whoever names it (a
 * workspace, the registry of a scanned machine, a NetBIOS answer, a directory's referral), no NTLM AUTHENTICATE comes there, and
 * the user is told why.
 */
import { randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addAllowances } from '../../server/src/cli/allowances.ts';
import { BASE, DOMAIN, READER, startDirectory } from '../lab/directory.ts';
import { startDns } from '../lab/dns-server.ts';
import { startMachine, type LabMachine } from '../lab/lab.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { startNmbd } from '../lab/nmbd.ts';
import { runCli } from '../unit/cli/run-cli.ts';
import { leavesNothingOn, leavingNothing } from './faults-check.ts';
import { startTrap } from './trap.ts';
import { startWireTap, type WireTap } from './wire-tap.ts';
import { makeWorkspace, resultsOf, type Workspace } from './workspace.ts';

const CONTENT = String.raw`
product trapped "Trapped" {
  each app in programs where app.name starts with "Trapped"
  let version = file "${'${app.location}'}\app.exe" version
  installed when file "${'${app.location}'}\app.exe" exists
}
product served "Served" {
  let binary = service "TrappedService" path
  installed when file "${'${binary}'}" exists
}
patch T-1 "One" fixes trapped { missing when version < 2 }
patch T-2 "Two" fixes windows { missing always }
`;

/** The third message of NTLM, which answers the challenge with the password's hash (MS-NLMP 2.2.1.3). */
const AUTHENTICATE = 'NTLMSSP\0\u0003\0\0\0';

let trap: LabMachine;
let tap: WireTap;
let address: string;
beforeAll(async () => {
  trap = await startMachine({ ...ws01, name: 'PLABTRAP' }, { port: 445 });
  tap = await startWireTap(trap);
  address = tap.target.split(':')[0] ?? '';
});
afterAll(async () => {
  await tap.close();
  await trap.stop();
});
beforeEach(() => {
  tap.reset();
});
leavesNothingOn(() => trap);

const workspace = (config: object): Promise<Workspace> =>
  makeWorkspace(config, { script: CONTENT, env: { PATCHLAB_PASSWORD: trap.password } });

const scan = (...args: readonly string[]): readonly string[] => [
  'scan',
  '--user',
  trap.user,
  '--format',
  'json',
  ...args,
];

describe('a trap hears no NTLM AUTHENTICATE', () => {
  it('where a workspace names it, until the user allows it: then it hears one', async () => {
    const run = await workspace({ groups: { lab: { hosts: [tap.target] } } });
    const { code, err } = await runCli(scan('--group', 'lab'), run);
    expect([code, err]).toEqual([2, expect.stringMatching(/You have not allowed yet[^]*--allow-hosts/) as string]);
    expect(err).toContain(address);
    expect(tap.bytes().length).toBe(0);
    expect((await runCli(scan('--group', 'lab', '--allow-hosts'), run)).code).toBe(0);
    expect(tap.sent(AUTHENTICATE)).toBe(true);
  });

  it('where a group that the user had allowed has another name or leads to another machine now', async () => {
    const run = await workspace({ groups: { lab: { hosts: [tap.target] } } });
    const file = path.join(run.cwd, 'home', 'patchlab', 'allowances.json');
    const port = Number(tap.target.split(':')[1]);
    // As a yes in a terminal leaves it.
    await addAllowances(file, [{ name: address, address, port, user: trap.user, group: 'lab' }]);
    expect((await runCli(scan('--group', 'lab'), run)).code).toBe(0);
    expect(tap.sent(AUTHENTICATE)).toBe(true);
    const other = await startWireTap(trap);
    try {
      const changes = [
        ['office', [tap.target]],
        ['lab', [other.target]],
        ['lab', [`${address}:${port + 1}`]],
        ['lab', [tap.target, other.target]],
      ] as const;
      for (const [name, hosts] of changes) {
        tap.reset();
        await writeFile(
          path.join(run.cwd, 'patchlab.json'),
          JSON.stringify({ content: ['a.detect'], groups: { [name]: { hosts } } }),
        );
        const { code, err } = await runCli(scan('--group', name), run);
        expect([name, hosts, code, err]).toEqual([
          name,
          hosts,
          2,
          expect.stringMatching(/You have not allowed yet[^]*--allow-hosts/) as string,
        ]);
        expect([tap.bytes().length, other.bytes().length]).toEqual([0, 0]);
      }
    } finally {
      await other.close();
    }
  });

  it('where the InstallLocation and the services of a scanned machine lead to it', async () => {
    const uninstall = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall';
    const places = [
      `\\\\${address}\\C$\\Trap`,
      `//${address}/C$/Trap`,
      `\\\\?\\UNC\\${address}\\C$\\Trap`,
      `\\??\\UNC\\${address}\\C$`,
    ];
    const programs = places.map((InstallLocation, at) => [
      `${uninstall}\\Trapped ${at}`,
      { DisplayName: `Trapped ${at}`, InstallLocation, UninstallString: `${InstallLocation}\\u.exe` },
    ]);
    const machine = await startMachine({
      ...ws01,
      name: 'baited',
      registry: { ...ws01.registry, ...(Object.fromEntries(programs) as typeof ws01.registry) },
      services: {
        ...ws01.services,
        TrappedService: { displayName: 'Trapped', state: 'running', start: 2, path: `\\\\${address}\\C$\\Trap\\s.exe` },
      },
    });
    const run = await workspace({});
    try {
      const { code, out } = await leavingNothing([machine], () => runCli(scan('--machine', machine.target), run));
      const [result] = resultsOf(out);
      // The scan goes on to its end; what leads elsewhere is unknown, and says why.
      expect([code, result?.steps.filter(({ status }) => status === 'failed')]).toEqual([0, []]);
      expect(result?.patches.filter(({ id }) => id === 'T-2').map(({ status }) => status)).toEqual(['missing']);
      const instances = result?.products.flatMap((product) => product.instances) ?? [];
      const told = instances.map(({ state, reason }) => `${state}: ${reason?.replaceAll(address, 'TRAP')}`);
      expect(told).toEqual([
        'unknown: `\\\\TRAP\\C$\\Trap\\app.exe` leads to another machine',
        'unknown: `\\\\TRAP\\C$\\Trap\\app.exe` leads to another machine',
        'unknown: `\\\\?\\UNC\\TRAP\\C$\\Trap\\app.exe` is a device path, which is never opened',
        'unknown: `UNC\\TRAP\\C$\\app.exe` is no full path',
        'unknown: `\\\\TRAP\\C$\\Trap\\s.exe` leads to another machine',
      ]);
      expect(tap.bytes().length).toBe(0);
    } finally {
      await machine.stop();
    }
  });

  it('where a NetBIOS answer leads to it', async () => {
    const liar = await startNmbd({ name: 'PLABWANTED', address, port: randomInt(1100, 4400) });
    const run = await workspace({ netbios: { servers: [`${liar.address}:${liar.port}`] } });
    try {
      const refused = await runCli(scan('--machine', 'PLABWANTED'), run);
      expect([refused.code, refused.err]).toEqual([
        2,
        expect.stringMatching(/PLABWANTED \(127[.\d]+\) by NetBIOS[^]*--allow-hosts/) as string,
      ]);
      expect(tap.bytes().length).toBe(0);
      // Once it is allowed by name it is reached there; and it is not who it was asked for.
      const allowed = await runCli(scan('--machine', 'PLABWANTED', '--allow-hosts'), run);
      expect(tap.sent(AUTHENTICATE)).toBe(true);
      const errors = resultsOf(allowed.out).flatMap(({ steps }) => steps.flatMap(({ error }) => error?.code ?? []));
      expect([allowed.code, errors]).toEqual([3, ['PL403']]);
    } finally {
      await liar.stop();
    }
  });

  it('where the referral of a directory names it', async () => {
    const machine = await startMachine(ws01);
    // On the port of the referral another trap listens, which takes whatever LDAP would say.
    const ldap = await startTrap(389, address);
    const url = `ldap://${address}`;
    const referring = await startDirectory({
      ...{ computers: [{ name: 'WS01', dnsHostName: `ws01.${DOMAIN}` }], global: [`referral ${url}`] },
      more: [
        ...[`dn: ou=Child,${BASE}`, 'objectClass: referral', 'objectClass: extensibleObject'],
        ...['ou: Child', `ref: ${url}/ou=Child,${BASE}`, '', ''],
      ].join('\n'),
    });
    const dns = await startDns({ address: (name) => (name === `ws01.${DOMAIN}` ? [machine.address] : 'nxdomain') });
    const directory = {
      ...{ domain: DOMAIN, servers: [`${referring.address}:${referring.securePort}`], dns: [dns.target] },
      ...{ ca: referring.authority.certificate, credential: 'reader' },
    };
    const run = await workspace({
      directories: { whole: { ...directory, base: 'DC=other,DC=example' }, part: directory },
      credentials: { reader: { user: READER.user } },
      groups: { whole: { domains: ['whole'] }, part: { domains: ['part'], port: machine.port } },
    });
    const env = { ...run.env, PATCHLAB_PASSWORD_READER: READER.password };
    const allow = ['--allow-hosts', '--allow-directory', 'whole', '--allow-directory', 'part'];
    try {
      const part = await leavingNothing([machine], () => runCli(scan('--group', 'part', ...allow), { ...run, env }));
      expect([part.code, resultsOf(part.out).map(({ machine: { name } }) => name)]).toEqual([0, ['WS01']]);
      expect(part.err).toContain(`${url}/ou=Child,${BASE}??sub is on another server, which is not asked`);
      const whole = await runCli(scan('--group', 'whole', ...allow), { ...run, env });
      expect([whole.code, resultsOf(whole.out)]).toEqual([3, []]);
      expect(whole.err).toContain('The directory says that another server has it, which is never followed.');
      expect(whole.err).toContain(`[LDAP_REFERRAL (10): it names ${url}/`);
      expect([tap.bytes().length, ldap.connections()]).toEqual([0, 0]);
    } finally {
      await Promise.all([dns.stop(), referring.stop(), ldap.close(), machine.stop()]);
    }
  });
});
