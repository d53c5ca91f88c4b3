import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressesOf,
  canonicalAddress,
  formatAddress,
  isInRange,
  parseAddress,
  parseRange,
} from '../../../../server/src/scan/groups/addresses.ts';
import { expandGroup, namedMember, uniteMembers } from '../../../../server/src/scan/groups/expand.ts';
import { parseGroups } from '../../../../server/src/scan/groups/group.ts';
import { locate } from '../../../../server/src/scan/groups/locate.ts';
import { parseMachine } from '../../../../server/src/scan/machine-name.ts';
import { resolve } from '../../../../server/src/scan/steps/resolve.ts';
import { schemaErrors } from '../../results/schemas.ts';

const signal = new AbortController().signal;

function range(text: string) {
  const parsed = parseRange(text);
  if (!parsed.ok) throw new Error(parsed.why);
  return parsed.value;
}

describe('an address', () => {
  it('is the same after reading and writing, in both families', () => {
    const address = fc.oneof(fc.ipV4(), fc.ipV6());
    fc.assert(
      fc.property(address, (text) => {
        const once = canonicalAddress(text);
        const read = parseAddress(text);
        expect(read && parseAddress(formatAddress(read))).toEqual(read);
        expect(canonicalAddress(once)).toBe(once);
      }),
    );
  });

  it('that is mapped into IPv6 is the IPv4 one', () => {
    expect(canonicalAddress('::ffff:10.0.0.1')).toBe('10.0.0.1');
    expect(canonicalAddress('FD00:0:0::0011')).toBe('fd00::11');
    expect(parseAddress('fe80::1%eth0')).toBeUndefined();
  });
});

