import { describe, expect, it } from 'vitest';
import { judgedBy, verdictOf, windows, type Facts } from './machine.ts';

const KEY = 'HKLM\\SOFTWARE\\Acme';
const read = 'key "HKLM\\SOFTWARE\\Acme" value "V"';
const withValue = (data: NonNullable<Facts['keys']>[string][string]): Facts => ({ keys: { [KEY]: { V: data } } });
const absent: Facts = { keys: { [KEY]: {} } };
const denied: Facts = { keys: { [KEY]: { V: 'x' } }, unreadable: [`value|${KEY}|V`] };

describe('present, absent and unreadable under each predicate', () => {
  it.each([
    ['exists', 'false'],
    ['is absent', 'true'],
    ['= "x"', 'false'],
    ['!= "x"', 'true'],
    ['< 2.0', 'false'],
    ['>= 1.0 < 2.0', 'false'],
    ['contains "x"', 'false'],
    ['starts with "x"', 'false'],
    ['ends with "x"', 'false'],
    ['like "x*"', 'false'],
    ['matches /x/', 'false'],
    ['reaches 1.2.3', 'false'],
    ['older than 3d', 'false'],
    ['newer than 3d', 'false'],
    ['is one of "a", "b"', 'false'],
    ['is not one of "a", "b"', 'true'],
    ['any = "x"', 'false'],
    ['all = "x"', 'false'],
    ['= "x" if present', 'true'],
    ['!= "x" if present', 'true'],
    ['>= 1.0 if present', 'true'],
    ['reaches 1.2.3 if present', 'true'],
  ] as const)('%s of what is absent is %s, of what is unreadable unknown', (predicate, ofAbsent) => {
    expect(verdictOf(`${read} ${predicate}`, absent)).toBe(ofAbsent);
    expect(verdictOf(`${read} ${predicate}`, denied)).toBe('unknown');
  });

  it.each([
    ['abc', 'exists', 'true'],
    ['abc', 'is absent', 'false'],
    ['abc', '= "ABC"', 'true'],
    ['abc', '!= "ABC"', 'false'],
    ['abc', 'contains "BC"', 'true'],
    ['abc', 'starts with "AB"', 'true'],
    ['abc', 'ends with "bC"', 'true'],
    ['abc', 'ends with "ab"', 'false'],
    ['abc', 'like "A?C"', 'true'],
    ['abc', 'like "b*"', 'false'],
    ['abc', 'matches /b/', 'true'],
    ['abc', 'matches /B/', 'false'],
    ['abc', 'matches /B/i', 'true'],
    ['abc', 'is one of "x", "ABC"', 'true'],
    ['abc', 'is not one of "x", "ABC"', 'false'],
    ['1.10', '> 1.9', 'true'],
    ['1.10', '>= 1.9 < 1.10', 'false'],
    ['1.10', '>= 1.9 <= 1.10', 'true'],
    ['7.x', '>= 7.0', 'unknown'],
    ['12', '> 9', 'true'],
    ['twelve', '> 9', 'unknown'],
    ['20260115', '> 2026-01-13', 'true'],
    ['2026-05-20', 'older than 7d', 'true'],
    ['2026-05-30T12:00:00Z', 'newer than 7d', 'true'],
    ['someday', 'older than 7d', 'unknown'],
    [3, '= 3', 'true'],
    [3, '= 0x3', 'true'],
    [3, '>= 4', 'false'],
    [3, '= "3"', 'true'],
    [{ type: 'REG_QWORD', data: '18446744073709551615' }, '> 18446744073709551614', 'true'],
    [{ type: 'REG_QWORD', data: '18446744073709551615' }, '= 18446744073709551614', 'false'],
    [['a', 'b'], '= "B"', 'true'],
    [['a', 'b'], '!= "B"', 'false'],
    [['a', 'b'], '!= "C"', 'true'],
    [['a', 'b'], 'any like "b*"', 'true'],
    [['a', 'b'], 'all like "b*"', 'false'],
    [['ab', 'b'], 'all contains "B"', 'true'],
    [[], 'all = "x"', 'true'],
    [[], 'any = "x"', 'false'],
    ['6.1.7601.19018', 'reaches { 6.1.7601.19018  10.0.10240.1 }', 'true'],
    ['6.1.7601.19017', 'reaches { 6.1.7601.19018  10.0.10240.1 }', 'false'],
    ['6.1.7600.16385', 'reaches { 6.1.7601.19018  10.0.10240.1 }', 'unknown'],
    ['6.1.7600.16385', 'reaches { 6.1.7601.19018 otherwise true }', 'true'],
    ['6.1.7600.16385', 'reaches { 6.1.7601.19018 otherwise false }', 'false'],
  ] as const)('%j %s is %s', (data, predicate, verdict) => {
    expect(verdictOf(`${read} ${predicate}`, withValue(data))).toBe(verdict);
  });

  it('a number serves as a version where the reading is one', () => {
    const facts: Facts = { files: { 'C:\\a.exe': '24.7.0.0' } };
    expect(verdictOf('file "C:\\a.exe" version >= 24', facts)).toBe('true');
    expect(verdictOf('file "C:\\a.exe" version > 24.07', facts)).toBe('false');
    expect(verdictOf('file "C:\\a.exe" version >= 25', facts)).toBe('false');
  });

  it('a domain controller is also a server', () => {
    const dc = windows({ role: 'domain-controller' });
    expect(verdictOf('windows.role is server', {}, dc)).toBe('true');
    expect(verdictOf('windows.role is domain-controller', {}, dc)).toBe('true');
    expect(verdictOf('windows.role is workstation', {}, dc)).toBe('false');
    expect(verdictOf('windows.role is domain-controller', {}, windows({ role: 'server' }))).toBe('false');
  });

  it('sizes and times of files compare as what they are', () => {
    const facts: Facts = { files: { 'C:\\a.txt': { size: 11 * 1024 * 1024, modified: '2026-05-31T12:00:00Z' } } };
    expect(verdictOf('file "C:\\a.txt" size > 10MB', facts)).toBe('true');
    expect(verdictOf('file "C:\\a.txt" size < 11MB', facts)).toBe('false');
    expect(verdictOf('file "C:\\a.txt" modified = 2026-05-31', facts)).toBe('true');
    expect(verdictOf('file "C:\\a.txt" modified newer than 2d', facts)).toBe('true');
  });
});

