/** Directories: a real LDAP server with 1,200 computers, and every way in which it does not tell them. */
import { randomInt } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScanError } from '../../server/src/scan/result.ts';
import { BASE, DOMAIN, READER, startDirectory, type LabComputer, type LabDirectory } from '../lab/directory.ts';
import { startDns, type DnsAnswer, type LabDns } from '../lab/dns-server.ts';
import { findFreeAddress } from '../lab/free-address.ts';
import { runCli } from '../unit/cli/run-cli.ts';
import { schemaErrors } from '../unit/results/schemas.ts';
import { startTrap } from './trap.ts';

const COUNT = 1200;
/** What a name may hold, and what a filter or a distinguished name would trip over. */
const ODD = 'Smith, (Bob) * #1 + \\ "x" <ü>';
const ODD_RDN = `ou=${ODD.replace(/[,+"\\<>]/g, '\\$&')}`;
const CONTENT = 'patch P-1 "One" fixes windows {\n  missing always\n}\n';
const LIMITS = 'limits users size.soft=1000 size.hard=1000 size.pr=1000 size.prtotal=unlimited';

const computers: readonly LabComputer[] = [
  ...Array.from({ length: COUNT }, (_, at) => ({ name: `WS${at + 1}` })),
  { name: 'OFF', parent: 'ou=Berlin', disabled: true },
  { name: 'OLD', parent: 'ou=Berlin', lastLogon: 200 },
  { name: 'NEVER', parent: 'ou=Berlin', lastLogon: null, created: 300 },
  { name: 'NEW', parent: 'ou=Berlin', lastLogon: null, created: 2 },
  { name: 'FRESH', parent: 'ou=Berlin', lastLogon: 10 },
  { name: 'BARE', parent: 'ou=Inner,ou=Berlin', dnsHostName: null },
  { name: 'MOVED', parent: 'ou=Inner,ou=Berlin', dnsHostName: `gone.${DOMAIN}` },
  { name: 'ODD1', parent: ODD_RDN },
  // What would aim elsewhere, or is no name.
  { name: 'AIMED', parent: ODD_RDN, dnsHostName: '10.9.8.7' },
  { name: 'PORT', parent: ODD_RDN, dnsHostName: 'elsewhere.example:4450' },
];

/** 127.200.x.y for wsN, and one for everybody else that is there. */
function addressOf(name: string): DnsAnswer {
  const [host = '', ...rest] = name.split('.');
  if (rest.join('.') !== DOMAIN || host === 'gone') return 'nxdomain';
  const number = Number(
    /^ws(\d+)$/.exec(host)?.[1] ?? 60_000 + computers.findIndex((one) => one.name.toLowerCase() === host),
  );
  return [`127.200.${number >> 8}.${number & 255}`];
}

let lab: LabDirectory;
let dns: LabDns;
beforeAll(async () => {
  dns = await startDns({ address: addressOf });
  lab = await startDirectory({ computers, units: ['ou=Berlin', 'ou=Inner,ou=Berlin', ODD_RDN], database: [LIMITS] });
});
afterAll(async () => {
  await lab.stop();
  await dns.stop();
});

interface Told {
  readonly machines: readonly {
    readonly name: string;
    readonly foundBy: string;
    readonly addresses: readonly string[];
  }[];
  readonly failures: readonly { readonly name: string; readonly error: ScanError }[];
  readonly directories: readonly {
    readonly server: string | null;
    readonly computers: number;
    readonly ms: number;
    readonly error: ScanError | null;
  }[];
  readonly excluded: readonly { readonly name: string; readonly by: string }[];
  readonly warnings: readonly string[];
}

async function workspace(config: object): Promise<{ readonly cwd: string; readonly env: Record<string, string> }> {
  const cwd = await mkdtemp(path.join(os.tmpdir(), 'patchlab-directory-'));
  await writeFile(path.join(cwd, 'ca.pem'), lab.authority.pem);
  await writeFile(path.join(cwd, 'patchlab.json'), JSON.stringify(config));
  const env = { XDG_CONFIG_HOME: path.join(cwd, 'home'), PATCHLAB_PASSWORD: READER.password };
  return { cwd, env };
}

const secure = () => ({
  domain: DOMAIN,
  servers: [`${lab.address}:${lab.securePort}`],
  ca: 'ca.pem',
  dns: [dns.target],
});
const ALLOW = ['--allow-directory', 'lab', '--user', READER.user];