describe('a range', () => {
  it.each([
    ['10.0.0.1-10.0.0.3', ['10.0.0.1', '10.0.0.2', '10.0.0.3']],
    ['10.0.0.255 - 10.0.1.1', ['10.0.0.255', '10.0.1.0', '10.0.1.1']],
    ['10.0.0.77/30', ['10.0.0.77', '10.0.0.78']],
    ['10.0.0.4/31', ['10.0.0.4', '10.0.0.5']],
    ['10.0.0.4/32', ['10.0.0.4']],
    ['fd00::10/126', ['fd00::10', 'fd00::11', 'fd00::12', 'fd00::13']],
  ])('%s has its addresses, without those of the network itself', (text, addresses) => {
    expect([...addressesOf(range(text))]).toEqual(addresses);
  });

  it.each([
    '',
    '10.0.0.1',
    '10.0.0.9-10.0.0.1',
    '10.0.0.0/33',
    '10.0.0.0/8',
    'fd00::/64',
    '10.0.0.1-fd00::1',
    'a-b',
    '1.2.3/24',
  ])('is not read from "%s"', (text) => {
    expect(parseRange(text).ok).toBe(false);
  });

  it('holds exactly the addresses that it lists', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 24, max: 32 }), fc.ipV4(), (base, bits, other) => {
        const block = range(`${base}/${bits}`);
        const listed = new Set(addressesOf(block));
        const read = parseAddress(other);
        expect(read && isInRange(read, block)).toBe(listed.has(canonicalAddress(other)));
        for (const text of listed) expect(isInRange(parseAddress(text) ?? { family: 6, value: 0n }, block)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('groups of patchlab.json', () => {
  const bad: readonly (readonly [string, unknown, RegExp])[] = [
    ['a list', [], /must be an object/],
    ['an unknown field', { a: { host: [] } }, /does not know "host"/],
    ['no machine', { a: { hosts: ['a b'] } }, /group "a": "a b" is no machine/],
    ['no range', { a: { ranges: ['10.0.0.1'] } }, /is no range/],
    ['a range too large', { a: { ranges: ['10.0.0.0/8'] } }, /more than 65536/],
    ['a port out of reach', { a: { port: 70000 } }, /"port"/],
    ['a UNC path', { a: { hosts: ['\\\\stranger\\share'] } }, /is no machine/],
    ['an unknown group', { a: { groups: ['b'] } }, /there is no group "b"/],
    ['a group in itself', { a: { groups: ['a'] } }, /circle: a > a/],
    [
      'a circle',
      { x: {}, a: { groups: ['b'] }, b: { groups: ['x', 'c'] }, c: { groups: ['a'] } },
      /circle: a > b > c > a/,
    ],
    ['a name of the prototype', { a: { groups: ['constructor'] } }, /there is no group/],
  ];
  it.each(bad)('are refused with %s', (_, value, why) => {
    expect(() => parseGroups(value)).toThrow(why);
  });

  it('fit their schema when they are right', () => {
    const groups = {
      lab: {
        description: 'x',
        hosts: ['ws01', '[fd00::1]:4450'],
        ranges: ['10.0.0.0/24'],
        groups: ['b'],
        exclude: ['dc-01'],
        port: 4450,
      },
      b: {},
    };
    expect(parseGroups(groups).size).toBe(2);
    expect(schemaErrors('patchlab-config', { groups, netbios: { servers: ['10.0.0.2', '10.0.0.3:1137'] } })).toEqual(
      [],
    );
    expect(schemaErrors('patchlab-config', { groups: { lab: { host: [] } } })).not.toEqual([]);
  });

  it('open into members, each once, with every way that leads to it and the nearest port', () => {
    const groups = parseGroups({
      all: { groups: ['a', 'b'], port: 4450 },
      a: { hosts: ['ws01', 'ws02:445', 'fd00::1'] },
      b: { hosts: ['WS01.'], ranges: ['10.0.0.1-10.0.0.2'], port: 139 },
      c: { hosts: ['Ws01.'], groups: ['a'] },
    });
    const shown = expandGroup(groups, 'all').map(({ host, port, origins }) => [
      host,
      port,
      origins.map(({ text }) => text),
    ]);
    expect(shown).toEqual([
      ['ws01', 4450, ['all > a: ws01']],
      ['ws02', 445, ['all > a: ws02:445']],
      ['fd00::1', 4450, ['all > a: fd00::1']],
      ['WS01.', 139, ['all > b: WS01.']],
      ['10.0.0.1', 139, ['all > b: 10.0.0.1-10.0.0.2']],
      ['10.0.0.2', 139, ['all > b: 10.0.0.1-10.0.0.2']],
    ]);
    expect(expandGroup(groups, 'c').map(({ host, origins }) => [host, origins.length])).toEqual([
      ['Ws01.', 2],
      ['ws02', 1],
      ['fd00::1', 1],
    ]);
  });
});

const NAMES: Readonly<Record<string, readonly string[]>> = {
  ws01: ['10.0.0.1'],
  'ws01.lab.example': ['10.0.0.1'],
  dual: ['10.0.0.8', '10.0.0.9'],
  nine: ['10.0.0.9'],
  eight: ['10.0.0.8'],
};

async function locateGroup(value: unknown, name = 'g', named: readonly string[] = []) {
  const look = (host: string) => {
    const found = NAMES[host.toLowerCase()];
    if (!found) return Promise.reject(Object.assign(new Error(host), { code: 'ENOTFOUND' }));
    return Promise.resolve(found.map((address) => ({ address })));
  };
  const knocked: string[] = [];
  const members = named.flatMap((text) => {
    const parsed = parseMachine(text);
    return parsed.ok ? [namedMember(parsed.value)] : [];
  });
  const located = await locate(uniteMembers([members, expandGroup(parseGroups(value), name)]), {
    signal,
    find: (machine) =>
      resolve(machine, { signal, timeout: 1000 }, { look, netbios: () => Promise.resolve({ kind: 'silent' }) }),
    answers: ({ host }) => {
      knocked.push(host);
      return Promise.resolve(!host.endsWith('.5'));
    },
  });
  return { ...located, knocked };
}

describe('locating machines', () => {
  it('scans aliases of one machine once, also when only a third name shows that two are one', async () => {
    const { machines } = await locateGroup({
      g: { hosts: ['WS01', 'ws01.lab.example', '10.0.0.1', 'eight', 'nine', 'dual'] },
    });
    expect(machines.map(({ host, aliases }) => [host, aliases])).toEqual([
      ['WS01', ['ws01.lab.example', '10.0.0.1']],
      ['eight', ['nine', 'dual']],
    ]);
  });

  it('keeps two ports of one address apart', async () => {
    const { machines } = await locateGroup({ g: { hosts: ['ws01', 'ws01:4450'] } });
    expect(machines.map(({ port }) => port)).toEqual([445, 4450]);
  });

  it('leaves out by name, by address, by range, and a name by its address', async () => {
    const { machines, excluded, knocked } = await locateGroup({
      g: {
        hosts: ['ws01.lab.example', 'dual'],
        ranges: ['10.0.0.1-10.0.0.12'],
        exclude: ['ws01', '10.0.0.2', '10.0.0.8-10.0.0.9', '10.0.0.12:4450'],
      },
    });
    expect(machines.map(({ host }) => host)).toEqual([
      '10.0.0.3',
      '10.0.0.4',
      '10.0.0.6',
      '10.0.0.7',
      '10.0.0.10',
      '10.0.0.11',
      '10.0.0.12',
    ]);
    expect(excluded.map(({ machine, by }) => `${machine} ${by}`).sort()).toEqual([
      '10.0.0.1 ws01',
      '10.0.0.2 10.0.0.2',
      '10.0.0.8 10.0.0.8-10.0.0.9',
      '10.0.0.9 10.0.0.8-10.0.0.9',
      'dual 10.0.0.8-10.0.0.9',
      'ws01.lab.example ws01',
    ]);
    expect(knocked).not.toContain('10.0.0.2');
  });

  it('leaves out by a nested group only what comes from there, and by an outer one everything', async () => {
    const groups = {
      g: { groups: ['inner'], hosts: ['ws01'] },
      inner: { hosts: ['nine'], ranges: ['10.0.0.1-10.0.0.2'], exclude: ['10.0.0.1'] },
      outer: { groups: ['g'], exclude: ['nine'] },
    };
    expect((await locateGroup(groups)).machines.map(({ host }) => host)).toEqual(['ws01', 'nine', '10.0.0.2']);
    expect((await locateGroup(groups, 'outer')).machines.map(({ host }) => host)).toEqual(['ws01', '10.0.0.2']);
  });

  it('says what it could not find, what does not answer, and which exclusion leads nowhere', async () => {
    const { machines, failures, silent, warnings } = await locateGroup({
      g: { hosts: ['gone'], ranges: ['10.0.0.4-10.0.0.5'], exclude: ['nobody'] },
    });
    expect(machines.map(({ host, foundBy }) => [host, foundBy])).toEqual([['10.0.0.4', 'range']]);
    expect(failures).toMatchObject([{ machine: 'gone', error: { code: '200', raw: 'ENOTFOUND' } }]);
    expect([silent, warnings]).toEqual([1, ['"nobody" is left out by its name alone: ENOTFOUND']]);
  });

  it('remembers what the user named, under whichever name', async () => {
    const { machines } = await locateGroup({ g: { hosts: ['ws01', 'nine'] } }, 'g', ['10.0.0.1']);
    expect(machines.map(({ host, byUser }) => [host, byUser])).toEqual([
      ['10.0.0.1', true],
      ['nine', false],
    ]);
  });
});
