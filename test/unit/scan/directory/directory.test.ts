import { describe, expect, it } from 'vitest';
import { parseDirectories } from '../../../../server/src/scan/directory/directory.ts';
import { DomainNames } from '../../../../server/src/scan/directory/dns.ts';
import { isBelow } from '../../../../server/src/scan/directory/names.ts';
import { errorOfDirectory } from '../../../../server/src/scan/error-causes.ts';
import { parseCredentials, passwordVariable } from '../../../../server/src/scan/groups/credentials.ts';
import { expandGroup, questionsOf, rangeMembersOf } from '../../../../server/src/scan/groups/expand.ts';
import { parseGroups } from '../../../../server/src/scan/groups/group.ts';
import { locate } from '../../../../server/src/scan/groups/locate.ts';
import { schemaErrors } from '../../results/schemas.ts';

const LAB = { domain: 'lab.example' };
const known = {
  directories: parseDirectories({ lab: LAB, emea: { domain: 'emea.lab.example' } }),
  credentials: new Set(['desktops', 'servers']),
};

describe('directories of patchlab.json', () => {
  it('are encrypted unless told otherwise, and begin where their domain does', () => {
    expect(known.directories.get('emea')).toMatchObject({
      ...{ security: 'ldaps', base: 'DC=emea,DC=lab,DC=example', servers: [], dns: [], ca: undefined },
    });
  });

  it('tell hosts from ports', () => {
    const servers = ['dc1.lab.example', 'dc2.lab.example:3269', '10.0.0.2', '[fd00::2]:636', 'fd00::3'];
    const dns = ['10.0.0.2', '10.0.0.3:5353', '[fd00::2]:53'];
    const config = { directories: { lab: { ...LAB, servers, dns } } };
    expect(schemaErrors('patchlab-config', config)).toEqual([]);
    expect(parseDirectories(config.directories).get('lab')).toMatchObject({
      servers: [
        { host: 'dc1.lab.example', port: undefined },
        { host: 'dc2.lab.example', port: 3269 },
        { host: '10.0.0.2', port: undefined },
        { host: 'fd00::2', port: 636 },
        { host: 'fd00::3', port: undefined },
      ],
      dns,
    });
  });

  it.each([
    ['a list', [], /must be an object/],
    ['no domain', { lab: {} }, /"domain" must be a DNS name/],
    ['a domain that is none', { lab: { domain: 'lab example' } }, /"domain" must be a DNS name/],
    ['an unknown field', { lab: { ...LAB, password: 'fake' } }, /does not know "password"/],
    ['an unknown security', { lab: { ...LAB, security: 'none' } }, /ldaps, starttls or plain/],
    ['a base that is no name', { lab: { ...LAB, base: 'lab' } }, /distinguished name/],
    ['a CA on a stranger', { lab: { ...LAB, ca: '\\\\stranger\\ca.pem' } }, /UNC|network/i],
    ['a server that is none', { lab: { ...LAB, servers: ['a b'] } }, /is no server/],
    ['a DNS server by name', { lab: { ...LAB, dns: ['dns.lab.example'] } }, /is no DNS server/],
  ])('are refused with %s', (_, value, why) => {
    expect(() => parseDirectories(value)).toThrow(why);
  });
});

describe('a distinguished name', () => {
  it.each([
    ['OU=A,DC=lab,DC=example', 'DC=lab,DC=example', true],
    ['ou=a , dc=LAB, dc = example', 'DC=lab,DC=example', true],
    ['DC=lab,DC=example', 'DC=lab,DC=example', true],
    ['OU=A,DC=notlab,DC=example', 'DC=lab,DC=example', false],
    ['OU=A\\,DC=lab\\,DC=example', 'DC=lab,DC=example', false],
    ['OU=a\\2cb,DC=lab', 'OU=a\\,b,DC=lab', true],
    ['OU=\\c3\\bc,DC=lab', 'OU=ü,DC=lab', true],
    ['DC=example', 'DC=lab,DC=example', false],
  ])('%s below %s: %s', (dn, base, expected) => {
    expect(isBelow(dn, base)).toBe(expected);
  });
});