async function resolve(config: object, args: readonly string[] = ALLOW, password = READER.password) {
  const place = await workspace(config);
  const env = { ...place.env, PATCHLAB_PASSWORD: password };
  const { code, out, err } = await runCli(['resolve', '--format', 'json', ...args], { cwd: place.cwd, env });
  expect(out + err).not.toContain(password);
  if (out === '') return { code, err, told: undefined };
  const told = JSON.parse(out) as Told;
  expect(schemaErrors('resolve', told)).toEqual([]);
  expect(schemaErrors('patchlab-config', config)).toEqual([]);
  return { code, err, told };
}

/** A group with one place of one directory; the directory is `lab` but for what is told. */
const place = (group: object, directory: object = {}) => ({
  directories: { lab: { ...secure(), ...directory } },
  groups: { g: group },
});

/** What slapd noted since then: `BIND dn=…`, `SRCH base=…`. */
function notes(directory: LabDirectory): () => readonly string[] {
  const before = directory.log().length;
  return () => directory.log().slice(before).split('\n');
}

const count = (lines: readonly string[], what: string): number => lines.filter((line) => line.includes(what)).length;

describe('a directory of 1,200 computers behind a limit of 1,000', () => {
  it('is told whole, page by page, encrypted, and each computer is found by the DNS of the domain', async () => {
    const said = notes(lab);
    const { code, told } = await resolve(place({ ous: ['lab/Workstations'] }));
    expect([code, told?.machines.length, told?.failures]).toEqual([0, COUNT, []]);
    expect(told?.directories).toMatchObject([
      { server: `${lab.address}:${lab.securePort}`, computers: COUNT, error: null },
    ]);
    expect(new Set(told?.machines.map(({ foundBy }) => foundBy))).toEqual(new Set(['domain-dns']));
    expect(told?.machines.find(({ name }) => name === 'ws300.lab.example')?.addresses).toEqual(['127.200.1.44']);
    const pages = said().filter((line) => /SEARCH RESULT.*err=0.*nentries=\d{3}/.test(line));
    expect(pages.map((line) => /nentries=(\d+)/.exec(line)?.[1])).toEqual(['500', '500', '200']);
  });

  it('is told over StartTLS as well', async () => {
    const said = notes(lab);
    const starttls = { security: 'starttls', servers: [`${lab.address}:${lab.port}`] };
    const { code, told } = await resolve(place({ ous: ['lab/Berlin/Inner'] }, starttls));
    expect([code, told?.directories[0]?.computers]).toEqual([0, 2]);
    expect([count(said(), 'STARTTLS'), count(said(), 'TLS established'), count(said(), 'BIND dn=')]).toEqual([1, 1, 2]);
  });

  it('finds a part by its names, whatever they hold, and by its distinguished name', async () => {
    const { code, told } = await resolve(place({ ous: [`lab/${ODD.replace(/\\/g, '\\\\')}`] }));
    expect([code, told?.directories[0]?.error]).toEqual([0, null]);
    // An address or a port in a directory is no name: the name of the account counts.
    expect(told?.machines.map(({ name }) => name).sort()).toEqual([
      'aimed.lab.example',
      'odd1.lab.example',
      'port.lab.example',
    ]);
    const byName = await resolve(place({ ous: [`${ODD_RDN},${BASE.toUpperCase()}`] }));
    expect(byName.told?.machines.map(({ name }) => name)).toEqual(told?.machines.map(({ name }) => name));
  });

  it('leaves out disabled computers, and stale ones where it is told, and says which and why', async () => {
    const names = (told: Told | undefined) => told?.machines.map(({ name }) => name.split('.')[0]).sort();
    const ous = ['lab/Berlin'];
    const plain = await resolve(place({ ous }));
    expect(names(plain.told)).toEqual(['bare', 'fresh', 'moved', 'never', 'new', 'old']);
    expect(plain.told?.excluded).toEqual([{ name: 'off.lab.example', by: 'its account is disabled' }]);
    const stale = await resolve(place({ ous, computers: { disabled: true, staleDays: 90 } }));
    expect(names(stale.told)).toEqual(['bare', 'fresh', 'moved', 'new', 'off']);
    expect(stale.told?.excluded).toEqual([
      { name: 'old.lab.example', by: expect.stringMatching(/^it last logged on \d{4}-\d\d-\d\d$/) as string },
      { name: 'never.lab.example', by: expect.stringMatching(/^it never logged on since \d{4}/) as string },
    ]);
  });

  it('leaves out the parts that a group excludes, and nothing at all is scanned where such a part is not there', async () => {
    const { code, told } = await resolve(
      place({ ous: ['lab/Berlin'], exclude: ['lab/Berlin/Inner', 'new.lab.example'] }),
    );
    expect([code, told?.machines.map(({ name }) => name).sort(), told?.directories[0]?.computers]).toEqual([
      0,
      ['fresh.lab.example', 'never.lab.example', 'old.lab.example'],
      4,
    ]);
    expect(told?.excluded.map(({ name, by }) => `${name}: ${by}`).sort()).toEqual([
      'bare.lab.example: lab/Berlin/Inner',
      'gone.lab.example: lab/Berlin/Inner',
      'new.lab.example: new.lab.example',
      'off.lab.example: its account is disabled',
    ]);
    const inner = `ou=Inner,ou=Berlin,${BASE}`;
    expect((await resolve(place({ ous: ['lab/Berlin'], exclude: [inner] }))).told?.directories[0]?.computers).toBe(4);
    for (const slip of ['lab/Berlin/Iner', inner.replace('Inner', 'Iner')]) {
      const { code: failed, told: nothing } = await resolve(place({ ous: ['lab/Berlin'], exclude: [inner, slip] }));
      expect([failed, nothing?.machines, nothing?.directories[0]?.error?.code]).toEqual([3, [], 'PL103']);
    }
  });

  it('goes by the DNS name, then by the name', async () => {
    const { told } = await resolve(place({ ous: ['lab/Berlin/Inner'] }));
    // "gone" is what the directory says and DNS does not know.
    expect(told?.machines.map(({ name }) => name).sort()).toEqual(['bare.lab.example', 'moved.lab.example']);
  });
});

