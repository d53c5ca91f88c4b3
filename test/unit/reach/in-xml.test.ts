/** The measure of reach holds for patch definitions as well: whatever a script of it says, its XML says and means the same. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { lint } from '../../../server/src/lint/lint.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import { format } from '../../../server/src/syntax/printer.ts';
import { asXml, meaning } from '../patchxml/as-xml.ts';

const REACH = path.join(import.meta.dirname, '../../reach');
const SCRIPTS = ['content', 'drawn'].flatMap((folder) =>
  readdirSync(path.join(REACH, folder)).map((name) => ({
    file: `${folder}/${name}`,
    text: readFileSync(path.join(REACH, folder, name), 'utf8'),
  })),
);

describe('every script of the measure of reach', () => {
  it('means the same in XML', () => {
    expect(SCRIPTS.length).toBeGreaterThan(150);
    for (const { file, text } of SCRIPTS) {
      const xml = linkContent([{ file: 'a.patches.xml', text: asXml(text) }]);
      expect(
        xml.findings.filter(({ severity }) => severity === 'error').map(({ message }) => message),
        file,
      ).toEqual([]);
      expect(meaning(xml.content), file).toEqual(meaning(linkContent([{ file: 'a.detect', text }]).content));
    }
  });

  it('is formatted, and has no error or warning', () => {
    for (const { file, text } of SCRIPTS) {
      expect(format(text), file).toBe(text);
      const found = lint(linkContent([{ file, text }])).filter(
        ({ severity }) => severity === 'error' || severity === 'warning',
      );
      expect(
        found.map(({ code, message }) => `${code}: ${message}`),
        file,
      ).toEqual([]);
    }
  });
});
