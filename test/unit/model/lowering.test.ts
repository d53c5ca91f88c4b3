import { describe, expect, it } from 'vitest';
import { found, link, product } from './linked.ts';

const condition = (text: string): readonly string[] => found(`check a { ${text} }`);
const compared = (text: string) => link(`check a { ${text} }`).content.checks.get('a')?.conditions[0];

describe('texts', () => {
  it('are what was written, with insertions, folders and escapes apart', () => {
    const text = 'check a(name) { file "%ProgramFiles%\\A ""B"" 50%% $${x}\\${name}.exe" exists }';
    const check = link(text).content.checks.get('a')?.conditions[0];
    if (check?.kind !== 'compare' || check.subject.kind !== 'thing-file') throw new Error('not a file');
    expect(check.subject.path.parts).toMatchObject([
      { kind: 'variable', variable: 'ProgramFiles' },
      { kind: 'text', text: '\\A "B" 50% ${x}\\' },
      { kind: 'name', name: { base: 'name' } },
      { kind: 'text', text: '.exe' },
    ]);
    const inserted = check.subject.path.parts[2];
    if (inserted?.kind !== 'name') throw new Error('not a name');
    expect(text.slice(inserted.name.at.start, inserted.name.at.end)).toBe('name');
  });

  it('with an insertion that is wrong are reported', () => {
    expect(condition('file "C:\\${x" exists')).toEqual(['bad-text: ${x']);
    expect(condition('file "C:\\${a b}" exists')).toEqual(['bad-text: ${a b}']);
  });

  it.each(['\\\\server\\share\\a', '//server/a', '\\\\.\\pipe\\a', 'C:\\a\\..\\b', 'relative.exe'])(
    'refuse the path %s',
    (path) => {
      expect(condition(`file "${path}" exists`)).toEqual([`bad-path: "${path}"`]);
    },
  );

  it.each([
    ['file "C:\\a\\*.dll" exists', 'bad-path: "C:\\a\\*.dll"'],
    ['folder "C:\\a\\**\\b" modified newer than 3d', 'bad-path: "C:\\a\\**\\b"'],
    ['key "HKLM\\SOFTWARE\\A?" value "V" = 1', 'bad-path: "HKLM\\SOFTWARE\\A?"'],
  ])('refuse several things where one is read: %s', (text, finding) => {
    expect(condition(text)).toEqual([finding]);
    expect(condition('key "HKCR\\**" value "V" = 1')).toEqual([]);
    expect(condition('any f in files "C:\\a\\*.dll" { f.version > 1.0 }')).toEqual([]);
  });

  it('refuse a key without a hive, and take long names of hives', () => {
    expect(condition('key "SOFTWARE\\A" exists')).toEqual(['bad-path: "SOFTWARE\\A"']);
    expect(condition('key "HKEY_LOCAL_MACHINE\\SOFTWARE\\A" exists')).toEqual([]);
  });
});

describe('literals', () => {
  it('keep numbers of 64 bits exact, and refuse larger ones', () => {
    expect(compared('windows.build = 0xFFFFFFFFFFFFFFFF')).toMatchObject({
      predicate: { test: { bounds: [{ value: { source: { literal: { digits: '18446744073709551615' } } } }] } },
    });
    expect(condition('windows.build = 18446744073709551616')).toEqual(['bad-value: 18446744073709551616']);
  });

  it('know sizes and ages', () => {
    expect(compared('file "C:\\a" size >= 10MB')).toMatchObject({
      predicate: { test: { bounds: [{ value: { source: { literal: { bytes: 10_485_760 } } } }] } },
    });
    expect(compared('file "C:\\a" modified newer than 2d')).toMatchObject({
      predicate: { test: { seconds: 172_800 } },
    });
  });

  it('refuse dates that are in no calendar', () => {
    expect(condition('file "C:\\a" modified >= 2025-02-29')).toEqual(['bad-date: 2025-02-29']);
  });
});