describe('a password', () => {
  it('goes to no directory that the user has not allowed', async () => {
    const said = notes(lab);
    const { code, err, told } = await resolve(place({ domains: ['lab'] }), ['--user', READER.user]);
    expect([code, told]).toEqual([2, undefined]);
    expect(err).toMatch(
      /password of cn=reader.*\n.*lab: .*by ldaps, trusted through an authority of ca\.pem[^]*--allow-directory "lab"/,
    );
    expect([count(said(), 'TLS established'), count(said(), 'BIND')]).toEqual([0, 0]);
  });

  it('does not go there because the machines are allowed', async () => {
    const said = notes(lab);
    const { cwd, env } = await workspace({ ...place({ domains: ['lab'] }), content: ['a.detect'] });
    await writeFile(path.join(cwd, 'a.detect'), CONTENT);
    const { code, err } = await runCli(['scan', '--group', 'g', '--allow-hosts', '--user', READER.user], { cwd, env });
    expect([code, err]).toEqual([2, expect.stringContaining('--allow-directory "lab"') as string]);
    expect([count(said(), 'TLS established'), count(said(), 'BIND')]).toEqual([0, 0]);
  });

  it('goes nowhere in plain text unless the user says so for that directory, and then with a warning', async () => {
    const said = notes(lab);
    const config = place({ ous: ['lab/Berlin/Inner'] }, { security: 'plain', servers: [`${lab.address}:${lab.port}`] });
    const refused = await resolve(config);
    expect([refused.code, refused.err]).toEqual([
      2,
      expect.stringMatching(/plain text.*--allow-plain-ldap "lab"/) as string,
    ]);
    expect([count(said(), 'TLS established'), count(said(), 'BIND')]).toEqual([0, 0]);
    const allowed = await resolve(config, ['--user', READER.user, '--allow-plain-ldap', 'lab']);
    expect([allowed.code, allowed.told?.machines.length]).toEqual([0, 2]);
    expect(allowed.err).toContain('in plain text; everyone on the way can read it');
  });

  it('that is wrong is tried once, on one directory, and its user logs on nowhere again', async () => {
    const other = await startDirectory({ computers: [] });
    const trap = await startTrap(randomInt(10_000, 20_000));
    const [one, two] = [notes(lab), notes(other)];
    const second = { ...secure(), servers: [`${other.address}:${other.securePort}`] };
    const config = {
      directories: {
        lab: { ...secure(), servers: [...secure().servers, `${lab.address}:${lab.securePort}`] },
        other: second,
      },
      groups: { g: { domains: ['lab', 'other'], hosts: [`${trap.address}:${trap.port}`] } },
    };
    const args = [...ALLOW, '--allow-directory', 'other'];
    try {
      const { code, told } = await resolve(config, args, 'fake-wrong-password');
      expect(code).toBe(3);
      const [first, next] = told?.directories ?? [];
      expect(first?.error).toMatchObject({
        ...{ code: 'PL101', raw: 'LDAP_INVALID_CREDENTIALS (49)' },
        meaning: expect.stringContaining('password is wrong') as string,
        remedy: expect.stringContaining('not tried a second time') as string,
        validate: expect.stringContaining(`ldapsearch -H ldaps://${lab.address}:${lab.securePort}`) as string,
      });
      expect(first?.ms).toBeLessThan(3000);
      expect(next?.error).toMatchObject({
        code: 'PL101',
        raw: expect.stringContaining('CREDENTIAL_WITHHELD') as string,
      });
      expect([count(one(), 'BIND dn='), count(two(), 'BIND dn=')]).toEqual([1, 0]);
      // The same user is not used for a machine of the group either.
      const { cwd, env } = await workspace({ ...config, content: ['a.detect'] });
      await writeFile(path.join(cwd, 'a.detect'), CONTENT);
      const scan = ['scan', '--group', 'g', '--allow-hosts', ...args, '--format', 'json'];
      const scanned = await runCli(scan, { cwd, env: { ...env, PATCHLAB_PASSWORD: 'fake-wrong-password' } });
      expect([scanned.code, scanned.err]).toEqual([3, expect.stringMatching(/PL101[^]*not used for/) as string]);
      expect(trap.connections()).toBe(0);
    } finally {
      await other.stop();
      await trap.close();
    }
  });
});

