import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromCatalogue2001, isCatalogue } from '../../../server/src/convert/catalogue-2001/index.ts';
import { DIAGNOSTICS } from '../../../server/src/lint/catalogue.ts';
import { lint } from '../../../server/src/lint/lint.ts';
import { linkContent } from '../../../server/src/model/link.ts';

const FOLDER = join(import.meta.dirname, '../../../docs/diagnostics');
const pages = readdirSync(FOLDER).filter((name) => name.endsWith('.md') && name !== 'README.md');
const page = (code: string): string => readFileSync(join(FOLDER, `${code}.md`), 'utf8');

/** The script or patch definition below a heading of a page. */
function example(text: string, heading: string): { file: string; text: string } {
  const found = new RegExp(`## ${heading}\\n[^#]*?\`\`\`(detect|xml)\\n([\\s\\S]*?)\`\`\``).exec(text);
  const shown = found?.[2] ?? '';
  // The page cannot show a text that is too large.
  const whole = shown.replace('…', '<!-- -->'.repeat(200_000));
  return { file: found?.[1] === 'xml' ? 'page.patches.xml' : 'page.detect', text: whole };
}
const codesOf = (file: { file: string; text: string }): readonly string[] => {
  const findings = isCatalogue(file.text)
    ? fromCatalogue2001(file.file, file.text).findings
    : lint(linkContent([file]), { today: '2026-06-01' });
  return findings.map(({ code }) => code);
};

it('every code has a page, and every page a code', () => {
  expect(pages.map((name) => name.replace('.md', '')).sort()).toEqual(Object.keys(DIAGNOSTICS).sort());
});

it('the index lists every code with its summary', () => {
  const index = readFileSync(join(FOLDER, 'README.md'), 'utf8');
  for (const [code, { severity, summary }] of Object.entries(DIAGNOSTICS)) {
    expect(index).toContain(`| [${code}](${code}.md) | ${severity} | ${summary} |`);
  }
});

describe.each(Object.entries(DIAGNOSTICS))('the page of %s', (code, { severity, summary }) => {
  it('says what it is, why it matters and what to do', () => {
    const text = page(code);
    expect(text).toContain(`# ${code}\n\n**${severity}** · ${summary}\n`);
    for (const heading of ['Why', 'Bad', 'Good', 'Fix']) expect(text).toContain(`\n## ${heading}\n`);
  });

  it('shows a script that has it, and one that has not and no error either', () => {
    expect(codesOf(example(page(code), 'Bad'))).toContain(code);
    const good = codesOf(example(page(code), 'Good'));
    expect(good).not.toContain(code);
    expect(good.filter((one) => DIAGNOSTICS[one]?.severity === 'error')).toEqual([]);
  });
});
