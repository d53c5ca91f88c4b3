import { describe, expect, it } from 'vitest';
import { judgedBy, scan, statuses, verdictOf, windows, type Facts } from './machine.ts';

const K = 'HKLM\\SOFTWARE\\A';
const facts: Facts = { keys: { [K]: { T: 1 } }, unreadable: [`value|${K}|U`] };
const T = `key "${K}" value "T" = 1`;
const F = `key "${K}" value "F" exists`;
const U = `key "${K}" value "U" exists`;

describe('blocks', () => {
  it.each([
    [`${T} and ${F}`, 'false'],
    [`${U} and ${F}`, 'false'],
    [`${U} and ${T}`, 'unknown'],
    [`${U} or ${T}`, 'true'],
    [`${U} or ${F}`, 'unknown'],
    [`not ${U}`, 'unknown'],
    [`not ${F}`, 'true'],
    [`all { ${T} any { ${F} ${U} } }`, 'unknown'],
    [`any { ${F} all { ${T} not ${F} } }`, 'true'],
  ] as const)('%s is %s', (condition, verdict) => {
    expect(verdictOf(condition, facts)).toBe(verdict);
  });

  it('asks for all parts in one round, and for nothing once one decides', () => {
    expect(judgedBy(`${F} and ${T}`, facts).rounds).toHaveLength(1);
    const dependent = `${F} and file "C:\\a.exe" exists and key "${K}" value "T" as version = 7`;
    expect(judgedBy(dependent, facts).rounds).toHaveLength(1);
    expect(judgedBy(`windows.build > 99999 and ${T}`, facts).rounds).toEqual([]);
    expect(judgedBy(`windows.build > 1 or ${T}`, facts).rounds).toEqual([]);
  });
});

describe('quantifiers', () => {
  const keys: Facts = {
    keys: { 'HKLM\\SOFTWARE\\S\\One': { V: 1 }, 'HKLM\\SOFTWARE\\S\\Two': { V: 2 }, 'HKLM\\SOFTWARE\\Empty': {} },
  };
  const of = (path: string): string => `k in keys "HKLM\\SOFTWARE\\${path}\\*"`;
  it.each([
    [`any ${of('S')} { k value "V" = 2 }`, 'true'],
    [`all ${of('S')} { k value "V" = 2 }`, 'false'],
    [`all ${of('S')} where k.name = "Two" { k value "V" = 2 }`, 'true'],
    [`all ${of('Empty')} { k value "V" = 2 }`, 'true'],
    [`any ${of('Empty')} { k value "V" = 2 }`, 'false'],
    [`any ${of('None')} { k value "V" = 2 }`, 'false'],
  ] as const)('%s is %s', (condition, verdict) => {
    expect(verdictOf(condition, keys)).toBe(verdict);
  });

  it('a collection that is only partly readable proves no all and refutes no any', () => {
    const both = 'k in keys "HKLM\\SOFTWARE\\S\\*", "HKLM\\SOFTWARE\\Locked\\*"';
    const partly = { ...keys, unreadable: ['subkeys|HKLM\\SOFTWARE\\Locked'] };
    expect(verdictOf(`any ${both} { k value "V" = 2 }`, partly)).toBe('true');
    expect(verdictOf(`any ${both} { k value "V" = 3 }`, partly)).toBe('unknown');
    expect(verdictOf(`all ${both} { k value "V" = 2 }`, partly)).toBe('false');
    expect(verdictOf(`all ${both} { k value "V" < 9 }`, partly)).toBe('unknown');
  });

  it('more than 10,000 folders to look into are unknown beyond that', () => {
    const folders = Array.from({ length: 10_001 }, (_, index) => [`C:\\S\\d${index}\\x.dll`, '1.0'] as const);
    const condition = 'any f in files "C:\\S\\*\\x.dll" { f.version >= 2.0 }';
    expect(verdictOf(condition, { files: Object.fromEntries(folders.slice(0, 3)) })).toBe('false');
    expect(verdictOf(condition, { files: Object.fromEntries(folders) })).toBe('unknown');
  });

  it('more than 10,000 elements are unknown beyond that', () => {
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`v${index}`, index]));
    const crowd: Facts = { keys: { 'HKLM\\SOFTWARE\\Many': many } };
    const values = 'v in values "HKLM\\SOFTWARE\\Many"';
    expect(verdictOf(`any ${values} { v.data = 5 }`, crowd)).toBe('true');
    expect(verdictOf(`any ${values} { v.data = 99999 }`, crowd)).toBe('unknown');
  });
});

