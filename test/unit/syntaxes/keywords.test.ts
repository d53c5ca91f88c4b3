import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  COLLECTIONS,
  FILE_PROPERTIES,
  FOLDER_PROPERTIES,
  PATCH_METADATA,
  PRODUCT_METADATA,
  SERVICE_PROPERTIES,
} from '../../../server/src/model/vocabulary.ts';
import { RESERVED_WORDS } from '../../../server/src/syntax/tokens.ts';
import { scopeOf } from './tokenize.ts';

const KEYWORD_SCOPES =
  /^(keyword\.(declaration|other\.clause|control|operator\.wordlike)|storage\.type\.thing|constant\.language)$/;

interface Rule {
  readonly match?: string;
  readonly name?: string;
}
const GRAMMAR = JSON.parse(
  readFileSync(new URL('../../../syntaxes/detect.tmLanguage.json', import.meta.url), 'utf8'),
) as { repository: { words: { patterns: readonly Rule[] } } };

describe('the words of the grammar and of the lexer', () => {
  it('are the same reserved words', () => {
    const highlighted = GRAMMAR.repository.words.patterns.flatMap(
      ({ match = '' }) => /\(\?:([a-z|]+)\)/.exec(match)?.[1]?.split('|') ?? [],
    );
    expect(highlighted.toSorted()).toEqual([...RESERVED_WORDS].sort());
  });

  it.each(RESERVED_WORDS)('%s is highlighted as a keyword', (word) => {
    expect(scopeOf(`( ${word} )`, word)).toMatch(KEYWORD_SCOPES);
  });

  it.each([...new Set([...PRODUCT_METADATA, ...PATCH_METADATA])])('%s is highlighted as metadata', (word) => {
    expect(scopeOf(`  ${word} "x"`, word)).toBe('support.type.property-name');
  });

  it.each(COLLECTIONS)('%s is highlighted as a collection', (word) => {
    expect(scopeOf(`each x in ${word}`, word)).toBe('support.class.collection');
  });

  it.each([...new Set<string>([...FILE_PROPERTIES, ...FOLDER_PROPERTIES, ...SERVICE_PROPERTIES])])(
    '%s is highlighted as a property of what stands before it',
    (word) => {
      expect(scopeOf(`let x = file "a" ${word}`, word)).toBe('support.variable.property');
    },
  );
});
