/**
 * What rules say of random declarations is true: each rule that looks at more than one condition has an oracle that changes
 * the content as the finding suggests, or scans machines, or reads the statements by its own words.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lint } from '../../../server/src/lint/lint.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import type { Finding } from '../../../server/src/model/source.ts';
import { scan, statuses, windows, type Facts, type ScanSettings } from '../evaluate/machine.ts';
import { RULES } from '../../../server/src/lint/rules/index.ts';
import { OF_CONDITIONS, UNINSTALL } from './oracle-content.ts';

const FILE = 'a.detect';
const TODAY = '2026-06-01';

const linked = (text: string) => linkContent([{ file: FILE, text }]);
const findingsOf = (text: string): readonly Finding[] => lint(linked(text), { today: TODAY });
const errorsOf = (text: string): readonly string[] =>
  linked(text).findings.flatMap(({ severity, code }) => (severity === 'error' ? [code] : []));

// ---------- content

const VERSIONS = ['1.0', '2.0', '3.0', '4.0'];
const version = fc.constantFrom(...VERSIONS);
const maybe = (text: string): fc.Arbitrary<string> => fc.constantFrom('', text);

const condition = fc.oneof(
  fc
    .tuple(fc.constantFrom('>=', '<', '>', '<='), version, fc.constantFrom('>=', '<', '>'), version)
    .map(([first, a, second, b]) => `version ${first} ${a} and version ${second} ${b}`),
  fc
    .tuple(fc.constantFrom('>=', '<'), version, fc.constantFrom('>=', '<'), version)
    .map(([first, a, second, b]) => `version ${first} ${a} or version ${second} ${b}`),
  fc.tuple(fc.constantFrom('>=', '<', '='), version).map(([operator, a]) => `version ${operator} ${a}`),
  version.map((a) => `any { version >= ${a}  all { version < 2.0  version >= 3.0 } }`),
  fc.constantFrom('channel = "esr"', 'channel = "beta"', 'channel = "esr" or channel = "release"'),
);

const channel = fc.constantFrom(
  'let channel = "esr" when version >= 2.0 else "release"',
  'let channel = "esr" when version >= 2.0 else "old" when version >= 3.0 else "release"',
  'let channel = "esr" when version >= 2.0 else "old" when version < 2.0 else "release"',
);

const WINDOWS = ['windows-10-22h2', 'windows-11', 'windows-7', 'windows'];
const on = fc.oneof(
  fc.constant(''),
  fc.constantFrom(...WINDOWS).map((name) => `  on ${name}\n`),
  fc.constantFrom('  on windows >= 10.0\n', '  on windows < 6.2\n', '  on windows-10 >= 10.0.22000\n'),
);

const product: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(
      '  each app in programs where app.name = "Acme"\n  let location = app.location\n',
      `  each k in keys "HKLM\\${UNINSTALL}\\Acme" view both\n  let location = k value "InstallLocation"\n`,
      '  each k in keys "HKLM\\SOFTWARE\\Acme" view both where k.name matches /^(?<part>A)/\n  let location = k value "Path"\n',
      '  each k in keys "HKLM\\SOFTWARE\\Acme" view 32\n  let location = k value "Path"\n',
    ),
    maybe('  let version = file "${location}\\a.exe" version\n'),
    maybe('  let extra = file "${location}\\b.exe" version\n'),
    fc.tuple(fc.boolean(), channel),
    maybe('  installed when file "${location}\\a.exe" exists\n'),
    maybe('  one per location\n'),
    fc.tuple(on, on),
  )
  .map(([each, own, extra, [has, text], installed, one, [first, second]]) => {
    const chosen = has && own !== '' ? `  ${text}\n` : '';
    return `product acme "Acme" {\n${first}${each}${own}${extra}${chosen}${second}${installed}${one}}\n`;
  });

const DATES = ['2024-01-01', '2025-01-01', '2026-01-01', '2027-01-01'];

interface PatchText {
  readonly id: string;
  readonly text: string;
}

const patch = (id: string, others: readonly string[]): fc.Arbitrary<PatchText> =>
  fc
    .tuple(
      fc.constantFrom('', ' "Acme 2.0"', ' "Acme 2.9"', ' "Acme"', ' "Acme 2024"'),
      fc.oneof(
        fc.constantFrom('acme', 'acme', 'acme < 2.0', 'acme >= 3.0', 'acme >= 3.0 < 2.0'),
        fc.uniqueArray(fc.constantFrom(...WINDOWS), { minLength: 1, maxLength: 3 }).map((names) => names.join(', ')),
      ),
      fc.constantFrom('', ...DATES.map((day) => `  released ${day}\n`)),
      fc.constantFrom('', ...DATES.map((day) => `  revised ${day}\n`)),
      fc.constantFrom('', ...others.map((other) => `  supersedes ${other}\n`)),
      fc.oneof(
        condition,
        condition.map((one) => `all { ${one} }`),
      ),
      fc.constantFrom('installed when', 'missing when', 'note', ''),
      on,
    )
    .map(([title, fixes, released, revised, supersedes, what, verdict, also]) => {
      const said = verdict === '' ? '' : verdict === 'note' ? '  note "w"\n' : `  ${verdict} ${what}\n`;
      return { id, text: `patch ${id}${title} fixes ${fixes} {\n${also}${released}${revised}${supersedes}${said}}\n` };
    });

const IDS = ['KB5000001', 'KB-5000002', 'CVE-2024-1', 'KB50000003x'] as const;
const content: fc.Arbitrary<string> = fc
  .tuple(product, patch(IDS[0], []), patch(IDS[1], [IDS[0]]), patch(IDS[2], [IDS[0], IDS[1]]), patch('KB123456789', []))
  .map(([first, ...patches]) => [first, ...patches.map(({ text }) => text)].join('\n'));

// ---------- machines

const PLACES = { 'C:\\A\\a.exe': '', 'C:\\A\\b.exe': '9.9' };
const POINTS = ['0.5', '1.0', '1.5', '2.0', '2.5', '3.0', '3.5', '4.0', '5.0', 'none'];

/** Every version, with the entries that products are found by. */
const MACHINES: readonly Facts[] = POINTS.map((at) => ({
  keys: {
    [`HKLM\\${UNINSTALL}\\Acme`]: { DisplayName: 'Acme', InstallLocation: 'C:\\A' },
    'HKLM\\SOFTWARE\\Acme': { Path: 'C:\\A' },
    'HKLM\\SOFTWARE\\Wow6432Node\\Acme': { Path: 'C:\\A' },
  },
  files: { ...PLACES, 'C:\\A\\a.exe': at },
}));

