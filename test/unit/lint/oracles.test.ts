/**
 * What rules say of random content is true. Each rule that looks at one condition has an oracle that knows nothing of it: words
 * read from the text alone, exact in both directions, and a machine on which what its page warns of happens.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lint } from '../../../server/src/lint/lint.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import type { Finding } from '../../../server/src/model/source.ts';
import { verdictOf, windows, type Facts } from '../evaluate/machine.ts';
import { asked, OF_CONDITIONS, type Asked } from './oracle-content.ts';

const verdict = verdictOf;
const X86 = windows({ architecture: 'x86' });

const findingsOf = (one: Asked): readonly Finding[] =>
  lint(linkContent([{ file: 'a.detect', text: `check a { ${one.text} }\n` }]), { today: '2026-06-01' });

/** The condition after a fix. */
function mended(one: Asked, { fix }: Finding): string {
  const offset = 'check a { '.length;
  if (fix === undefined) throw new Error('no fix');
  return one.text.slice(0, fix.at.start - offset) + fix.text + one.text.slice(fix.at.end - offset);
}

// ---------- what a machine has

const FOLDERS: Readonly<Record<string, string>> = {
  '%programfiles%': 'C:\\Program Files',
  '%programfile%': 'C:\\Program Files',
  '%programfiles(x86)%': 'C:\\Program Files (x86)',
  '%windir%': 'C:\\Windows',
  '%system32%': 'C:\\Windows\\System32',
  '%systemdrive%': 'C:',
  '%programdata%': 'C:\\ProgramData',
};

/** The path that an author means: with folders in their places, single backslashes, no blanks. */
function meant(path: string): string {
  const folder = /^%[^%]+%/.exec(path)?.[0];
  const put = folder === undefined ? path : `${FOLDERS[folder.toLowerCase()] ?? folder}\\${path.slice(folder.length)}`;
  return put
    .replace(/ *\\ */g, '\\')
    .replace(/\\+/g, '\\')
    .trim();
}

const machineWith = ({ thing, path }: Asked): Facts =>
  thing === 'file'
    ? { files: { [meant(path)]: '1.2.3.4' } }
    : { keys: { [meant(path).replace(/^HKEY_LOCAL_MACHINE/, 'HKLM')]: { Mode: 'x', Version: '10.0' } } };

/** The thing alone, asked whether it is there. */
const exists = ({ thing, view }: Asked, path: string): string => `${thing} "${path}"${view} exists`;

const quoted = (text: string): string => /"([^"]*)"/.exec(text)?.[1] ?? '';

/** A machine has what is meant: as it is written it is not found, and after the fix it is. */
function isMended(one: Asked, finding: Finding): void {
  if (!/^(%(Prog|win)|[CD]:|HKLM|HKEY)/.test(one.path) || /%ProgramFile%/.test(one.path)) return;
  const facts = machineWith(one);
  expect(verdict(exists(one, one.path), facts), one.text).not.toBe('true');
  const after = quoted(mended(one, finding));
  // There may be more than one thing wrong with it: with all of them mended it is found.
  if (!findingsOf({ ...one, text: exists(one, after) }).some(({ code }) => SPELLED.has(code)))
    expect(verdict(exists({ ...one, view: '' }, after), facts), after).toBe('true');
}

const SPELLED = new Set([
  ...['doubled-separator', 'missing-separator', 'stray-blank', 'unknown-folder', 'long-hive', 'wow6432node'],
]);

// ---------- versions

