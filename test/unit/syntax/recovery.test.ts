import { describe, expect, it } from 'vitest';
import { linkContent } from '../../../server/src/model/link.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import type { DeclarationNode } from '../../../server/src/syntax/tree.ts';

const pair = (i: number): string => `product acme.p${i} "P${i}" {
  vendor "Acme"
  each app in programs where app.name contains "Acme ${i}"
  let location = app.location else app.icon as folder
  let version  = file "\${location}\\acme.exe" version else app.version
  installed when all {
    file "\${location}\\acme.exe" exists
    service "AcmeSvc" is running
  }
  one per location
}

patch ACME-${i} "Patch ${i}" fixes acme.p${i} >= 1.0 < 9.0 {
  severity critical
  released 2024-01-0${i}
  supersedes ACME-0
  installed when all {
    file "\${location}\\a.dll" version >= 2.0.${i}
    version >= 2.0
  }
  warn when newer
}

`;
const third = pair(3);

/** What is mistyped in the third pair, and how many of its statements (of 6 and 6) must be left. */
const TYPOS: readonly [name: string, text: string, keptInProduct: number, keptInPatch: number][] = [
  ['a missing } of a product', third.replace('  one per location\n}', '  one per location\n'), 6, 6],
  ['a missing } of an all block', third.replace('is running\n  }', 'is running\n'), 5, 6],
  ['a missing { of a product', third.replace('"P3" {', '"P3"'), 6, 6],
  ['a } too many', third.replace('is running\n  }', 'is running\n  }\n  }'), 5, 6],
  ['half a check: a file alone', third.replace('acme.exe" exists', 'acme.exe"'), 5, 6],
  ['half a check: `file`', third.replace(/file "[^"]*acme.exe" exists/, 'file'), 5, 6],
  ['half a check: `version >=`', third.replace('    version >= 2.0\n', '    version >=\n'), 6, 5],
  ['half a let: `let x =`', third.replace(/let location = .*/, 'let location ='), 5, 6],
  ['half a let: `let`', third.replace(/let location = .*/, 'let'), 5, 6],
  ['an else with nothing', third.replace('else app.icon as folder', 'else'), 5, 6],
  ['half a name: `where app.`', third.replace('where app.name contains "Acme 3"', 'where app.'), 5, 6],
  ['half an each: `each app in`', third.replace(/each app in .*/, 'each app in'), 5, 6],
  ['an unclosed text in where', third.replace('"Acme 3"', '"Acme 3'), 5, 6],
  ['an unopened text in a path', third.replace('a.dll" version', 'a.dll version'), 6, 5],
  ['an unclosed title', third.replace('"P3" {', '"P3 {'), 6, 6],
  ['a typo in a statement word', third.replace('installed when', 'instaled when'), 4, 6],
  ['a typo in a metadata word', third.replace('severity', 'sevrity'), 6, 5],
  ['a typo in an operator', third.replace('contains', 'conatins'), 5, 6],
  ['a typo in a property', third.replace('acme.exe" version', 'acme.exe" verison'), 5, 6],
  ['a stray character', third.replace('released 2024', 'released ; § 2024'), 6, 6],
  ['a trailing comma', third.replace('supersedes ACME-0', 'supersedes ACME-0,'), 6, 5],
  ['half a statement on the same line', third.replace('severity critical\n', 'severity critical released '), 6, 5],
  ['a bad version', third.replace('>= 2.0.3', '>= 2.0.x'), 6, 5],
  ['an unknown statement', third.replace('one per location', 'frobnicate when 3 < "x"'), 5, 6],
  ['a reserved word as a name', third.replace('let location', 'let file'), 5, 6],
];

const around = (middle: string): string => [pair(1), pair(2), middle, pair(4), pair(5)].join('');

const strip = (value: unknown): string =>
  JSON.stringify(value, (key, part: unknown) =>
    ['start', 'end', 'startOffset', 'tokenType', 'tokenTypeIdx', 'damaged'].includes(key) ? undefined : part,
  );
const statements = (node: DeclarationNode | undefined): readonly string[] =>
  node !== undefined && 'body' in node ? node.body.map(strip) : [];
const named = (declarations: readonly DeclarationNode[], name: string): DeclarationNode | undefined =>
  declarations.find((node) => node.name?.image === name);
function kept(found: DeclarationNode | undefined, whole: DeclarationNode | undefined): number {
  const left = statements(found);
  return statements(whole).filter((statement) => left.includes(statement)).length;
}

const whole = parse(around(third)).file.declarations;

describe.each(TYPOS)('%s', (_name, text, inProduct, inPatch) => {
  const source = around(text);
  const { file, errors } = parse(source);
  const others = whole.filter((node) => !['acme.p3', 'ACME-3'].includes(node.name?.image ?? ''));

  it('leaves every other declaration whole', () => {
    for (const other of others) {
      const found = named(file.declarations, other.name?.image ?? '');
      expect(strip(found)).toBe(strip(other));
      expect(found?.damaged).toBe(false);
    }
  });

  it('leaves the statements that it does not stand in', () => {
    expect(kept(named(file.declarations, 'acme.p3'), named(whole, 'acme.p3'))).toBeGreaterThanOrEqual(inProduct);
    expect(kept(named(file.declarations, 'ACME-3'), named(whole, 'ACME-3'))).toBeGreaterThanOrEqual(inPatch);
  });

  it('is reported, and what it stands in does not judge', () => {
    const { content, findings } = linkContent([{ file: 'typo.detect', text: source }]);
    expect(findings.some(({ code }) => code !== 'unknown-superseded')).toBe(true);
    if (errors.length === 0) return;
    expect(content.products.has('acme.p3') && content.patches.has('acme-3')).toBe(false);
  });

  it('gives messages of our own, at places in the text', () => {
    for (const { message, start, end } of errors) {
      expect(message).toMatch(/^[A-Z0-9`].*[.?]$/);
      expect(message).not.toMatch(/Expecting|token|--->|Redundant/);
      expect(start >= 0 && start <= end && end <= source.length).toBe(true);
    }
  });
});