describe('a directory that cannot be used', () => {
  const errorOf = async (config: object): Promise<ScanError | undefined> => {
    const begun = performance.now();
    const { code, told } = await resolve(config);
    expect([code, told?.machines]).toEqual([3, []]);
    const [asked] = told?.directories ?? [];
    expect(asked?.ms).toBeLessThan(performance.now() - begun);
    return asked?.error ?? undefined;
  };
  const untrusted = [
    {
      what: 'is not signed by a known authority',
      directory: () => ({ ca: undefined }),
      raw: /^(UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN)/,
    },
    {
      what: 'speaks no TLS',
      directory: () => ({ servers: [`${lab.address}:${lab.port}`] }),
      raw: /^(ECONNRESET|ERR_SSL|EPROTO)/,
    },
  ];

  it.each(untrusted)('because it $what is told nothing', async ({ directory, raw }) => {
    const said = notes(lab);
    const error = await errorOf(place({ domains: ['lab'] }, directory()));
    expect([error?.code, error?.raw]).toEqual([
      /^ECONN/.test(error?.raw ?? '') ? '201' : 'PL102',
      expect.stringMatching(raw) as string,
    ]);
    expect(count(said(), 'BIND dn=')).toBe(0);
  });

  it.each([
    ['expired', 'CERT_HAS_EXPIRED', /Renew/],
    ['other name', 'ERR_TLS_CERT_ALTNAME_INVALID', /"servers" by a name/],
  ] as const)('because its certificate is bad (%s) is told nothing', async (certificate, raw, remedy) => {
    const other = await startDirectory({ computers: [], certificate });
    const said = notes(other);
    try {
      for (const directory of [
        { servers: [`${other.address}:${other.securePort}`] },
        { servers: [`${other.address}:${other.port}`], security: 'starttls' },
      ]) {
        const cwdCa = { ...directory, ca: other.authority.certificate };
        const error = await errorOf(place({ domains: ['lab'] }, cwdCa));
        expect(error).toMatchObject({ code: 'PL102', raw: expect.stringContaining(raw) as string });
        expect(error?.remedy).toMatch(remedy);
        expect(error?.validate).toContain('openssl s_client');
      }
      expect(count(said(), 'BIND dn=')).toBe(0);
    } finally {
      await other.stop();
    }
  });

  it('because nothing listens there', async () => {
    const servers = [`${await findFreeAddress(6360)}:6360`];
    expect(await errorOf(place({ domains: ['lab'] }, { servers }))).toMatchObject({
      ...{ code: '201', raw: 'ECONNREFUSED' },
      meaning: expect.stringContaining('Nothing listens on the port of the directory') as string,
      validate: expect.stringContaining('-Port 6360') as string,
    });
  });

  it('gives way to the next of its servers', async () => {
    const servers = [`${await findFreeAddress(6360)}:6360`, ...secure().servers];
    const { code, told } = await resolve(place({ ous: ['lab/Berlin/Inner'] }, { servers }));
    expect([code, told?.machines.length]).toEqual([0, 2]);
    expect(told?.warnings).toEqual([expect.stringMatching(/6360 was passed over: ECONNREFUSED/) as string]);
  });

  it('because its CA file is none', async () => {
    expect(await errorOf(place({ domains: ['lab'] }, { ca: 'patchlab.json' }))).toMatchObject({
      ...{ code: 'PL102', raw: expect.stringMatching(/^CA_FILE: "patchlab.json" holds no certificate/) as string },
    });
  });

  it('because the part is not there', async () => {
    const byName = await errorOf(place({ ous: ['lab/Berlin/Nowhere'] }));
    expect(byName).toMatchObject({ code: 'PL103', raw: expect.stringContaining('there is no "Nowhere"') as string });
    const byDn = await errorOf(place({ ous: [`ou=Nowhere,ou=Berlin,${BASE}`] }));
    expect(byDn?.raw).toMatch(/^LDAP_NO_SUCH_OBJECT \(32\): there is ou=Berlin,dc=lab,dc=example/i);
    expect(byDn?.remedy).toContain('"ous"');
  });

  it('because it gives only a part: that part is there', async () => {
    const small = await startDirectory({
      computers: computers.slice(0, 700),
      database: ['limits users size.soft=500 size.hard=500 size.pr=500 size.prtotal=500'],
    });
    try {
      const servers = [`${small.address}:${small.securePort}`];
      const { code, told } = await resolve(place({ domains: ['lab'] }, { servers, ca: small.authority.certificate }));
      expect([code, told?.machines.length]).toEqual([3, 500]);
      expect(told?.directories[0]).toMatchObject({ computers: 500, error: { code: 'PL104' } });
      expect(told?.directories[0]?.error?.raw).toMatch(/^LDAP_SIZE_LIMIT_EXCEEDED \(4\)/);
    } finally {
      await small.stop();
    }
  });
});

