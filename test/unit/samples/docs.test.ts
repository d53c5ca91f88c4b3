/** The examples in the docs: they lint clean, and those of the language's page leave no word and no rule of the grammar out. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lint } from '../../../server/src/lint/lint.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import {
  COLLECTIONS,
  CONVERSIONS,
  ELEMENT_MEMBERS,
  FILE_PROPERTIES,
  FOLDER_PROPERTIES,
  MSI_PROPERTIES,
  PATCH_METADATA,
  PRODUCT_METADATA,
  SERVICE_PROPERTIES,
  SEVERITIES,
  WINDOWS_MEMBERS,
} from '../../../server/src/model/vocabulary.ts';
import { lex } from '../../../server/src/syntax/lexical.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import { format } from '../../../server/src/syntax/printer.ts';
import { RESERVED_WORDS } from '../../../server/src/syntax/tokens.ts';

const ROOT = join(import.meta.dirname, '../../..');
const DOCS = join(ROOT, 'docs');

function examplesOf(page: string, language: string): readonly string[] {
  const text = readFileSync(page, 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    (match) => match[1] ?? '',
  );
}

const pages = [
  'README.md',
  ...readdirSync(DOCS)
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const withExamples = pages.filter(
  (page) => examplesOf(join(ROOT, page), 'detect').length + examplesOf(join(ROOT, page), 'xml').length > 0,
);

describe.each(withExamples)('the examples of %s', (page) => {
  it('are content without an error or warning', () => {
    const scripts = examplesOf(join(ROOT, page), 'detect').map((text, i) => ({ file: `${i}.detect`, text }));
    // The front page shows a part of the samples, whose older patches stand beside it.
    const elsewhere = page === 'README.md' ? ['unknown-superseded'] : [];
    const found = lint(linkContent(scripts)).filter(
      ({ severity, code }) => (severity === 'error' || severity === 'warning') && !elsewhere.includes(code),
    );
    expect(found.map(({ code, message, at }) => `${at.file} ${code}: ${message}`)).toEqual([]);
  });
});

describe('the examples of the language reference', () => {
  const examples = examplesOf(join(DOCS, 'language.md'), 'detect');
  const images = new Set(examples.flatMap((text) => lex(text).tokens.map(({ image }) => image)));
  // A name may stand within a text, too.
  const inserted = examples.flatMap((text) => [...text.matchAll(/\$\{([\w.-]+)\}/g)].map((match) => match[1] ?? ''));
  const parts = new Set([...images, ...inserted].flatMap((image) => image.split('.')));

  it('use every reserved word', () => {
    expect(RESERVED_WORDS.filter((word) => !images.has(word))).toEqual([]);
  });

  it('use every property, conversion, collection, member and metadata word', () => {
    const words = [
      ...[...FILE_PROPERTIES, ...FOLDER_PROPERTIES, ...SERVICE_PROPERTIES, ...MSI_PROPERTIES, ...CONVERSIONS],
      ...[...COLLECTIONS, ...PRODUCT_METADATA, ...PATCH_METADATA],
    ];
    expect(words.filter((word) => !parts.has(word))).toEqual([]);
    const members = [...Object.values(ELEMENT_MEMBERS).flat(), ...Object.keys(WINDOWS_MEMBERS)];
    expect(members.filter((member) => !parts.has(member))).toEqual([]);
    expect(SEVERITIES.some((severity) => images.has(severity))).toBe(true);
  });

  it('use every kind of node that the grammar builds', () => {
    const tree = readFileSync(join(ROOT, 'server/src/syntax/tree.ts'), 'utf8');
    const kinds = [...tree.matchAll(/readonly kind: ((?:'[\w-]+'(?: \| )?)+);/g)].flatMap(([, all = '']) =>
      [...all.matchAll(/'([\w-]+)'/g)].map((match) => match[1] ?? ''),
    );
    const built = new Set<string>();
    const walk = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      if ('tokenType' in node) return;
      if ('kind' in node && typeof node.kind === 'string') built.add(node.kind);
      for (const below of Object.values(node)) walk(below);
    };
    for (const text of examples) walk(parse(text).file);
    expect(kinds.length).toBeGreaterThan(30);
    expect(kinds.filter((kind) => !built.has(kind))).toEqual([]);
  });

  it('use every operator', () => {
    const operators = ['=', '!=', '<', '<=', '>', '>='];
    expect(operators.filter((operator) => !images.has(operator))).toEqual([]);
  });

  it('are written as they are formatted', () => {
    for (const text of examples) expect(format(text)).toBe(text);
  });
});
