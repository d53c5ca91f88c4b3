import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lint } from '../../../server/src/lint/lint.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import { WorkspaceAnalysis } from '../../../server/src/lsp/analysis.ts';
import { Named } from '../../../server/src/lsp/closed/named.ts';
import { Summary } from '../../../server/src/lsp/closed/summary.ts';
import { lowerFile, type LoweredFile } from '../../../server/src/model/lower/file.ts';

const byName = (a: string, b: string): number => (a < b ? -1 : 1);

/** What a server that has just read these files finds. */
function afresh(files: ReadonlyMap<string, string>): unknown {
  const sorted = [...files].sort(([a], [b]) => byName(a, b));
  return lint(linkContent(sorted.map(([file, text]) => ({ file, text }))));
}

function lowered(files: ReadonlyMap<string, string>, name: string): LoweredFile | undefined {
  const text = files.get(name);
  return text === undefined ? undefined : lowerFile(name, text);
}

// Few names, so that declarations meet, hide, supersede and use each other all the time.
const NAMES = ['acme', 'Acme', 'globex', 'KB5000001', 'MS-1', 'MS-2', 'MS-3', 'sound', 'fresh'];
const LINES = [
  ...NAMES.flatMap((name) => [
    `product ${name} "Acme" {\n  each a in programs where a.name matches /^Acme (?<release>[\\d.]+)/\n  let version = a.version\n  installed when version >= 1.0\n}`,
    `product ${name} { installed when key "HKLM\\SOFTWARE\\Wow6432Node\\Acme" exists }`,
    `patch ${name} fixes acme {\n  installed when version >= 2.0\n}`,
    `patch ${name} fixes globex, acme { supersedes MS-1\n  installed when release >= 2.0 }`,
    `patch ${name} fixes windows-10 { superseded by MS-2\n  missing always "no" }`,
    `patch ${name} fixes acme { supersedes everything before 2024-01-01\n released 2024-02-02\n missing when check sound }`,
    `bulletin ${name} "B" {\n  severity low\n  patch MS-2 fixes acme { installed when check fresh(1) }\n}`,
    `product ${name} {\n  let version = 3.0\n  let other = file "C:\\a.exe" version\n  installed when check sound\n}`,
    `check ${name} { check sound }`,
    `check ${name}(level) { file "C:\\a.exe" version >= level }`,
    `check ${name} { not check fresh(2) }`,
    `check ${name} { all { windows.build > 5 windows.build < 3 } }`,
    `patch ${name} fixes acme { installed when check fresh(2) and not check sound }`,
  ]),
  'patch MS-1 fixes acme {',
  '}',
  '# allow wow6432node: it is so',
  '# allow absolute-path:',
  'check sound { file "C:\\Windows\\a.dll" exists } # allow absolute-path: on purpose',
  'test "t" { expect MS-1 installed }',
];
const FILES = ['a.detect', 'b.detect', 'c/d.detect', 'c/e.detect'];

type Edit =
  | { readonly kind: 'insert'; readonly file: string; readonly at: number; readonly line: string }
  | { readonly kind: 'remove'; readonly file: string; readonly at: number }
  | { readonly kind: 'type'; readonly file: string; readonly at: number; readonly text: string }
  | { readonly kind: 'delete'; readonly file: string }
  | { readonly kind: 'open-or-close'; readonly file: string }
  | { readonly kind: 'look'; readonly file: string };

const file = fc.constantFrom(...FILES);
const at = fc.nat(1000);
const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('insert'), file, at, line: fc.constantFrom(...LINES) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove'), file, at }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('type'), file, at, text: fc.constantFrom('x', ' ', '}', '"', '\n', '9') }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete'), file }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('open-or-close'), file }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('look'), file }) },
);

function edited(text: string, one: Exclude<Edit, { kind: 'delete' | 'look' | 'open-or-close' }>): string {
  if (one.kind === 'type') {
    const place = one.at % (text.length + 1);
    return `${text.slice(0, place)}${one.text}${text.slice(place)}`;
  }
  const lines = text.split('\n');
  if (one.kind === 'insert') lines.splice(one.at % (lines.length + 1), 0, ...one.line.split('\n'));
  else lines.splice(one.at % lines.length, 1);
  return lines.join('\n');
}

/** A name that is new in a closed file which nobody had asked about: another file's finding proposes it now. */
const CHANGED_BEFORE_IT_WAS_LEARNED: [string[], Edit[]] = [
  ['', 'patch globex fixes globex, acme { supersedes MS-1\n  installed when release >= 2.0 }'],
  [
    { kind: 'type', file: 'c/e.detect', at: 0, text: 'x' },
    { kind: 'look', file: 'a.detect' },
    { kind: 'insert', file: 'c/e.detect', at: 0, line: 'patch MS-2 fixes windows-10 { missing always "no" }' },
  ],
];

