import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedTokens } from '../../../../server/src/lsp/completion/grammar.ts';
import { parse } from '../../../../server/src/syntax/parse.ts';
import { lexer, VOCABULARY } from '../../../../server/src/syntax/tokens.ts';

const SOURCES = [
  'product p "P" { vendor "V" each a in keys "HKLM\\A\\*", "HKLM\\B\\*" view both where a.name matches /^x(?<y>.)/ ' +
    'let v = file "C:\\${y}.exe" version else "1" when not (1) one per v }',
  'bulletin B { severity low cve CVE-2020-1234, CVE-2020-12345 patch P fixes p >= 1.0 < 2.0, windows { note "n" } }',
  'patch Q { supersedes P before 2020-01-01, B missing when all x in services { any { x.start is one of "a", "b" } } }',
  'check c(a, b) { file "${a}" version reaches { 1.0 from 1.0.1 2.0 otherwise true } if present and product p < 2 }',
];

describe('what the grammar expects', () => {
  it('holds every token that really follows in a text that parses', () => {
    for (const source of SOURCES.map((text) => text.replace('not (1)', 'not y = "1"'))) {
      expect(parse(source).errors).toEqual([]);
      const { tokens } = lexer.tokenize(source);
      for (const [index, token] of tokens.entries()) {
        const types = expectedTokens(tokens.slice(0, index)).map(({ type }) => type);
        const categories = [token.tokenType, ...(token.tokenType.CATEGORIES ?? [])];
        expect(
          types.some((type) => categories.includes(type)),
          `${token.image} in ${source}`,
        ).toBe(true);
      }
    }
  });

  it('has an answer after any tokens whatever', () => {
    const usable = VOCABULARY.map((type) => type.PATTERN).filter((pattern) => typeof pattern === 'string');
    const anything = fc.array(fc.constantFrom(...usable, 'word', '"text"', '1.2', '/x/'), { maxLength: 60 });
    fc.assert(
      fc.property(anything, (words) => {
        const { tokens } = lexer.tokenize(words.join(' '));
        expect(Array.isArray(expectedTokens(tokens))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