describe('groups', () => {
  it('take domains and their parts, by the nearest directory, with what holds for them', () => {
    const config = {
      directories: { lab: LAB, emea: { domain: 'emea.lab.example' } },
      credentials: { desktops: { user: 'LAB\\scan' }, servers: { user: 'LAB\\srv' } },
      groups: {
        all: { groups: ['desks'], computers: { staleDays: 90 }, credential: 'desktops', port: 4450, exclude: ['dc1'] },
        desks: {
          domains: ['lab'],
          ous: ['emea/Workstations/A\\/B', 'OU=X,DC=emea,DC=lab,DC=example'],
          hosts: ['ws01', { host: 'srv01', credential: 'servers' }],
          ranges: ['10.0.0.1-10.0.0.2'],
        },
      },
    };
    expect(schemaErrors('patchlab-config', config)).toEqual([]);
    const groups = parseGroups(config.groups, known);
    expect(questionsOf(groups, 'all')).toMatchObject([
      {
        ...{ place: { directory: 'lab', text: 'lab' }, computers: { staleDays: 90 }, port: 4450 },
        origin: { text: 'all > desks: lab', credential: 'desktops', exclude: [{ host: 'dc1' }] },
      },
      { place: { directory: 'emea', path: ['Workstations', 'A/B'] } },
      { place: { directory: 'emea', dn: 'OU=X,DC=emea,DC=lab,DC=example' } },
    ]);
    const credentials = expandGroup(groups, 'all').map(({ host, origins }) => [host, origins[0]?.credential]);
    expect(credentials).toEqual([
      ['ws01', 'desktops'],
      ['srv01', 'servers'],
      ['10.0.0.1', 'desktops'],
      ['10.0.0.2', 'desktops'],
    ]);
    expect([...rangeMembersOf(groups, 'all')].map(({ host, port }) => `${host}:${port}`)).toEqual([
      '10.0.0.1:4450',
      '10.0.0.2:4450',
    ]);
  });

  it.each([
    [{ domains: ['labs'] }, /no directory "labs"; there are: lab, emea/],
    [{ ous: ['lab'] }, /is no organizational unit/],
    [{ ous: ['lab//x'] }, /is no organizational unit/],
    [{ ous: ['OU=A,DC=elsewhere'] }, /lies in none of the directories/],
    [{ computers: { staleDays: 7 } }, /15 to 3650: directories tell the last logon up to 14 days late/],
    [{ computers: { stale: 30 } }, /does not know "stale"/],
    [{ exclude: ['labs/Workstations'] }, /no directory "labs"; there are: lab, emea/],
    [{ exclude: ['OU=A,DC=elsewhere'] }, /lies in none of the directories/],
    [{ credential: 'nobody' }, /there is no credential "nobody"/],
    [{ hosts: [{ host: 'ws01', credential: 'nobody' }] }, /there is no credential "nobody"/],
    [{ hosts: [{ host: 'ws01', password: 'fake' }] }, /a host is a text, or/],
  ])('are refused: %o', (group, why) => {
    expect(() => parseGroups({ g: group }, known)).toThrow(why);
  });

  it('of which two ask for a machine with different credentials use the first, and say so', async () => {
    const groups = parseGroups(
      {
        g: {
          hosts: [
            { host: 'ws01', credential: 'desktops' },
            { host: '10.0.0.1', credential: 'servers' },
          ],
        },
      },
      known,
    );
    const { machines, warnings } = await locate(expandGroup(groups, 'g'), {
      signal: new AbortController().signal,
      find: (machine) =>
        Promise.resolve({ ok: true, value: { host: machine, port: 445, addresses: ['10.0.0.1'], foundBy: 'dns' } }),
    });
    expect(machines.map(({ host, credential }) => [host, credential])).toEqual([['ws01', 'desktops']]);
    expect(warnings).toEqual(['ws01 is asked for with several credentials; desktops is used']);
  });
});

describe('credentials of patchlab.json', () => {
  it('have a user, and a variable for their password', () => {
    const credentials = parseCredentials({ 'desk-tops': { user: 'LAB\\scan', description: 'x' } });
    expect(credentials.get('desk-tops')).toEqual({ name: 'desk-tops', user: 'LAB\\scan' });
    expect(passwordVariable('desk-tops')).toBe('PATCHLAB_PASSWORD_DESK_TOPS');
  });

  it.each([
    [
      { a: { user: 'x', password: 'fake-secret' } },
      /secrets never stand in patchlab.json: take "password" out, and set PATCHLAB_PASSWORD_A/,
    ],
    [{ a: { user: '' } }, /"user" must be a text/],
    [{ 'a b': { user: 'x' } }, /a name begins with a letter/],
    [{ 'a-b': { user: 'x' }, a_b: { user: 'y' } }, /would share the variable PATCHLAB_PASSWORD_A_B/],
  ])('are refused: %o', (value, why) => {
    expect(() => parseCredentials(value)).toThrow(why);
    expect(() => parseCredentials(value)).not.toThrow(/fake-secret/);
  });
});

describe("a domain's names", () => {
  it('are asked of this computer where the domain has no DNS servers of its own', async () => {
    const asked: string[] = [];
    const names = new DomainNames(known.directories, (host) => {
      asked.push(host);
      return Promise.resolve([{ address: '10.0.0.1' }]);
    });
    expect(await names.look('ws01.lab.example')).toEqual([{ address: '10.0.0.1' }]);
    expect(asked).toEqual(['ws01.lab.example']);
  });
});

describe('what a refused logon has beneath it', () => {
  it.each([
    ['525', /no such user/],
    ['52e', /password is wrong/],
    ['530', /at this hour/],
    ['531', /from this computer/],
    ['532', /password has expired/],
    ['533', /disabled/],
    ['701', /account has expired/],
    ['773', /must be changed/],
    ['775', /locked out/],
    ['57', /user name or the password is wrong/],
  ])('data %s', (data, meaning) => {
    const raw = { kind: 'ldap', code: 'LDAP_INVALID_CREDENTIALS', number: 49, message: `x, data ${data}, v1` } as const;
    const error = errorOfDirectory(raw, { host: 'dc1', port: 636, data });
    expect([error.code, error.raw]).toEqual(['PL101', `LDAP_INVALID_CREDENTIALS (49): x, data ${data}, v1`]);
    expect(error.meaning).toMatch(meaning);
  });
});