const isNumeric = (version: string): boolean => /^\d+(\.\d+)+$/.test(version);
/** Versions in a test; not what stands in quotes. */
const versionsIn = (test: string): readonly string[] =>
  (test.replace(/"[^"]*"/g, '').match(/[\d.]+/g) ?? []).filter(isNumeric);
const numbersOf = (version: string): readonly number[] => version.split('.').map(Number);

function order(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The same file with each of these, and a file without one, and none at all. */
const FILES: readonly Facts[] = ['1.2.3.4', '1.2.3', '24.7', '2.0', '0', '99', 'none', '3.0.8', '4.0.2.5'].flatMap(
  (fileVersion) =>
    [0, 5, 6, 1024, 99_999].flatMap((size) =>
      ['2020-01-01T00:00:00Z', '2024-01-15T00:00:00Z', '2026-01-01T00:00:00Z'].map((modified) => ({
        files: { 'C:\\a.exe': { fileVersion, size, modified, company: 'Acme' } },
      })),
    ),
);

/** A condition on a file is judged of `C:\a.exe`, whatever its path. */
const onFile = (test: string): string => `file "C:\\a.exe"${test}`;
const VALUES: readonly Facts[] = ['x', '1', '10.0', '9.5', '5', '', 'abc', 1, 5, 12].map((data) => ({
  keys: { 'HKLM\\SOFTWARE\\A': { V: data } },
}));
const onValue = (test: string): string => `key "HKLM\\SOFTWARE\\A"${test.replace(/value "[^"]*"/, 'value "V"')}`;

/** Machines that a condition's test is looked at on, and the condition there. */
function trials(one: Asked): { readonly condition: string; readonly machines: readonly Facts[] } {
  if (one.thing === 'file') return { condition: onFile(one.test), machines: [{}, ...FILES] };
  if (one.thing === 'key') return { condition: onValue(one.test), machines: [{}, ...VALUES] };
  return { condition: one.text, machines: [{}] };
}

const neverTrue = (one: Asked): boolean => {
  const { condition, machines } = trials(one);
  return machines.every((facts) => verdict(condition, facts) !== 'true');
};

// ---------- the oracles

interface Oracle {
  /** Whether the rule has something to say, by the words alone. */
  readonly holds: (one: Asked) => boolean;
  /** What happens on a machine. */
  readonly shown?: (one: Asked, finding: Finding) => void;
}

const isKey = ({ thing }: Asked): boolean => thing === 'key';
const isFile = ({ thing }: Asked): boolean => thing === 'file';
const below = (one: Asked): string => one.path.toLowerCase().replace(/^hkey_local_machine\\/, 'hklm\\');
const LETTERS = /^[CD]:|^%SystemDrive%\\(Program Files|Windows)/i;

/** Bounds of a kind of their own against a literal of another. */
function mismatch({ thing, test }: Asked): boolean {
  if (/^ (size|version|modified) (exists|is absent)/.test(test)) return false;
  if (thing === 'windows') return /build = 10\.0\.1|bits = "x"/.test(test);
  if (/as number .*\d\.\d|as version >= "abc"/.test(test)) return true;
  if (/^ version (!?=|[<>]=?) "/.test(test)) return true;
  if (/^ size .*(\d\.\d|\d{4}-\d\d-\d\d)/.test(test)) return true;
  return /^ modified = "/.test(test);
}

const isNumberAgainstVersion = ({ test, thing }: Asked): boolean =>
  /(^ size |as number ).*\d\.\d/.test(test) || (thing === 'windows' && /build = 10/.test(test));

const ORACLES: Readonly<Record<string, Oracle>> = {
  wow6432node: {
    holds: (one) => isKey(one) && /\\wow6432node(\\|$)/i.test(one.path),
    shown: (one, finding) => {
      const facts: Facts = { keys: { 'HKLM\\SOFTWARE\\Acme': { Mode: 'x' } } };
      expect(verdict(exists(one, one.path), facts, X86)).toBe('false');
      if (finding.fix !== undefined && below(one) === 'hklm\\software\\wow6432node\\acme')
        expect(verdict('key "HKLM\\SOFTWARE\\Acme" view 32 exists', facts, X86)).toBe('true');
    },
  },
  'default-view': {
    holds: (one) =>
      isKey(one) &&
      one.view === '' &&
      /^hklm\\software\\./.test(below(one)) &&
      !/^hklm\\software\\(policies|wow6432node)\\/.test(below(one)),
    shown: (one) => {
      if (meant(below(one)) !== below(one)) return;
      const inOther = below(one).replace('hklm\\software\\', 'HKLM\\SOFTWARE\\Wow6432Node\\');
      const facts: Facts = { keys: { [inOther]: {} } };
      expect(verdict(`key "${one.path}" exists`, facts)).toBe('false');
      expect(verdict(`key "${one.path}" view both exists`, facts)).toBe('true');
    },
  },
  'absolute-path': {
    holds: (one) => isFile(one) && LETTERS.test(one.path),
    shown: (one, finding) => {
      if (finding.fix === undefined) return;
      const elsewhere = windows();
      const variables = new Map([...elsewhere.variables].map(([name, path]) => [name, path.replace('C:', 'E:')]));
      const facts: Facts = { files: { [meant(one.path.replace(/^%SystemDrive%/i, 'C:')).replace('C:', 'E:')]: '1.0' } };
      const after = quoted(mended(one, finding));
      const others = ['doubled-separator', 'stray-blank'];
      if (findingsOf(one).some(({ code }) => others.includes(code))) return;
      if (!/^%SystemDrive%/i.test(one.path))
        expect(verdict(exists(one, one.path), facts, { ...elsewhere, variables })).toBe('false');
      expect(verdict(exists(one, after), facts, { ...elsewhere, variables }), after).toBe('true');
    },
  },
  'long-hive': {
    holds: (one) => isKey(one) && one.path.startsWith('HKEY_LOCAL_MACHINE\\'),
    shown: (one, finding) => {
      for (const facts of [{}, machineWith({ ...one, path: one.path.replace('HKEY_LOCAL_MACHINE', 'HKLM') })])
        expect(verdict(mended(one, finding), facts)).toBe(verdict(one.text, facts));
    },
  },
  'absent-not-equal': {
    holds: (one) => one.thing !== 'windows' && / != /.test(one.test) && !/if present/.test(one.test),
    shown: (one) => {
      expect(verdict(trials(one).condition, {}), one.text).toBe('true');
    },
  },
  'doubled-separator': {
    holds: (one) => /\\\\/.test(one.path),
    shown: (one, finding) => expect(mended(one, finding)).not.toMatch(/\\\\/),
  },
  'missing-separator': { holds: (one) => isFile(one) && /^%[^%]+%[^\\]/.test(one.path), shown: isMended },
  'stray-blank': {
    holds: (one) =>
      (one.thing === 'service' && one.path !== one.path.trim()) ||
      ((isFile(one) || isKey(one)) && / \\|\\ | $/.test(one.path)) ||
      / value "[^"]* "/.test(one.test),
    shown: (one, finding) => {
      const inName = finding.at.start > 'check a { '.length + one.text.indexOf(one.path) + one.path.length;
      if (!inName) isMended(one, finding);
    },
  },
  'unknown-folder': {
    holds: ({ path }) => /%ProgramFile%|%Systm32%/.test(path),
    shown: (one) => {
      for (const facts of [{}, machineWith(one)]) expect(verdict(exists(one, one.path), facts)).toBe('unknown');
    },
  },
  'malformed-guid': { holds: ({ path }) => /\{[^}]*\}/.test(path) && !/\{.{8}(-.{4}){3}-.{12}\}/.test(path) },
  'malformed-sid': { holds: ({ path }) => /\\S-(?!1-5-18\\|1-5-21-1-2-3-1001\\)/.test(path) },
  'text-order': {
    holds: (one) => (isKey(one) || /^ company/.test(one.test)) && /[<>]=? "/.test(one.test) && !/ as /.test(one.test),
    shown: (one, finding) => {
      if (finding.fix === undefined) return;
      // "10.0" is above 9.0 and "9.5" below 10, but not letter by letter.
      const { condition } = trials(one);
      const after = condition.replace(/([<>]=?) "([^"]*)"/, '$1 $2');
      const differs = VALUES.filter((facts) => verdict(condition, facts) !== verdict(after, facts));
      expect(differs.length, condition).toBeGreaterThan(0);
    },
  },
  'type-mismatch': {
    holds: mismatch,
    shown: (one, finding) => {
      const { condition, machines } = trials(one);
      const place = finding.at.start - 'check a { '.length;
      expect(place).toBeGreaterThan(0);
      // Of several values one may be right.
      if (/one of/.test(condition)) return;
      const verdicts = new Set(machines.slice(1).map((facts) => verdict(condition, facts)));
      if (isNumberAgainstVersion(one)) expect(finding.message).toContain('as a version of one part');
      // A text that is no version at all may still be another text.
      else if (!condition.includes(' = "')) expect([...verdicts], condition).toEqual(['unknown']);
      else expect([...verdicts], condition).not.toContain('true');
    },
  },
  'version-literal': {
    holds: ({ test, thing }) =>
      (thing === 'file' || thing === 'windows' || / [<>=]/.test(test)) &&
      versionsIn(test).some((version) => version.split('.').length > 4 || /(^|\.)0\d/.test(version)),
    shown: (one, finding) => {
      if (finding.fix === undefined) return;
      const { condition, machines } = trials(one);
      const after = condition.replace(
        versionsIn(condition).find((version) => /(^|\.)0\d/.test(version)) ?? '',
        finding.fix.text,
      );
      for (const facts of machines) expect(verdict(after, facts), after).toBe(verdict(condition, facts));
    },
  },
  'reaches-order': {
    holds: ({ test }) => {
      const rows = /reaches \{(.*)\}/.exec(test)?.[1]?.trim().split(/\s+/) ?? [];
      return rows.some((row, index) => index > 0 && order(rows[index - 1] ?? '', row) >= 0);
    },
  },
  'first-user': { holds: (one) => isKey(one) && one.path.startsWith('HKCU') },
  'empty-range': {
    holds: ({ test, thing }) => {
      const range = /(>=?) (\S+) (<=?) (\S+)/.exec(test);
      if (range === null) return false;
      const [, above = '', from = '', under = '', to = ''] = range;
      // Numbers have nothing between two neighbours.
      const whole = thing === 'windows' || test.startsWith(' size');
      const [low, high] = [from, to].map((text) => (/-/.test(text) ? Date.parse(text) / 86_400_000 : Number(text)));
      const [first, last] = [
        (low ?? 0) + (whole && above === '>' ? 1 : 0),
        (high ?? 0) - (whole && under === '<' ? 1 : 0),
      ];
      const closed = whole || (above === '>=' && under === '<=');
      return first > last || (first === last && !closed);
    },
    shown: (one) => expect(neverTrue(one), one.text).toBe(true),
  },
  'contradictory-condition': {
    // A file that says `abc` of itself instead of a version would be equal to that.
    holds: (one) =>
      mismatch(one) &&
      !/one of|!=|^ version = "/.test(one.test) &&
      (!isNumberAgainstVersion(one) || / = \d/.test(one.test)),
    shown: (one) => expect(neverTrue(one), one.text).toBe(true),
  },
};

/** Rules that have nothing to say of a single condition. */
describe('of one condition', () => {
  const seen = new Map<string, number>();

  it('each rule says what is so, and nothing that is so is left out', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(asked, (one) => {
        const findings = findingsOf(one);
        if (findings.some(({ severity }) => severity === 'error')) return;
        const codes = new Set(findings.map(({ code }) => code));
        const expected = Object.keys(ORACLES).filter((code) => ORACLES[code]?.holds(one));
        expect({ text: one.text, codes: [...codes].sort() }).toEqual({ text: one.text, codes: expected.sort() });
        for (const finding of findings) {
          seen.set(finding.code, (seen.get(finding.code) ?? 0) + 1);
          ORACLES[finding.code]?.shown?.(one, finding);
        }
      }),
      { numRuns: 800 },
    );
  });

  it('each of these rules had something to say', () => {
    expect(Object.keys(ORACLES).sort()).toEqual([...OF_CONDITIONS]);
    expect(Object.keys(ORACLES).filter((code) => (seen.get(code) ?? 0) === 0)).toEqual([]);
  });
});