describe('words', () => {
  it.each([
    ['file "C:\\a" verison >= 1', 'unknown-property: verison'],
    ['service "a" is disabled', 'unknown-state: disabled'],
    ['service "a" start is running', 'unknown-state: running'],
    ['windows.role is desktop', 'unknown-state: desktop'],
    ['file "C:\\a" is installed', 'unknown-state: installed'],
    ['service "a" path as folders exists', 'unknown-conversion: folders'],
    ['any x in program { x.name = "a" }', 'unknown-collection: program'],
    ['any x in keys { x.name = "a" }', 'bad-patterns: keys'],
    ['any x in services "a" { x.name = "a" }', 'bad-patterns: services'],
    ['service "a" view 32 is running', 'bad-view: 32'],
    ['key "HKLM\\A" view 16 exists', 'bad-view: 16'],
    ['file "C:\\a" >= 1.0', 'missing-property: file "C:\\a"'],
    ['on windows-12', 'unknown-windows: windows-12'],
    ['hotfix update is installed', 'bad-value: update'],
    ['product windows-10 is installed', 'unknown-name: windows-10'],
    ['windows.build = 1 and windows.build = 2 or windows.build = 3', 'mixed-logic: or'],
    ['windows.release matches /(?=a)/', 'bad-regex: /(?=a)/'],
    ['windows.release matches /(a)\\1/', 'bad-regex: /(a)\\1/'],
    ['windows.release matches /a/g', 'bad-regex: /a/g'],
    ['windows.version reaches { x1 }', 'bad-reaches: x1'],
    ['windows.version reaches { }', 'bad-reaches: reaches { }'],
    ['windows.version reaches 1.0 from 2.0', 'bad-reaches: 1.0 from 2.0'],
  ])('that do not fit are found: %s', (text, finding) => {
    expect(condition(text)).toEqual([finding]);
    expect(link(`check a { ${text} }`).content.checks.size).toBe(0);
  });
});

describe('a declaration with an error', () => {
  it('in what decides about it is not in the content', () => {
    expect(link(product('installed when file "C:\\a" verison = 1')).content.products.size).toBe(0);
    expect(link('patch A fixes windows { installed when service "a" is off }').content.patches.size).toBe(0);
  });

  it('in metadata alone judges all the same', () => {
    const { content, findings } = link(
      'patch A fixes windows { sevrity low  cve nonsense  released 2025-13-01  note "x" }',
    );
    expect(findings.map(({ code }) => code)).toEqual(['unknown-metadata', 'bad-value', 'bad-date']);
    expect(content.patches.get('a')).toMatchObject({ severity: 'unrated', cve: [] });
  });

  it('offers the word that was meant', () => {
    const text = 'patch A fixes windows { sevrity low  note "x" }';
    const fix = link(text).findings[0]?.fix;
    expect(fix).toMatchObject({ text: 'severity' });
    expect(text.slice(fix?.at.start, fix?.at.end)).toBe('sevrity');
  });

  it('is left out where a check is in a circle', () => {
    const { content, findings } = link('check a { check b }\ncheck b { check a }\ncheck c { check a }');
    expect(findings.map(({ code }) => code)).toEqual(['check-cycle', 'check-cycle']);
    expect([...content.checks.keys()]).toEqual(['c']);
  });
});

describe('documentation', () => {
  it('is the comment lines right above', () => {
    const text =
      '# not this\n\n# first\n# second\ncheck a { windows.build = 1 } # nor this\ncheck b { windows.build = 1 }';
    const { checks } = link(text).content;
    expect(checks.get('a')?.documentation).toBe('first\nsecond');
    expect(checks.get('b')?.documentation).toBeUndefined();
  });
});

describe('and and or, mixed', () => {
  it('are grouped by the fix as most languages would, and are sound then', () => {
    const text = 'check a { windows.build = 1 and windows.build = 2 or windows.build = 3 }';
    const fix = link(text).findings[0]?.fix;
    const fixed = text.slice(0, fix?.at.start) + (fix?.text ?? '') + text.slice(fix?.at.end);
    expect(fixed).toBe('check a { any { all { windows.build = 1  windows.build = 2 }  windows.build = 3 } }');
    expect(found(fixed)).toEqual([]);
  });
});
