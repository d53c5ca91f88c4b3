/**
 * Mistyped words of the language: a word near an error is taken for each word of the language that it is nearly, and what the
 * text says then is read. Only one with which there is less wrong is proposed.
 */
import type { IToken } from 'chevrotain';
import { distance } from './suggest.ts';
import * as T from './tokens.ts';

/** A word that was meant in place of the one that is there. */
export interface Repair {
  readonly start: number;
  readonly end: number;
  /** What is there. */
  readonly found: string;
  readonly word: string;
  /** With it all is right from there on, and no other word as near would do. */
  readonly isSure: boolean;
}

/** How a text is read with other tokens: where its errors begin, in their order. */
export type Read = (tokens: IToken[]) => readonly number[];

/** Words that are mistyped as one. */
const PAIRS = [
  ...['starts with', 'ends with', 'one per', 'one of', 'superseded by', 'installed when', 'missing when'],
  ...['missing always', 'if present', 'older than', 'newer than', 'warn when'],
];
const CANDIDATES: readonly string[] = [...T.RESERVED_WORDS, ...PAIRS];

/** Texts of more tokens are read too slowly to be read again and again. */
const MOST_TOKENS = 4000;
/** So many tokens are read again at most, over all errors of a text. */
const MOST_READ = 24_000;
/** Words before an error of which each may be the one that is wrong. */
const BEFORE = 4;

/** Looks for mistyped words in one text. */
export class Repairs {
  readonly #tokens: readonly IToken[];
  readonly #read: Read;
  #left = MOST_READ;

  constructor(tokens: readonly IToken[], read: Read) {
    this.#tokens = tokens;
    this.#read = read;
    if (tokens.length > MOST_TOKENS) this.#left = 0;
  }

  /** For an error at an offset, one of those that begin at `errors`. */
  forError(offset: number, errors: readonly number[]): Repair | undefined {
    const at = this.#tokens.findLastIndex((token) => token.startOffset <= offset);
    const earlier = errors.filter((one) => one < offset).length;
    // What is left must begin no sooner than the errors before this one did.
    const isBetter = (now: readonly number[]): boolean =>
      now.length < errors.length && now.filter((one) => one <= offset).length <= earlier;
    // An error at the end of a line may be about the word that begins the next.
    const suspects = this.#tokens.slice(Math.max(0, at - BEFORE), at + 2).reverse();
    let best: Repair | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const [back, token] of suspects.entries()) {
      const mayBe = back < 3 ? isWord(token) : token.tokenType === T.Word;
      if (!mayBe) continue;
      const found = this.#wordFor(token, { isBetter, below: least });
      if (found === undefined) continue;
      least = found.edits;
      best = found.repair;
    }
    return best;
  }

  /** For a word that is no error by itself: one of the language with which no more is wrong than is now. */
  forWord(offset: number, errors: readonly number[]): { readonly repair: Repair; readonly edits: number } | undefined {
    const token = this.#tokens.find((one) => one.startOffset === offset);
    if (token?.tokenType !== T.Word) return undefined;
    return this.#wordFor(token, { isBetter: (now) => now.length <= errors.length, below: Number.POSITIVE_INFINITY });
  }

  /** The nearest word that does, of those nearer than `below`. */
  #wordFor(
    token: IToken,
    { isBetter, below }: { readonly isBetter: (now: readonly number[]) => boolean; readonly below: number },
  ): { readonly repair: Repair; readonly edits: number } | undefined {
    const { image, startOffset } = token;
    let first: { readonly word: string; readonly edits: number } | undefined;
    let isSure = true;
    for (const near of nearWords(image)) {
      if (near.edits >= below || (first !== undefined && near.edits > first.edits)) break;
      this.#left -= this.#tokens.length;
      if (this.#left < 0) break;
      const tokens = this.#tokens.flatMap((one) => (one === token ? tokensFor(near.word, token) : [one]));
      const now = this.#read(tokens);
      if (!isBetter(now)) continue;
      isSure &&= first === undefined && now.every((one) => one < startOffset);
      first ??= near;
    }
    if (first === undefined) return undefined;
    const repair = { start: startOffset, end: startOffset + image.length, found: image, word: first.word, isSure };
    return { repair, edits: first.edits };
  }
}

const isWord = ({ tokenType }: IToken): boolean =>
  tokenType === T.Word || (tokenType !== T.OpenText && tokenType.name.endsWith('Keyword'));

/** Words of the language that `image` may be a slip of, the nearest first. */
function nearWords(image: string): readonly { readonly word: string; readonly edits: number }[] {
  const limit = image.length <= 3 ? 1 : image.length <= 8 ? 2 : 3;
  const lower = image.toLowerCase();
  return CANDIDATES.flatMap((word) => {
    const edits = word === image ? limit + 1 : distance(lower, word, limit);
    return edits > limit || edits >= word.length ? [] : [{ word, edits }];
  }).sort((a, b) => a.edits - b.edits || (a.word < b.word ? -1 : 1));
}

/** The words as tokens in the place of one. */
function tokensFor(words: string, at: IToken): readonly IToken[] {
  return words.split(' ').map((word) => {
    const type = T.K[word as T.ReservedWord];
    return { ...at, image: word, tokenType: type, tokenTypeIdx: type.tokenTypeIdx ?? 0 };
  });
}
