/**
 * Declaration boundaries, found in the tokens before anything is parsed, so that one broken declaration never touches
 * another. Where braces balance, a declaration begins at depth 0; where they do not, a declaration word in the first
 * column begins one.
 */
import type { IToken } from 'chevrotain';
import { Close, K, Open } from './tokens.ts';

const DECLARATIONS = new Set([K.product, K.bulletin, K.patch, K.check, K.test].map((type) => type.tokenTypeIdx));

/** Whether the token is one of the words that begin a declaration. */
export const beginsDeclaration = (token: IToken | undefined): boolean =>
  token !== undefined && DECLARATIONS.has(token.tokenTypeIdx);

/** How many `{` are open at the end, or -1 as soon as a `}` closes nothing. */
export function openBraces(tokens: readonly IToken[]): number {
  let depth = 0;
  for (const token of tokens) {
    if (token.tokenType === Open) depth++;
    else if (token.tokenType === Close && --depth < 0) return -1;
  }
  return depth;
}

function inFirstColumn(token: IToken, text: string): boolean {
  const before = text.charCodeAt(token.startOffset - 1);
  return token.startOffset === 0 || before === 10 || before === 13 || before === 0xfeff;
}

/** Cuts a file's tokens into declarations; what stands between two of them makes a chunk of its own. */
export function chunks(tokens: readonly IToken[], text: string): IToken[][] {
  const balanced = openBraces(tokens) === 0;
  const found: IToken[][] = [];
  let chunk: IToken[] = [];
  let depth = 0;
  let closed = false;
  for (const token of tokens) {
    const declares = beginsDeclaration(token) && (balanced ? depth === 0 : inFirstColumn(token, text));
    if ((declares || (balanced && closed)) && chunk.length > 0) {
      found.push(chunk);
      chunk = [];
      depth = 0;
    }
    chunk.push(token);
    closed = false;
    if (token.tokenType === Open) depth++;
    else if (token.tokenType === Close && --depth === 0) closed = true;
  }
  if (chunk.length > 0) found.push(chunk);
  return found;
}

/** The index of the `}` that closes the first `{`, or -1. */
export function firstBlockEnd(tokens: readonly IToken[]): number {
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.tokenType === Open) depth++;
    else if (token.tokenType === Close && --depth === 0) return index;
    else if (depth < 0) return -1;
  }
  return -1;
}
