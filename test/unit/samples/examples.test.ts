import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lint } from '../../../server/src/lint/lint.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import { definitionsOf } from '../../../server/src/model/symbols.ts';
import { RESERVED_WORDS } from '../../../server/src/syntax/tokens.ts';
import {
  ELEMENT_MEMBERS,
  FILE_PROPERTIES,
  SERVICE_PROPERTIES,
  WINDOWS_MEMBERS,
} from '../../../server/src/model/vocabulary.ts';
import { WINDOWS_FAMILIES } from '../../../server/src/model/windows-names.ts';
import { CONTENT, SAMPLES, XML_SAMPLES } from './sample-files.ts';

describe('the samples', () => {
  const linked = linkContent(CONTENT);

  it('have no finding at all', () => {
    expect(lint(linked)).toEqual([]);
  });

  it('have at least six products and twelve patches, with one chain for each Windows', () => {
    const { products, patches, supersedence } = linked.content;
    expect(products.size).toBeGreaterThanOrEqual(6);
    expect(patches.size).toBeGreaterThanOrEqual(12);
    const edges = supersedence.map(({ newer, older }) => `${newer} > ${older}`);
    expect(edges).toEqual(
      expect.arrayContaining([
        'SZ-2024-07 > SZ-2023-01',
        'SZ-2023-01 > SZ-2018-05',
        'KB5033372 > KB5032189',
        'KB5032189 > KB5031356',
        'KB5032196 > KB5031361',
        'KB5051987 > KB5050009',
      ]),
    );
  });

  it('show both kinds of file, each referring to the other', () => {
    const { symbols } = linked;
    const inXml = (file: string): boolean => XML_SAMPLES.some((one) => one.file === file);
    const across = symbols.references.filter(
      (use) =>
        use.kind !== 'local' && definitionsOf(symbols, use).some(({ at }) => inXml(at.file) !== inXml(use.at.file)),
    );
    expect(new Set(across.map(({ at }) => inXml(at.file)))).toEqual(new Set([true, false]));
  });

  it('explain themselves: every product has documentation or a title, every file a comment', () => {
    for (const { text } of SAMPLES) expect(text).toMatch(/^# /);
    for (const { title } of linked.content.products.values()) expect(title).toBeTruthy();
  });
});

describe('the language reference', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/language.md'), 'utf8');
  const scripts = [...page.matchAll(/```detect\n([\s\S]*?)```/g)].map((match, i) => ({
    file: `${i}.detect`,
    text: match[1] ?? '',
  }));

  it('shows scripts that are content without an error or warning', () => {
    expect(scripts.length).toBeGreaterThan(3);
    const found = lint(linkContent(scripts)).filter(({ severity }) => severity === 'error' || severity === 'warning');
    // The test's patch and product stand in another example of the page.
    expect(found).toEqual([]);
  });

  it('names every reserved word, property, member and Windows', () => {
    const words = [
      ...RESERVED_WORDS,
      ...FILE_PROPERTIES,
      ...SERVICE_PROPERTIES,
      ...Object.values(ELEMENT_MEMBERS).flat(),
      ...Object.keys(WINDOWS_MEMBERS),
      ...WINDOWS_FAMILIES.map(({ id }) => id),
    ];
    expect(words.filter((word) => !page.includes(word))).toEqual([]);
  });
});