describe('named checks', () => {
  it('see their parameters and windows', () => {
    const source = `
      check fixed(dir, least) { file "\${dir}\\a.dll" version >= least if present  windows.build > 1 }
      patch P fixes windows { installed when check fixed("C:\\X", 2.1) }
      patch Q fixes windows { installed when check fixed("C:\\X", 2.3) }
      patch R fixes windows { installed when check fixed("C:\\Nowhere", 2.3) }`;
    expect(statuses(scan(source, { files: { 'C:\\X\\a.dll': '2.2' } }))).toEqual({
      'P windows#0': 'installed',
      'Q windows#0': 'missing',
      'R windows#0': 'installed',
    });
  });
});

describe('content that would take for ever', () => {
  const facts: Facts = {
    keys: Object.fromEntries(Array.from({ length: 110 }, (_, index) => [`HKLM\\SOFTWARE\\M\\k${index}`, {}])),
  };

  it('ends as unknown: checks that use each other twice, forty deep', () => {
    const read = 'key "HKLM\\SOFTWARE\\A" value "V" = 1';
    const checks = Array.from({ length: 40 }, (_, index) =>
      index === 39 ? `check c39 { ${read} }` : `check c${index} { check c${index + 1} check c${index + 1} }`,
    );
    const source = `${checks.join('\n')} patch P fixes windows { installed when check c0 }`;
    const { patches } = scan(source, { keys: { 'HKLM\\SOFTWARE\\A': { V: 1 } } }, { trace: false });
    expect(patches[0]).toMatchObject({ status: 'unknown', reason: expect.stringContaining('more steps') as string });
  });

  it('ends as unknown: three quantifiers over a crowd', () => {
    const over = (name: string): string => `any ${name} in keys "HKLM\\SOFTWARE\\M\\*"`;
    const source = `patch P fixes windows { installed when ${over('a')} { ${over('b')} { ${over('c')} { a.name = c.none and b.name = "x" } } } }`;
    expect(scan(source, facts, { trace: false }).patches[0]?.status).toBe('unknown');
  });
});

describe('on and product', () => {
  it.each([
    ['on windows', 'true'],
    ['on windows-10', 'true'],
    ['on windows-10-22h2', 'true'],
    ['on windows-10-21h2', 'false'],
    ['on windows-11, windows-10', 'true'],
    ['on server-2019', 'false'],
    ['on windows >= 6.1', 'true'],
    ['on windows >= 10.0.19045.3571', 'false'],
    ['on windows >= 10.0.19045.3570 < 10.0.19045.3571', 'true'],
  ] as const)('%s is %s on Windows 10 22H2', (condition, verdict) => {
    expect(verdictOf(condition, {})).toBe(verdict);
  });

  it('a trace says which Windows it is', () => {
    expect(judgedBy('on windows-11', {}).trace).toMatchObject({
      check: 'on windows-11',
      verdict: 'false',
      observed: 'Windows 10 22H2, 10.0.19045.3570',
    });
  });

  it('service packs narrow', () => {
    const seven = windows({ version: '6.1.7601.0', build: 7601, ubr: null, servicePack: 1, release: null });
    expect(verdictOf('on windows-7-sp1', {}, seven)).toBe('true');
    expect(verdictOf('on windows-7-sp0', {}, seven)).toBe('false');
    expect(verdictOf('windows.service-pack >= 1', {}, seven)).toBe('true');
  });

  it('another product is so where one instance is, unknown where none is but one may be', () => {
    const source = (condition: string): string => `
      product tool {
        each k in keys "HKLM\\SOFTWARE\\Tool\\*"
        let version = k value "Version"
        installed when k value "Path" exists
      }
      patch P fixes windows { installed when ${condition} }`;
    const two: Facts = {
      keys: {
        'HKLM\\SOFTWARE\\Tool\\1': { Version: '1.0', Path: 'x' },
        'HKLM\\SOFTWARE\\Tool\\2': { Version: '2.0', Path: 'x' },
      },
    };
    const status = (condition: string, of: Facts): string | undefined => scan(source(condition), of).patches[0]?.status;
    expect(status('product tool >= 2', two)).toBe('installed');
    expect(status('product tool >= 3', two)).toBe('missing');
    expect(status('product tool is installed', two)).toBe('installed');
    expect(status('product tool is not installed', {})).toBe('installed');
    const open = { ...two, unreadable: ['value|HKLM\\SOFTWARE\\Tool\\2|Path'] };
    expect(status('product tool >= 2', open)).toBe('unknown');
    expect(status('product tool < 2', open)).toBe('installed');
    expect(status('product tool >= 3', open)).toBe('missing');
  });
});