describe('the analysis of a workspace', () => {
  // With no file counted as few, everything that can lag behind does until all files are looked at.
  it.each([
    { few: 0, numRuns: 1000, closed: 'summarised' },
    { few: 0, numRuns: 1000, closed: 'named' },
    { few: 100, numRuns: 500, closed: 'summarised' },
    { few: 100, numRuns: 500, closed: 'named' },
  ])('finds after any edits what a fresh server finds ($few files are few, closed ones are $closed)', (options) => {
    const { few, numRuns, closed } = options;
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...LINES), { maxLength: 12 }),
        fc.array(edit, { maxLength: 12 }),
        (begin, edits) => {
          const files = new Map<string, string>();
          const open = new Set<string>(FILES.slice(1, 3));
          const named = new Map<string, Named>();
          const analysis = new WorkspaceAnalysis({
            fewFiles: few,
            lower: (name) => lowered(files, name),
            learn: (name, fingerprint) => {
              const now = lowered(files, name);
              const summary = now && Summary.of(now);
              return summary?.fingerprint === fingerprint ? summary : undefined;
            },
          });
          const takeIn = (name: string): void => {
            const text = files.get(name);
            const known = lowered(files, name);
            if (text === undefined || known === undefined) analysis.delete(name);
            else if (open.has(name)) analysis.set(name, text);
            else if (closed === 'summarised') analysis.setClosed(name, Summary.of(known));
            else {
              named.set(name, new Named(name, text));
              analysis.setClosed(name, named.get(name) ?? Summary.of(known));
            }
          };
          begin.forEach((line, index) => {
            const name = FILES[index % FILES.length] ?? '';
            files.set(name, `${files.get(name) ?? ''}${line}\n`);
          });
          for (const name of files.keys()) takeIn(name);
          for (const one of edits) {
            if (one.kind === 'look') {
              analysis.findingsOf(one.file);
              continue;
            }
            if (one.kind === 'delete') files.delete(one.file);
            else if (one.kind !== 'open-or-close') files.set(one.file, edited(files.get(one.file) ?? '', one));
            else if (!open.delete(one.file)) open.add(one.file);
            takeIn(one.file);
          }
          const expected = afresh(files);
          expect(analysis.findings()).toEqual(expected);
          expect(FILES.flatMap((name) => analysis.findingsOf(name))).toEqual(expected);
        },
      ),
      { numRuns, examples: [CHANGED_BEFORE_IT_WAS_LEARNED] },
    );
  });

  it('tells each file once that something changed in it, and the files that use a name when it goes', () => {
    const analysis = new WorkspaceAnalysis({ fewFiles: 0 });
    analysis.set('a.detect', 'check sound { key "HKLM\\SOFTWARE\\A" exists }\n');
    analysis.set('b.detect', 'check other { check sound }\n');
    analysis.set('c.detect', 'check third { key "HKLM\\SOFTWARE\\A" exists }\n');
    analysis.lookAtAll();
    expect([...analysis.takeChanged()].sort()).toEqual(['a.detect', 'b.detect', 'c.detect']);
    expect([...analysis.takeChanged()]).toEqual([]);
    analysis.set('a.detect', 'check sounds { key "HKLM\\SOFTWARE\\A" exists }\n');
    expect([...analysis.takeChanged()].sort()).toEqual(['a.detect', 'b.detect']);
    expect(analysis.findingsOf('b.detect').map(({ code }) => code)).toEqual(['unknown-name']);
    analysis.set('c.detect', 'check third { key "HKLM\\SOFTWARE\\B" exists }\n');
    expect([...analysis.takeChanged()]).toEqual(['c.detect']);
  });
});

describe('severities of the workspace', () => {
  it('count at once for what is known already, and can be taken back', () => {
    const analysis = new WorkspaceAnalysis();
    analysis.set('a.detect', 'check c { file "C:\\Contoso\\a.dll" exists }\n');
    const severityOf = (): string | undefined =>
      analysis.findings().find(({ code }) => code === 'absolute-path')?.severity;
    expect(severityOf()).toBe('warning');
    analysis.setSeverities({ severities: new Map([['absolute-path', 'hint']]) });
    expect(severityOf()).toBe('hint');
    analysis.setSeverities({ severities: new Map([['absolute-path', 'off']]) });
    expect(severityOf()).toBeUndefined();
    analysis.setSeverities({ severities: new Map() });
    expect(severityOf()).toBe('warning');
  });
});
