/** Where the cursor is: the tokens of the declaration before it, and what is being typed. */
import type { IToken } from 'chevrotain';
import { isTooLarge } from '../../syntax/limits.ts';
import * as T from '../../syntax/tokens.ts';

export interface Place {
  /** `code` between tokens or in a word, `text` inside quotes, `silent` in comments and regular expressions. */
  readonly kind: 'code' | 'text' | 'silent';
  /** Where the declaration begins: the tokens' offsets count from here. */
  readonly base: number;
  /** The complete tokens of this declaration before what is being typed. */
  readonly before: readonly IToken[];
  /** The tokens of this declaration behind the cursor's line or text; read when they are asked for. */
  readonly after: () => readonly IToken[];
  /** What is being typed: a part of a word, or the text from its quote on. */
  readonly typed: string;
  /** Where `typed` begins. */
  readonly start: number;
}

const DECLARATION = /^(?:product|bulletin|patch|check|test)\b/gm;
const WORD_AT_END = /(?:[A-Za-z_][\w.-]*|\d[\w.-]*)$/;

export function placeAt(text: string, offset: number): Place {
  if (isTooLarge(text)) return silent(offset);
  const from = declarationStart(text, offset);
  const slice = text.slice(from, offset);
  const after = (): readonly IToken[] => tokensBehind(text, offset);
  const { tokens, groups } = T.lexer.tokenize(slice);
  const last = tokens.at(-1);
  const comment = groups.comments?.at(-1);
  if (comment && comment.startOffset + comment.image.length === slice.length) return silent(offset);
  if (last?.tokenType === T.OpenText && last.startOffset + last.image.length === slice.length) {
    return {
      kind: 'text',
      base: from,
      before: tokens.slice(0, -1),
      after,
      typed: last.image.slice(1),
      start: from + last.startOffset + 1,
    };
  }
  const typed = WORD_AT_END.exec(slice)?.[0] ?? '';
  const start = slice.length - typed.length;
  const before = tokens.filter((token) => token.startOffset + token.image.length <= start);
  if (isInRegex(slice, before.at(-1))) return silent(offset);
  return { kind: 'code', base: from, before, after, typed, start: from + start };
}

function silent(offset: number): Place {
  return { kind: 'silent', base: offset, before: [], after: () => [], typed: '', start: offset };
}

/** Declarations begin in the first column; whatever stands before the last one has no say here. */
function declarationStart(text: string, offset: number): number {
  return [...text.slice(0, offset).matchAll(DECLARATION)].at(-1)?.index ?? 0;
}

/** From the next line on, or behind the text that the cursor is in, to where the next declaration begins. */
function tokensBehind(text: string, offset: number): readonly IToken[] {
  const from = offset + (/^[^"\r\n]*"?/.exec(text.slice(offset))?.[0].length ?? 0);
  const next = /[\r\n](?:product|bulletin|patch|check|test)\b/g;
  next.lastIndex = from;
  return T.lexer.tokenize(text.slice(from, next.exec(text)?.index)).tokens;
}

/** After a word that wants a regular expression, a slash has begun one. */
function isInRegex(slice: string, last: IToken | undefined): boolean {
  if (!last) return false;
  const wanting: readonly unknown[] = [T.K.matches, T.K.matching, T.K.replacing];
  return (
    wanting.includes(last.tokenType) &&
    slice
      .slice(last.startOffset + last.image.length)
      .trim()
      .startsWith('/')
  );
}
