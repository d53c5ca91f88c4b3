/**
 * Declaration boundaries, found in the tokens before anything is parsed, so that one broken declaration never touches
 * another. Where braces match, a declaration begins at depth 0; where they do not, each stretch is taken for one.
 */
import type { IToken } from 'chevrotain';
import { Close, K, Open } from './tokens.ts';

const DECLARATIONS = new Set([K.product, K.bulletin, K.patch, K.check, K.test].map((type) => type.tokenTypeIdx));

/** Whether the token is one of the words that begin a declaration. */
export const beginsDeclaration = (token: IToken | undefined): boolean =>
  token !== undefined && DECLARATIONS.has(token.tokenTypeIdx);

/** What tokens do to the depth of braces. */
export interface Braces {
  /** How much deeper it is at the end; less than 0 where more are closed than opened. */
  readonly open: number;
  /** The lowest depth on the way, from 0 at the begin. */
  readonly lowest: number;
  /** Something stands behind the first declaration, at its depth. */
  readonly goesOn: boolean;
}

export function bracesOf(tokens: readonly IToken[]): Braces {
  let open = 0;
  let lowest = 0;
  let goesOn = false;
  let closed = false;
  for (const [index, token] of tokens.entries()) {
    goesOn ||= closed || (open === 0 && index > 0 && beginsDeclaration(token));
    closed = false;
    if (token.tokenType === Open) open++;
    else if (token.tokenType === Close) {
      closed = --open === 0;
      if (open < lowest) lowest = open;
    }
  }
  return { open, lowest, goesOn };
}

/** How many `{` are open at the end, or -1 where a `}` closes nothing. */
export function openBraces(tokens: readonly IToken[]): number {
  const { open, lowest } = bracesOf(tokens);
  return lowest < 0 ? -1 : open;
}

/** Cuts tokens whose braces match into declarations; what stands between two of them makes a chunk of its own. */
export function chunks(tokens: readonly IToken[]): IToken[][] {
  const found: IToken[][] = [];
  let chunk: IToken[] = [];
  let depth = 0;
  let closed = false;
  for (const token of tokens) {
    if ((closed || (depth === 0 && beginsDeclaration(token))) && chunk.length > 0) {
      found.push(chunk);
      chunk = [];
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
