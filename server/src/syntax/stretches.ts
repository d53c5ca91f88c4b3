/**
 * A script in stretches that can be read one by one, so that an edit leaves all but one or two of them alone. A stretch
 * reaches from one declaration in the first column, with the comment lines right above it, to the next. No token goes beyond
 * its line, so a stretch has the same tokens by itself as within its file; only whether all braces match is for the whole.
 */
import { bracesOf, type Braces } from './chunks.ts';
import { lex, type Lexed } from './lexical.ts';

/** Some lines of a script. What is read in it follows from its text alone, and from whether it is divided. */
export interface Stretch {
  readonly text: string;
  /** It holds several declarations: they are told apart by their braces. Else all of it is one, whatever its braces. */
  readonly divided: boolean;
}

/** A script's text, cut. */
export interface Stretches {
  /** In their order; together they are the text. */
  readonly all: readonly Stretch[];
  /** What was cut before braces were looked at across them. */
  readonly pieces: readonly Piece[];
}

/** Tokens of stretches that had to be looked at to tell where they end. */
export type LexedStretches = ReadonlyMap<Stretch, Lexed>;

/** A stretch by itself: what it says of braces to those around it. */
interface Piece extends Stretch {
  readonly braces: Braces;
}

const NONE: Stretches = { all: [], pieces: [] };

/** Cuts a text. Stretches that are as they were before are the same objects. */
export function stretchesOf(
  text: string,
  before: Stretches = NONE,
): { readonly stretches: Stretches; readonly lexed: LexedStretches } {
  const lexed = new Map<Stretch, Lexed>();
  const pieces = keep(before.pieces, spansOf(text), {
    isSame: (piece, { start, end }) => piece.text.length === end - start && piece.text === text.slice(start, end),
    make: ({ start, end }) => pieceOf(ownText(text.slice(start, end), before), lexed),
  });
  const all = keep(before.all, grouped(pieces), { isSame: isGroup, make: stretchOf });
  return { stretches: { all, pieces }, lexed };
}

// ---------- where a stretch begins

/** A declaration word in the first column: behind a line's end, or at the begin of the text. */
const DECLARATION = /(?<=[\r\n]|^\ufeff?)(?:product|bulletin|patch|check|test)(?!\w|[.-]\w)/g;
const COMMENT_LINE = /^\s*#[^\r\n]*\r?\n$/;
const LINE_FEED = 10;

function spansOf(text: string): readonly { readonly start: number; readonly end: number }[] {
  const starts = [0];
  let last = 0;
  for (const { index } of text.matchAll(DECLARATION)) {
    const start = withComments(text, index, last);
    if (start > 0) starts.push(start);
    last = index;
  }
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length }));
}

/** Where the comment lines right above a line begin, not before `least`. */
function withComments(text: string, line: number, least: number): number {
  let start = line;
  while (start > least && text.charCodeAt(start - 1) === LINE_FEED) {
    const above = start < 2 ? 0 : text.lastIndexOf('\n', start - 2) + 1;
    if (above < least || !COMMENT_LINE.test(text.slice(above, start))) break;
    start = above;
  }
  return start;
}

/** A part of a text holds all of it in memory: a stretch that outlives the text that it was cut from is a text of its own. */
const ownText = (part: string, before: Stretches): string => (before === NONE ? part : `${part}\n`.slice(0, -1));

// ---------- what belongs together

function pieceOf(text: string, lexed: Map<Stretch, Lexed>): Piece {
  const found = lex(text);
  const braces = bracesOf(found.tokens);
  const divided = braces.open === 0 && braces.lowest === 0 && braces.goesOn;
  const piece = { text, divided, braces };
  lexed.set(piece, found);
  return piece;
}

/** Pieces that make one stretch. */
interface Group {
  readonly pieces: Piece[];
  readonly divided: boolean;
}

/** Where all braces of a file match, what stands between two of them stays together; else each piece is for itself. */
function grouped(pieces: readonly Piece[]): readonly Group[] {
  const groups: Group[] = [];
  let open = 0;
  let isBalanced = true;
  for (const piece of pieces) {
    if (open === 0) groups.push({ pieces: [piece], divided: piece.divided || piece.braces.open !== 0 });
    else groups.at(-1)?.pieces.push(piece);
    isBalanced &&= open + piece.braces.lowest >= 0;
    open += piece.braces.open;
  }
  return isBalanced && open === 0 ? groups : pieces.map((piece) => ({ pieces: [piece], divided: false }));
}

/** The piece that is a stretch as it is. */
function onlyOne({ pieces, divided }: Group): Piece | undefined {
  return pieces.length === 1 && pieces[0]?.divided === divided ? pieces[0] : undefined;
}

const textOf = ({ pieces }: Group): string => pieces.map(({ text }) => text).join('');

function isGroup(stretch: Stretch, group: Group): boolean {
  const only = onlyOne(group);
  if (only !== undefined) return stretch === only;
  return stretch.divided === group.divided && stretch.text === textOf(group);
}

function stretchOf(group: Group): Stretch {
  const only = onlyOne(group);
  return only ?? { text: textOf(group), divided: group.divided };
}

/** A list of which the begin and the end are kept as far as they are the same, and the rest is made. */
function keep<T, N>(
  before: readonly T[],
  now: readonly N[],
  { isSame, make }: { readonly isSame: (one: T, other: N) => boolean; readonly make: (one: N) => T },
): readonly T[] {
  const most = Math.min(before.length, now.length);
  const isSameAt = (old: number, index: number): boolean => {
    const [one, other] = [before[old], now[index]];
    return one !== undefined && other !== undefined && isSame(one, other);
  };
  let front = 0;
  while (front < most && isSameAt(front, front)) front++;
  let back = 0;
  while (back < most - front && isSameAt(before.length - 1 - back, now.length - 1 - back)) back++;
  return [
    ...before.slice(0, front),
    ...now.slice(front, now.length - back).map(make),
    ...before.slice(before.length - back),
  ];
}
