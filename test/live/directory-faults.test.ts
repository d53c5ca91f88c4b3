/** Directories that cannot be used, that give a part, that refer to others; and the controllers that DNS tells. */
import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ScanError } from '../../server/src/scan/result.ts';
import { BASE, DOMAIN, startDirectory } from '../lab/directory.ts';
import { startDns } from '../lab/dns-server.ts';
import { findFreeAddress } from '../lab/free-address.ts';
import { addressOf, computers, count, notes, place, resolve, secure, withDirectory } from './directory-run.ts';
import { startTrap } from './trap.ts';

const lab = withDirectory();

describe('a directory that cannot be used', () => {
  const errorOf = async (config: object): Promise<ScanError | undefined> => {
    const begun = performance.now();
    const { code, told } = await resolve(config);
    expect([code, told?.machines]).toEqual([3, []]);
    const [asked] = told?.directories ?? [];
    const ms = performance.now() - begun;
    expect(asked?.ms).toBeLessThan(ms);
    expect(ms).toBeLessThan(8000);
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
      directory: () => ({ servers: [`${lab().address}:${lab().port}`] }),
      raw: /^(ECONNRESET|ERR_SSL|EPROTO)/,
    },
  ];

  it.each(untrusted)('because it $what is told nothing', async ({ directory, raw }) => {
    const said = notes(lab());
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
      expect(told?.directories[0]?.error?.remedy).toContain('"ous"');
      expect(told?.directories[0]?.ms).toBeLessThan(8000);
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