const TARGETS = [
  windows(),
  windows({ version: '10.0.22631.1', build: 22631 }),
  windows({ version: '6.1.7601.1', build: 7601, servicePack: 1 }),
  windows({ version: '10.0.17763.1', build: 17763, role: 'server' }),
  windows({ version: '6.3.9600.1', build: 9600 }),
  windows({ version: '10.0.99999.1', build: 99_999 }),
];

/** Statuses of a patch, of every instance on every machine. */
function statusesOf(text: string, id: string): ReadonlySet<string> {
  const { content: of } = linked(text);
  const found = new Set<string>();
  for (const target of TARGETS) {
    const settings: ScanSettings = { target, trace: false, include: ['superseded', 'effectively-installed'] };
    for (const facts of MACHINES)
      for (const one of scan(of, facts, settings).patches)
        if (one.id === id && one.status !== 'not applicable') found.add(one.status);
  }
  return found;
}

/** What all patches come to on all machines: two texts that mean the same have the same. */
function meaning(text: string): string {
  const { content: of } = linked(text);
  return TARGETS.flatMap((target) =>
    MACHINES.map((facts) => JSON.stringify(statuses(scan(of, facts, { target, trace: false })))),
  ).join('\n');
}

// ---------- oracles

interface At {
  readonly text: string;
  readonly finding: Finding;
  /** The declaration that it stands in. */
  readonly declaration: string;
  readonly id: string;
  /** What it is about. */
  readonly words: string;
}

const statement = ({ declaration }: At, word: string): string =>
  new RegExp(`\\n  ${word} ([^\\n]*)`).exec(declaration)?.[1] ?? '';
const dayOf = (text: string, id: string, word: string): string =>
  new RegExp(`\\npatch ${id}[^}]*?\\n  ${word} (\\S+)`).exec(`\n${text}`)?.[1] ?? '';
