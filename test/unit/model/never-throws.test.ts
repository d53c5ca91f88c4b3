import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lint } from '../../../server/src/lint/lint.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import { lexer } from '../../../server/src/syntax/tokens.ts';
import { SAMPLES } from '../samples/sample-files.ts';

const all = (text: string): void => {
  for (const { at } of lint(linkContent([{ file: 'a', text }]))) {
    expect(at.start >= 0 && at.start <= at.end && at.end <= text.length + 1).toBe(true);
  }
};

describe('linking and lint', () => {
  it('never throw on a prefix of a sample', () => {
    for (const { text } of SAMPLES) for (let end = 0; end < text.length; end += 11) all(text.slice(0, end));
  });

  it('never throw on the words of the language in any order', () => {
    const words = [...new Set(SAMPLES.flatMap(({ text }) => lexer.tokenize(text).tokens.map((token) => token.image)))];
    const declaration = fc.constantFrom('product p {', 'patch q fixes p {', 'bulletin b {', 'check c {', 'test "t" {');
    const soup = fc.tuple(declaration, fc.array(fc.constantFrom(...words), { maxLength: 40 }));
    fc.assert(
      fc.property(fc.array(soup, { maxLength: 4 }), (parts) => {
        all(parts.map(([head, body]) => `${head} ${body.join(' ')} }`).join('\n'));
      }),
      { numRuns: 400 },
    );
  });

  it('never throw on a sample in which tokens are swapped', () => {
    const texts = SAMPLES.map(({ text }) => ({ text, tokens: lexer.tokenize(text).tokens }));
    fc.assert(
      fc.property(fc.nat(texts.length - 1), fc.nat(), fc.nat(), (which, i, j) => {
        const { text, tokens } = texts[which] ?? { text: '', tokens: [] };
        const [a, b] = [tokens[i % tokens.length], tokens[j % tokens.length]].sort(
          (x, y) => (x?.startOffset ?? 0) - (y?.startOffset ?? 0),
        );
        if (a === undefined || b === undefined || a === b) return;
        const [endA, endB] = [a.startOffset + a.image.length, b.startOffset + b.image.length];
        all(text.slice(0, a.startOffset) + b.image + text.slice(endA, b.startOffset) + a.image + text.slice(endB));
      }),
      { numRuns: 400 },
    );
  });

  it('never throw on any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), all));
  });
});
