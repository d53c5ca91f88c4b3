/**
 * Each diagnostic as an author meets it: where it stands, what it says and what its fix makes of it, in `goldens/`.
 * `npx vitest run --project unit test/unit/lint/goldens.test.ts -u` writes them anew.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromCatalogue2001, isCatalogue } from '../../../server/src/convert/catalogue-2001/index.ts';
import { DIAGNOSTICS } from '../../../server/src/lint/catalogue.ts';
import { lint } from '../../../server/src/lint/lint.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import type { Finding } from '../../../server/src/model/source.ts';
import { casesOf, CODES, SCRIPT_ONLY, type GoldenCase } from './golden-cases.ts';

const GOLDENS = path.join(import.meta.dirname, 'goldens');

function findingsIn(file: string, text: string): readonly Finding[] {
  if (isCatalogue(text)) return fromCatalogue2001(file, text).findings;
  return lint(linkContent([{ file, text }]), { today: '2026-06-01' });
}

const codesIn = (file: string, text: string): readonly string[] => findingsIn(file, text).map(({ code }) => code);

const applied = (text: string, { at, text: put }: NonNullable<Finding['fix']>): string =>
  text.slice(0, at.start) + put + text.slice(at.end);

/** Line and column from 1 on, as the command line has them. */
function place(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  return `${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
}

/** What a golden shows of one case. */
function shown({ name, file, bad }: GoldenCase, code: string): string {
  const found = findingsIn(file, bad)
    .filter((one) => one.code === code)
    .map(({ severity, message, at, related = [], fix }) =>
      [
        `${place(bad, at.start)}-${place(bad, at.end)} ${severity} ${JSON.stringify(short(bad.slice(at.start, at.end)))}`,
        `  ${message}`,
        ...related.map((one) => `  see ${place(bad, one.at.start)}: ${one.message}`),
        ...(fix === undefined ? [] : [`  fix: ${fix.title}`, ...changed(bad, applied(bad, fix))]),
      ].join('\n'),
    );
  return [`## ${name} (${file})`, ...found].join('\n');
}

const short = (text: string): string => (text.length > 90 ? `${text.slice(0, 90)}…` : text);

/** The lines that a fix makes. */
function changed(before: string, after: string): readonly string[] {
  const known = new Set(before.split('\n'));
  return after
    .split('\n')
    .filter((line) => !known.has(line))
    .map((line) => `  + ${line}`);
}

describe.each(CODES)('%s', (code) => {
  const cases = casesOf(code);

  it.each(cases.map((one) => [one.name, one] as const))('is found in the bad of %s, and not in the good', (_, one) => {
    expect(codesIn(one.file, one.bad)).toContain(code);
    const good = codesIn(one.file, one.good);
    expect(good).not.toContain(code);
    expect(good.filter((other) => DIAGNOSTICS[other]?.severity === 'error')).toEqual([]);
  });

  it('is as in its golden', async () => {
    const text = cases.map((one) => shown(one, code)).join('\n\n');
    await expect(`${text}\n`).toMatchFileSnapshot(path.join(GOLDENS, `${code}.golden`));
  });

  it('is gone by its fix where it has one, and nothing else comes in its place', () => {
    for (const { file, bad } of cases) {
      const before = codesIn(file, bad);
      for (const { fix } of findingsIn(file, bad).filter((one) => one.code === code)) {
        if (fix === undefined) continue;
        const after = codesIn(file, applied(bad, fix));
        expect(after.filter((one) => one === code).length, fix.title).toBeLessThan(
          before.filter((one) => one === code).length,
        );
        expect(after.filter((one) => !before.includes(one))).toEqual([]);
      }
    }
  });
});

it('every diagnostic has its golden, and every golden a diagnostic', () => {
  const files = readdirSync(GOLDENS).map((name) => name.replace(/\.golden$/, ''));
  expect(files.toSorted()).toEqual([...CODES].sort());
});

it('every diagnostic of scripts has a case in XML, or is said to have no place there', () => {
  const scripts = CODES.filter((code) => !code.startsWith('xml-') && !code.startsWith('catalogue-'));
  const without = scripts.filter((code) => !casesOf(code).some(({ file }) => file.endsWith('.patches.xml')));
  expect(without.toSorted()).toEqual(Object.keys(SCRIPT_ONLY).sort());
});

it.each(Object.entries(SCRIPT_ONLY).filter(([, other]) => other !== 'nothing'))(
  '%s, of which XML knows nothing, is %s there',
  (_, other) => {
    expect(CODES).toContain(other);
    expect(casesOf(other).some(({ file, bad }) => codesIn(file, bad).includes(other))).toBe(true);
  },
);