const put = ({ text, finding: { at } }: At, by: string): string => text.slice(0, at.start) + by + text.slice(at.end);

const fixesOf = (text: string, id: string): readonly string[] =>
  (new RegExp(`\\npatch ${id}[^\\n]*? fixes ([^{]*)\\{`).exec(`\n${text}`)?.[1] ?? '')
    .split(',')
    .map((one) => one.trim());

/** The patch alone, for whom it is, with one condition of its own in place of what it says. */
const alone = ({ text, id, declaration }: At, one: string): string => {
  const only = /\n  on [^\n]*/.exec(declaration)?.[0] ?? '';
  const fixes = fixesOf(text, id).join(', ');
  return `${text.slice(0, text.indexOf('\npatch '))}\npatch T fixes ${fixes} {${only}\n  installed when ${one}\n}\n`;
};

const never = (at: At, one: string): void => {
  if (/fixes windows|fixes [^{]*windows/.test(at.declaration)) return;
  expect([...statusesOf(alone(at, one), 'T')], one).not.toContain('installed');
};

const decided = ({ text, id }: At): readonly string[] =>
  [...statusesOf(text, id)].filter((status) => status === 'installed' || status === 'missing');

const ORACLES: Readonly<Record<string, (at: At) => void>> = {
  'contradictory-on': (at) => {
    if (at.declaration.startsWith('product')) {
      for (const target of TARGETS)
        for (const facts of MACHINES) expect(scan(linked(at.text).content, facts, { target }).products).toEqual([]);
    } else expect([...statusesOf(at.text, at.id)]).toEqual([]);
  },
  'contradictory-condition': (at) =>
    never(
      at,
      [at.words, ...(at.finding.related ?? []).map((one) => at.text.slice(one.at.start, one.at.end))].join('\nand '),
    ),
  'always-true': (at) => {
    if (at.declaration.includes('fixes acme'))
      expect([...statusesOf(alone(at, at.words), 'T')], at.words).not.toContain('missing');
  },
  'unreachable-branch': (at) => never(at, at.words),
  'unreachable-else': (at) => expect(meaning(put(at, '"another"'))).toBe(meaning(at.text)),
  'subsumed-check': (at) => {
    const whole = new RegExp('(?:installed|missing) when ([^\\n]*)').exec(at.declaration)?.[1] ?? '';
    const offset = at.finding.at.start - at.text.indexOf(at.declaration) - at.declaration.indexOf(whole);
    const less = whole.slice(0, offset) + whole.slice(offset + at.words.length);
    const tidied = less
      .replace(/^\s*(?:and|or)\s+|\s+(?:and|or)\s*$/g, '')
      .replace(/\{\s*(?:and|or)\s|\s(?:and|or)\s*\}/g, (all) => all.replace(/and|or/, ''));
    if (errorsOf(put(at, '')).length > 0 && tidied === less) return;
    expect(meaning(at.text.replace(whole, tidied)), `${whole} => ${tidied}`).toBe(meaning(at.text));
  },
  'fixes-decides': (at) => {
    const only = at.declaration.replace(/ fixes [^{]*\{/, ` fixes ${at.words} {`);
    const text = `${at.text.slice(0, at.text.indexOf('\npatch '))}\n${only.replace(/\n  supersedes [^\n]*/, '')}`;
    const kept = at.finding.message.includes('never *installed*') ? 'installed' : 'missing';
    expect([...statusesOf(text, at.id)], only).not.toContain(kept);
  },
  // Without a version it is unknown whether it is in the range.
  'empty-range': (at) => expect(decided(at)).toEqual([]),
  'no-one-per': (at) => {
    if (at.finding.fix === undefined || /\n  on /.test(at.declaration)) return;
    const { at: place, text: line } = at.finding.fix;
    const mended = at.text.slice(0, place.start) + line + at.text.slice(place.end);
    const twice: Facts = {
      ...MACHINES[3],
      keys: {
        ...MACHINES[3]?.keys,
        [`HKLM\\SOFTWARE\\Wow6432Node\\${UNINSTALL.slice(9)}\\Acme`]: { DisplayName: 'Acme', InstallLocation: 'C:\\A' },
      },
    };
    const count = (text: string): number => scan(linked(text).content, twice).products[0]?.instances.length ?? 0;
    expect([count(at.text), count(mended)]).toEqual([2, 1]);
  },
  'stale-entry': (at) => {
    if (/\n  on /.test(at.declaration)) return;
    const left: Facts = { keys: MACHINES[0]?.keys ?? {} };
    expect(scan(linked(at.text).content, left).products).toHaveLength(1);
  },
  // With another name in its place everything links as before, so nothing used it.
  'unused-capture': (at) => expect(errorsOf(put(at, 'another'))).toEqual(errorsOf(at.text)),
  'unused-name': (at) =>
    expect(errorsOf(put(at, at.words.replace('let extra', 'let another')))).toEqual(errorsOf(at.text)),
  'patch-without-check': (at) => {
    expect(decided(at)).toEqual([]);
  },
  'supersedence-gap': (at) => {
    const older = at.words;
    const [wide, narrow] = [fixesOf(at.text, at.id), fixesOf(at.text, older)];
    const name = (scope: string): string => scope.split(' ')[0] ?? '';
    const covered = (scope: string): boolean =>
      wide.some((one) => name(one) === name(scope) || (name(one) === 'windows' && name(scope).startsWith('windows')));
    expect(narrow.every(covered), `${wide.join()} over ${narrow.join()}`).toBe(false);
  },
  'superseded-by-older': (at) =>
    expect(dayOf(at.text, at.id, 'released') < dayOf(at.text, at.words, 'released')).toBe(true),
  'malformed-kb': (at) => expect(at.words).not.toMatch(/^(?:KB\d{5,8}|CVE-\d{4}-\d{4,7})$/),
  'reversed-dates': (at) => expect(statement(at, 'revised') < statement(at, 'released')).toBe(true),
  'future-date': (at) =>
    expect([statement(at, 'released'), statement(at, 'revised')].some((day) => day > TODAY)).toBe(true),
  'range-without-version': (at) => {
    expect(decided(at)).toEqual([]);
  },
  'threshold-title': (at) => {
    const said = /"[^"]*?(\d+\.\d+)[^"]*"/.exec(at.declaration)?.[1] ?? '';
    const asked =
      at.declaration
        .split('\n')
        .slice(1)
        .join('\n')
        .match(/\d+\.\d+/g) ?? [];
    expect(asked).not.toContain(said);
  },
};

/** Ids as they stand in the text: the nearest declaration before a place. */
function placed(text: string, finding: Finding): At {
  const begins = [...text.matchAll(/^(?:product|patch) (\S+)/gm)].filter(({ index }) => index <= finding.at.start);
  const last = begins.at(-1);
  const start = last?.index ?? 0;
  const next = text.slice(start + 1).search(/^(?:product|patch) /m);
  const declaration = next < 0 ? text.slice(start) : text.slice(start, start + 1 + next);
  return { text, finding, declaration, id: last?.[1] ?? '', words: text.slice(finding.at.start, finding.at.end) };
}

describe('of declarations', () => {
  const seen = new Map<string, number>();

  it('what each rule says is so', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(content, (text) => {
        if (errorsOf(text).some((code) => code !== 'unbound-name')) return;
        const findings = findingsOf(text);
        const places = findings.map(({ code, at }) => `${code} ${at.start} ${at.end}`);
        expect(new Set(places).size, 'nothing is said twice').toBe(places.length);
        for (const finding of findings) {
          if (finding.severity === 'error' && finding.code === 'unbound-name') continue;
          const count = seen.get(finding.code) ?? 0;
          seen.set(finding.code, count + 1);
          // Machines cost time: of what is found most often, some are enough.
          if (count < 25 || finding.code.endsWith('-condition')) ORACLES[finding.code]?.(placed(text, finding));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('each of these rules had something to say', () => {
    expect(Object.keys(ORACLES).filter((code) => (seen.get(code) ?? 0) === 0)).toEqual([]);
  });
});

it('every rule has an oracle', () => {
  const known = new Set([...Object.keys(ORACLES), ...OF_CONDITIONS]);
  expect(RULES.map(({ code }) => code).filter((code) => !known.has(code))).toEqual([]);
});
