import { describe, expect, it } from 'vitest';
import { finished, inLine, oneOf, optional, rail, repeated, word } from '../../../../scripts/grammar/draw.ts';

describe('a railroad diagram', () => {
  it('puts parts beside each other, on one rail', () => {
    expect(finished(inLine([word('a'), oneOf([word('b'), word('cc')]), word('d')]))).toBe(
      ['├─ a ─┬─ b ──┬─ d ─┤', '      ╰─ cc ─╯'].join('\n'),
    );
  });

  it('leads around what is optional, and back over what repeats', () => {
    expect(finished(optional(word('a')))).toBe(['├─┬─────┬─┤', '  ╰─ a ─╯'].join('\n'));
    expect(finished(repeated(word('item'), word('","')))).toBe(['├──┬ item ┬──┤', '   ╰ "," ─╯'].join('\n'));
  });

  it('leads rails past parts of several lines', () => {
    expect(finished(oneOf([oneOf([word('a'), word('b')]), rail(3), word('c')]))).toBe(
      ['├─┬─┬─ a ─┬─┬─┤', '  │ ╰─ b ─╯ │', '  ├─────────┤', '  ╰─ c ─────╯'].join('\n'),
    );
  });
});
