/** A real domain: Active Directory by Samba, its own DNS, its refusals, and a machine of it that is scanned. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOMAIN_ADMIN, REALM, startDomain, type LabDomain } from '../lab/domain.ts';
import { startMachine, type LabMachine } from '../lab/lab.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { runCli } from '../unit/cli/run-cli.ts';
import { leavesNothingOn } from './faults-check.ts';
import { makeWorkspace, resolveIn, resultsOf, type Workspace } from './workspace.ts';

const COUNT = 1200;
const CONTENT = 'patch P-1 "One" fixes windows {\n  installed when windows.build >= 99999\n}\n';

const computer = (name: string, unit: string, base: string, flags = 0x1000): string =>
  [
    `dn: CN=${name},${unit},${base}`,
    'objectClass: computer',
    `sAMAccountName: ${name}$`,
    `userAccountControl: ${flags}`,
    `dNSHostName: ${name.toLowerCase()}.${REALM}`,
  ].join('\n');

const entries = (base: string): string =>
  [
    ...['OU=Workstations', 'OU=Lab,OU=Workstations', 'OU=Many'].map(
      (unit) => `dn: ${unit},${base}\nobjectClass: organizationalUnit`,
    ),
    computer('WS01', 'OU=Lab,OU=Workstations', base),
    // 0x1002: a workstation's account that is disabled.
    computer('GONE', 'OU=Lab,OU=Workstations', base, 0x1002),
    ...Array.from({ length: COUNT }, (_, at) => computer(`MANY${at + 1}`, 'OU=Many', base)),
    '',
  ].join('\n\n');

let domain: LabDomain;
let machine: LabMachine;
beforeAll(async () => {
  [domain, machine] = await Promise.all([startDomain({ entries }), startMachine(ws01)]);
  const { user, password } = DOMAIN_ADMIN;
  const as = ['-U', `${user.replace(/@.*/, '')}%${password}`];
  await domain.tool('dns', 'add', domain.address, REALM, 'ws01', 'A', machine.address, ...as);
  await domain.tool('user', 'create', 'sleeper', 'fake-Sle3per-Passw0rd!');
  await domain.tool('user', 'disable', 'sleeper');
  await domain.tool('user', 'create', 'changer', 'fake-Chang3r-Passw0rd!', '--must-change-at-next-login');
}, 180_000);
afterAll(async () => {
  await Promise.all([domain.stop(), machine.stop()]);
});
leavesNothingOn(() => machine);

async function workspace(group: object, directory: object = {}): Promise<Workspace> {
  const config = {
    directories: {
      ad: {
        domain: REALM,
        servers: [`dc1.${REALM}`],
        dns: [domain.address],
        ca: 'ca.pem',
        credential: 'reader',
        ...directory,
      },
    },
    credentials: { reader: { user: DOMAIN_ADMIN.user }, scanner: { user: machine.user } },
    groups: { g: group },
  };
  const env = { PATCHLAB_PASSWORD_READER: DOMAIN_ADMIN.password, PATCHLAB_PASSWORD_SCANNER: machine.password };
  return await makeWorkspace(config, { script: CONTENT, files: { 'ca.pem': domain.authority.pem }, env });
}

interface Asking {
  readonly directory?: object;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

async function resolve(group: object, { directory, args = ['--allow-directory', 'ad'], env }: Asking = {}) {
  const place = await workspace(group, directory);
  const { code, err, told } = await resolveIn({ ...place, env: { ...place.env, ...env } }, args);
  if (!told) throw new Error(err);
  return { code, err, told };
}

describe('a domain', () => {
  it('gives the computers of a part, by a controller that its own DNS knows; disabled ones stay out', async () => {
    const { code, told } = await resolve({ ous: ['ad/Workstations'] });
    expect(told.directories).toMatchObject([{ server: `dc1.${REALM}:636`, computers: 1, error: null }]);
    expect([code, told.warnings, told.excluded]).toEqual([
      0,
      [],
      [{ name: `gone.${REALM}`, by: 'its account is disabled' }],
    ]);
    expect(told.machines).toMatchObject([
      { name: `ws01.${REALM}`, foundBy: 'domain-dns', addresses: [machine.address] },
    ]);
  });

  it('gives all of its computers; who is not in its DNS is told by name', async () => {
    const { code, told } = await resolve({ domains: ['ad'] });
    // Its own partitions on "other servers" are no news.
    expect([code, told.warnings]).toEqual([3, []]);
    expect(told.directories[0]?.computers).toBe(COUNT + 2);
    expect(told.machines.map(({ name }) => name).sort()).toEqual([`dc1.${REALM}`, `ws01.${REALM}`]);
    expect(told.failures).toHaveLength(COUNT);
    expect(new Set(told.failures.map(({ error }) => `${error.code} ${error.raw}`))).toEqual(new Set(['200 ENOTFOUND']));
  });

  it('takes NAME@DOMAIN and DOMAIN\\NAME, over StartTLS as well', async () => {
    for (const user of [DOMAIN_ADMIN.user, 'LABAD\\Administrator']) {
      const args = ['--allow-directory', 'ad', '--user', user];
      const env = { PATCHLAB_PASSWORD: DOMAIN_ADMIN.password };
      const directory = { security: 'starttls', credential: undefined };
      const { code, told } = await resolve(
        { ous: [`OU=Lab,OU=Workstations,${domain.base}`] },
        { directory, args, env },
      );
      expect([code, told.directories]).toMatchObject([0, [{ server: `dc1.${REALM}:389`, computers: 1 }]]);
    }
  });

  it.each([
    [DOMAIN_ADMIN.user, 'fake-wrong', 'The password is wrong.', 'data 52e'],
    [`sleeper@${REALM}`, 'fake-Sle3per-Passw0rd!', 'The account is disabled.', 'data 533'],
    [`changer@${REALM}`, 'fake-Chang3r-Passw0rd!', 'The password must be changed', 'data 773'],
  ])('says why it refuses %s', async (user, password, reason, data) => {
    const args = ['--allow-directory', 'ad', '--user', user];
    const asking = { directory: { credential: undefined }, args, env: { PATCHLAB_PASSWORD: password } };
    const { code, told } = await resolve({ domains: ['ad'] }, asking);
    expect([code, told.directories[0]?.error]).toMatchObject([3, { code: 'PL101' }]);
    expect(told.directories[0]?.error?.meaning).toContain(reason);
    expect(told.directories[0]?.error?.raw).toMatch(new RegExp(`^LDAP_INVALID_CREDENTIALS \\(49\\): .*${data}`));
  });

  it('takes no password in plain text even where the user allows it, and says what to do', async () => {
    const asking = { directory: { security: 'plain' }, args: ['--allow-plain-ldap', 'ad'] };
    const { told } = await resolve({ domains: ['ad'] }, asking);
    expect(told.directories[0]?.error).toMatchObject({
      ...{ code: 'PL101', raw: expect.stringMatching(/^LDAP_STRONGER_AUTH_REQUIRED \(8\)/) as string },
      remedy: 'Set "security" of the directory to ldaps or starttls.',
    });
  });

  it("is told of by Samba's DNS in a form that cannot be read, and the remedy says what to do", async () => {
    const { code, told } = await resolve({ domains: ['ad'] }, { directory: { servers: undefined } });
    expect([code, told.directories[0]?.error]).toMatchObject([
      3,
      { code: '202', raw: 'EBADRESP', remedy: expect.stringMatching(/^Give "servers"/) as string },
    ]);
  });

  it('has a machine that is scanned: one credential for the directory, another for the machine', async () => {
    const group = { ous: ['ad/Workstations'], port: machine.port, credential: 'scanner' };
    const { cwd, env } = await workspace(group);
    const scan = ['scan', '--group', 'g', '--allow-directory', 'ad', '--format', 'json'];
    const refused = await runCli(scan, { cwd, env });
    expect([refused.code, refused.err]).toEqual([
      2,
      expect.stringMatching(
        /ws01\.ad\.lab\.example:\d+ \(127[.\d]+\) by the domain's DNS, from g: ad\/Workstations/,
      ) as string,
    ]);
    const { code, out } = await runCli([...scan, '--allow-hosts'], { cwd, env });
    expect([code, resultsOf(out).map(({ machine: { name, address } }) => [name, address])]).toEqual([
      0,
      [['WS01', machine.address]],
    ]);
    expect(out).not.toContain(machine.password);
  });
});
