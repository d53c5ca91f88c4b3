/** What the printer moves: the tokens and comments of a text in their order, and the blanks between them. */
import type { IToken } from 'chevrotain';
import { lexer } from '../tokens.ts';

/** A token, or a comment without the blanks at its end. */
export interface Item {
  readonly image: string;
  readonly start: number;
  readonly end: number;
  /** The token's name; `Comment` for a comment. */
  readonly type: string;
  /** Line ends between the item before and this one. */
  readonly lines: number;
  /** `Comment` alone: a token stands before it on its line. */
  readonly trailing: boolean;
  /** The item before stands on the same line, and an `# allow` counts for that line: it must stay so. */
  readonly tied: boolean;
  /** The item before stands on another line, and an `# allow` counts for one of the two: it must stay so. */
  readonly apart: boolean;
}

const LINE_END = /\r\n|\n|\r/g;

/** All items of a text. */
function itemsOf(text: string): readonly Item[] {
  const { tokens, groups } = lexer.tokenize(text);
  const all = inOrder(tokens, groups['comments'] ?? []);
  const lines = linesOf(text, all);
  const held = heldLines(all, lines);
  return all.map((token, index): Item => {
    const image = imageOf(token);
    const line = lines[index] ?? 0;
    const before = index === 0 ? undefined : lines[index - 1];
    const comment = token.tokenType.name === 'Comment';
    const same = before === line;
    return {
      image,
      start: token.startOffset,
      end: token.startOffset + image.length,
      type: token.tokenType.name,
      lines: line - (before ?? 0),
      trailing: comment && same,
      tied: same && held.has(line),
      apart: before !== undefined && !same && (held.has(line) || held.has(before)),
    };
  });
}

const imageOf = (token: IToken): string => (token.tokenType.name === 'Comment' ? token.image.trimEnd() : token.image);

function inOrder(tokens: readonly IToken[], comments: readonly IToken[]): readonly IToken[] {
  if (comments.length === 0) return tokens;
  return [...tokens, ...comments].sort((a, b) => a.startOffset - b.startOffset);
}

/** The line of each item, from 0. No item spans two. */
function linesOf(text: string, items: readonly IToken[]): readonly number[] {
  const ends = [...text.matchAll(LINE_END)].map((match) => match.index);
  let line = 0;
  return items.map(({ startOffset }) => {
    while ((ends[line] ?? Infinity) < startOffset) line++;
    return line;
  });
}

/** Lines that an `# allow` counts for: its own, or, where it stands alone, the next. What stands on them must stay there. */
function heldLines(items: readonly IToken[], lines: readonly number[]): ReadonlySet<number> {
  const held = new Set<number>();
  for (const [index, { image, tokenType }] of items.entries()) {
    if (tokenType.name !== 'Comment' || !/^#\s*allow\b/.test(image)) continue;
    const line = lines[index] ?? 0;
    held.add(lines[index - 1] === line ? line : line + 1);
  }
  return held;
}

/** A text's items, and ways to find them. */
export interface Source {
  readonly items: readonly Item[];
  /** The index of the item that begins at an offset, or of the first one behind it. */
  readonly indexOf: (offset: number) => number;
  /** The token before the one that begins at an offset. */
  readonly before: (offset: number) => Item | undefined;
  /** An empty line stands somewhere between the token that begins at an offset and the token before it. */
  readonly blankLineBefore: (offset: number) => boolean;
}

/** Takes a text apart. */
export function sourceOf(text: string): Source {
  const items = itemsOf(text);
  const indexOf = (offset: number): number => {
    let low = 0;
    let high = items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((items[middle]?.start ?? offset) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const before = (offset: number): Item | undefined => {
    let index = indexOf(offset) - 1;
    while (items[index]?.type === 'Comment') index--;
    return items[index];
  };
  const blankLineBefore = (offset: number): boolean => {
    for (let index = indexOf(offset); ; index--) {
      if ((items[index]?.lines ?? 0) > 1) return true;
      if (items[index - 1]?.type !== 'Comment') return false;
    }
  };
  return { items, indexOf, before, blankLineBefore };
}
