import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { lint } from '../../../server/src/lint/lint.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import { scriptToXml } from '../../../server/src/convert/script.ts';
import { generateWorkspace } from '../../bench/generated.ts';

interface Text {
  readonly file: string;
  readonly text: string;
}

/** Code, severity and how often, of what is found. */
function counted(files: readonly Text[]): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const { severity, code } of lint(linkContent(files), { today: '2026-06-01' })) {
    const key = `${severity} ${code}`;
    found[key] = (found[key] ?? 0) + 1;
  }
  return found;
}

const SAMPLES = path.join(import.meta.dirname, '../../../samples');
const samples = readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(?:detect|patches\.xml)$/.test(name))
  .map((file) => ({ file, text: readFileSync(path.join(SAMPLES, file), 'utf8') }));
const generated = generateWorkspace(400).map(({ name, text }) => ({ file: name, text }));

const inXml = (files: readonly Text[]): readonly Text[] =>
  files.map(({ file, text }) =>
    file.endsWith('.detect')
      ? { file: file.replace(/\.detect$/, '.patches.xml'), text: scriptToXml(file, text).text }
      : { file, text },
  );

it('nothing is found in the samples, as scripts and in XML', () => {
  expect(samples.length).toBeGreaterThan(5);
  expect(counted(samples)).toEqual({});
  expect(Object.keys(counted(inXml(samples))).filter((key) => key.startsWith('error'))).toEqual([]);
});

it('no error is found in hundreds of files of the generated workspace, and one hint', { timeout: 60_000 }, () => {
  expect(generated).toHaveLength(400);
  expect(counted(generated)).toEqual({ 'hint default-view': 1 });
  expect(counted(inXml(generated.slice(0, 60)))).toEqual({ 'hint default-view': 1 });
});