describe('a trace', () => {
  it('says what was expected, observed and where', () => {
    const { trace } = judgedBy(`${read} \n  >= 2.0   # a comment\n`, withValue('1.5'));
    expect(trace).toMatchObject({
      check: 'key "HKLM\\SOFTWARE\\Acme" value "V" >= 2.0',
      verdict: 'false',
      expected: '>= 2.0',
      observed: '"1.5"',
      source: `value "V" of ${KEY}`,
    });
  });

  it('names the reading that failed', () => {
    expect(judgedBy(`${read} = 1`, denied).trace).toMatchObject({
      verdict: 'unknown',
      observed: 'unreadable: access denied',
      reason: `value "V" of ${KEY}: access denied`,
    });
    expect(judgedBy(`${read} >= 7.0`, withValue('7.x')).trace?.reason).toContain('`7.x` is no version');
  });

  it('leaves out what a decided block no longer looks at', () => {
    const { trace } = judgedBy(`all { ${read} = 1  ${read} = 2 }`, withValue(2));
    expect(trace).toMatchObject({ check: 'all', verdict: 'false', reason: 'decided by part 1 of 2' });
    expect(trace?.children).toHaveLength(1);
  });

  it('leaves out what a recording leaves out', () => {
    const key = 'HKLM\\SOFTWARE\\Acme';
    const facts: Facts = { keys: { [key]: { ProductKey: 'not-a-real-one', Note: 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE' } } };
    const traces = [
      judgedBy(`key "${key}" value "ProductKey" = "x"`, facts).trace,
      judgedBy(`key "${key}" value "ProductKey" >= 1.0`, facts).trace,
      judgedBy(`key "${key}" value "Note" = "x"`, facts).trace,
    ];
    expect(traces.map((trace) => trace?.observed)).toEqual([
      '[left out]: a product key',
      '[left out]: a product key',
      '"[left out]"',
    ]);
    expect(JSON.stringify(traces)).not.toMatch(/not-a-real-one|BBBBB/);
  });
});
