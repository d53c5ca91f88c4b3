import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lint } from '../../../server/src/lint/lint.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import { PATCH_METADATA, PRODUCT_METADATA } from '../../../server/src/model/vocabulary.ts';
import { TYPES } from '../../../server/src/patchxml/schema.ts';
import { scanXml } from '../../../server/src/patchxml/scan.ts';
import { xsd } from '../../../server/src/patchxml/xsd.ts';
import { reference } from './reference.ts';

const DOCS = join(import.meta.dirname, '../../../docs');
const page = readFileSync(join(DOCS, 'xml.md'), 'utf8');

describe('the schema of patch definitions', () => {
  it('has only children that it knows, no two of one tag', () => {
    for (const { children } of Object.values(TYPES)) {
      const tags = children.map((child) => TYPES[child]?.tag ?? `no type ${child}`);
      expect(tags.filter((tag) => tag.startsWith('no type'))).toEqual([]);
      expect(new Set(tags).size).toBe(tags.length);
    }
  });

  it('is docs/schemas/patches.xsd', async () => {
    const text = xsd({ product: PRODUCT_METADATA, patch: PATCH_METADATA });
    expect(scanXml(text).findings).toEqual([]);
    await expect(text).toMatchFileSnapshot(join(DOCS, 'schemas/patches.xsd'));
  });

  it('is the reference in docs/xml.md', () => {
    expect(page).toContain(reference());
  });
});

describe('docs/xml.md', () => {
  it('shows definitions in which nothing is wrong', () => {
    const texts = [...page.matchAll(/```xml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
    expect(texts.length).toBeGreaterThan(5);
    const script =
      'product sevenzip "7-Zip" { let location = "%ProgramFiles%\\7-Zip" let version = file "${location}\\7z.exe" version }';
    const files = texts.map((text, index) => ({
      file: `${index}.patches.xml`,
      text: text.includes('<patches') ? text : `<patches>${text}</patches>`,
    }));
    const findings = files.flatMap((file) => lint(linkContent([{ file: 's.detect', text: script }, file])));
    expect(findings.filter(({ severity }) => severity === 'error' || severity === 'warning')).toEqual([]);
  });
});
