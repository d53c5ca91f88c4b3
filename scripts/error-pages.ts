/** Writes docs/errors: one page for each row of the error table, and their index. A test holds pages and table equal. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ERROR_TABLE, type ErrorRow } from '../server/src/scan/error-table.ts';
import type { ErrorCode } from '../server/src/scan/errors.ts';
import { PROVOKED } from './error-provoked.ts';
import { rawCausesOf } from '../server/src/scan/error-causes.ts';

const STEP_NAMES = ['', 'resolve', 'share', 'registry', 'operating system', 'detect', 'status', 'deliver'];
const SOURCES: Readonly<Record<ErrorRow['source'], string>> = {
  published: 'published material on the product that these codes follow',
  recalled: 'what practitioners recall of the product that these codes follow',
  patchlab: 'Patchlab: this code is its own',
};

const SCRIPTED =
  '\nNo server of the lab fails so when asked to: a scripted server of the tests does (`test/lab/liar`), and says no more than its code.\n';

/** One page, as Markdown. */
export function errorPage(row: ErrorRow & { readonly code: ErrorCode }): string {
  const raw = rawCausesOf(row.code);
  const causes =
    raw.length === 0 ? '' : `\n## Raw codes that lead here\n${raw.map((name) => `- \`${name}\``).join('\n')}\n`;
  return `# ${row.code}: ${row.meaning}

Step ${row.step}, ${STEP_NAMES[row.step]}.

## Cause
${row.cause}
${causes}
## Remedy
${row.remedy.replaceAll('{host}', 'HOST').replaceAll('{port}', '445')}

## See it without Patchlab
\`\`\`
${row.validate.replaceAll('{host}', 'HOST').replaceAll('{port}', '445')}
\`\`\`

Source: ${SOURCES[row.source]}. Confidence: ${row.confidence}.
${PROVOKED[row.code].by === 'scripted server' ? SCRIPTED : ''}`;
}

/** The index of all pages. */
export function errorIndex(): string {
  const rows = ERROR_TABLE.map((row) => `| [${row.code}](${row.code}.md) | ${row.step} | ${row.meaning} |`);
  const provoked = ERROR_TABLE.map(({ code }) => {
    const { file, test, by } = PROVOKED[code];
    return `| [${code}](${code}.md) | ${by} | [${file}](../../${file}): "${test}" |`;
  });
  return `# Errors of a scan

Every failed step has one code, the raw cause beneath it, a remedy, and a way to see the same without Patchlab.
Codes 200 to 553 follow the families of an established patch scanner; codes with \`PL\` are Patchlab's own.
These pages are written by \`scripts/error-pages.ts\` from \`server/src/scan/error-table.ts\`.

| code | step | meaning |
|---|---|---|
${rows.join('\n')}

## Where each is provoked

A code that nothing provokes is no row of the table. Each test asserts the code, the raw cause beneath it and, for machines, the remedy and the time; where no server of the lab fails so, a scripted server of ours does.

| code | fails | test |
|---|---|---|
${provoked.join('\n')}
`;
}

/** Every page by its file name. */
export function allPages(): ReadonlyMap<string, string> {
  const pages = ERROR_TABLE.map((row): [string, string] => [`${row.code}.md`, errorPage(row)]);
  return new Map([['README.md', errorIndex()], ...pages]);
}

if (import.meta.main) {
  const folder = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), 'docs', 'errors');
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) rmSync(path.join(folder, name));
  for (const [name, text] of allPages()) writeFileSync(path.join(folder, name), text);
}