describe('a referral', () => {
  it('is never followed, neither for the whole nor for a part, and the server that it names hears nothing', async () => {
    const port = randomInt(10_000, 20_000);
    const trap = await startTrap(port);
    const url = `ldap://${trap.address}:${port}`;
    const referring = await startDirectory({
      ...{ computers: [{ name: 'WS1' }], global: [`referral ${url}`] },
      more: [
        `dn: ou=Child,${BASE}`,
        'objectClass: referral',
        'objectClass: extensibleObject',
        'ou: Child',
        `ref: ${url}/ou=Child,${BASE}`,
        '',
        '',
      ].join('\n'),
    });
    try {
      const servers = [`${referring.address}:${referring.securePort}`];
      const trust = { servers, ca: referring.authority.certificate };
      const part = await resolve(place({ domains: ['lab'] }, trust));
      expect([part.code, part.told?.machines.map(({ name }) => name)]).toEqual([0, ['ws1.lab.example']]);
      expect(part.told?.warnings).toEqual([expect.stringContaining(`${url}/ou=Child`) as string]);
      const whole = await resolve(place({ domains: ['lab'] }, { ...trust, base: 'DC=other,DC=example' }));
      expect(whole.code).toBe(3);
      expect(whole.told?.directories[0]?.error).toMatchObject({
        ...{ code: 'PL103', meaning: expect.stringContaining('never followed') as string },
        raw: expect.stringMatching(/^LDAP_REFERRAL \(10\): .*ldap:\/\//) as string,
      });
      expect(trap.connections()).toBe(0);
    } finally {
      await referring.stop();
      await trap.close();
    }
  });
});

describe('the domain controllers that DNS tells', () => {
  it('are asked, but only those of the domain', async () => {
    const trap = await startTrap(636);
    const [own] = [await findFreeAddress(636)];
    const asking = await startDns({
      address: (name) =>
        name === `dc9.${DOMAIN}` ? [own] : name === 'dc1.stranger.example' ? [trap.address] : addressOf(name),
      service: (name) =>
        name === `_ldap._tcp.dc._msdcs.${DOMAIN}`
          ? [
              { host: 'dc1.stranger.example', port: 389 },
              { host: `dc9.${DOMAIN}`, port: 389 },
            ]
          : [],
    });
    try {
      const config = place({ domains: ['lab'] }, { servers: undefined, dns: [asking.target] });
      const { code, told } = await resolve(config);
      expect([code, told?.directories[0]?.error]).toMatchObject([3, { code: '201', raw: 'ECONNREFUSED' }]);
      expect(asking.asked).toContain(`A dc9.${DOMAIN}`);
      expect(asking.asked.join(' ')).not.toContain('stranger');
      expect(trap.connections()).toBe(0);
    } finally {
      await asking.stop();
      await trap.close();
    }
  });

  it('are nobody where DNS knows none', async () => {
    const config = place({ domains: ['lab'] }, { servers: undefined });
    const { told } = await resolve(config);
    expect(told?.directories[0]?.error).toMatchObject({
      code: '200',
      remedy: expect.stringContaining('"servers"') as string,
    });
  });
});
