/** The front door of syntax: text to tree and errors. It never throws, whatever the text. */
import type { IToken } from 'chevrotain';
import { followsOnLine, parseBulletinInPieces } from './bulletin.ts';
import { beginsDeclaration, chunks, openBraces } from './chunks.ts';
import { lex, reportLexical, type Lexed } from './lexical.ts';
import { isTooLarge, tooLarge } from './limits.ts';
import { notADeclaration } from './messages.ts';
import { Repairs, type Repair } from './repair.ts';
import { damage, runDeclaration, synthetic, tokenEnd, type Run, type SyntaxFinding } from './run.ts';
import { stretchesOf, type Stretch } from './stretches.ts';
import { closest } from './suggest.ts';
import * as T from './tokens.ts';
import type { DeclarationNode, FileNode } from './tree.ts';

export type { SyntaxFinding } from './run.ts';

/** What `parse` returns: a tree for any text, and the errors in the order of their places. */
export interface ParseResult {
  readonly file: FileNode;
  readonly errors: readonly SyntaxFinding[];
}

/** Parses a whole file. One broken declaration never touches another; a declaration with an error in it is `damaged`. */
export function parse(text: string): ParseResult {
  if (isTooLarge(text)) {
    const file: FileNode = { kind: 'file', start: 0, end: text.length, declarations: [], comments: [] };
    return { file, errors: [tooLarge(text)] };
  }
  let start = 0;
  const { stretches, lexed } = stretchesOf(text);
  const parts = stretches.all.map((stretch) => {
    const found = lexed.get(stretch) ?? lex(stretch.text);
    if (start > 0) moveBy(found, start);
    start += stretch.text.length;
    return parseLexed({ text, errors: [] }, found, stretch.divided);
  });
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const declarations = parts.flatMap(({ file }) => file.declarations);
  const comments = parts.flatMap(({ file }) => file.comments);
  const errors = parts.flatMap((part) => part.errors);
  return { file: { kind: 'file', start: 0, end: text.length, declarations, comments }, errors };
}

/** Parses one stretch of a file, whose tokens may be known; offsets count from where it begins. */
export function parseStretch({ text, divided }: Stretch, lexed: Lexed = lex(text)): ParseResult {
  return parseLexed({ text, errors: [] }, lexed, divided);
}

function moveBy({ tokens, comments, errors }: Lexed, by: number): void {
  for (const token of tokens) token.startOffset += by;
  for (const comment of comments) comment.startOffset += by;
  for (const error of errors) error.offset += by;
}

function parseLexed(run: Run, lexed: Lexed, divided: boolean): ParseResult {
  // Reading adds to the tokens what it misses.
  const tokens = run.again ? [] : [...lexed.tokens];
  const declarations: DeclarationNode[] = [];
  for (const chunk of divided ? chunks(lexed.tokens) : [lexed.tokens]) parseChunk(run, chunk, declarations);
  reportLexical(run, lexed, declarations);
  run.errors.sort((a, b) => a.start - b.start || a.end - b.end);
  const { comments } = lexed;
  const file: FileNode = { kind: 'file', start: 0, end: run.text.length, declarations, comments };
  const errors = run.again ? run.errors : explained(run, { ...lexed, tokens }, divided);
  return { file, errors };
}

/** So many errors of a text are looked at for words that were mistyped. */
const MOST_EXPLAINED = 3;

/** The errors, and of the first ones the word that was mistyped. */
function explained(run: Run, lexed: Lexed, divided: boolean): readonly SyntaxFinding[] {
  if (run.errors.length === 0) return run.errors;
  const repairs = repairsIn(run.text, lexed, divided);
  const starts = run.errors.map(({ start }) => start);
  return run.errors.map(({ hint = '', ...error }, index) => {
    const repair =
      index < MOST_EXPLAINED && error.code === 'syntax' ? repairs.forError(error.start, starts) : undefined;
    return repair === undefined ? { ...error, message: error.message + hint } : withRepair(error, repair);
  });
}

const repairsIn = (text: string, lexed: Lexed, divided: boolean): Repairs =>
  new Repairs(lexed.tokens, (tokens) => {
    const again: Run = { text, errors: [], again: true };
    return parseLexed(again, { ...lexed, tokens }, divided).errors.map(({ start }) => start);
  });

function withRepair(error: SyntaxFinding, { start, end, found, word, isSure }: Repair): SyntaxFinding {
  const isHere = start === error.start && end === error.end;
  const message = `${error.message} Did you mean \`${word}\`${isHere ? '' : ` instead of \`${found}\``}?`;
  return { ...error, message, ...(isSure && { fix: { title: `Change to \`${word}\``, text: word, start, end } }) };
}

/** Longer texts are not read once more for a word of theirs. */
const LONGEST_READ_AGAIN = 50_000;

/** The word of the language that was meant where a statement begins with another, and how many letters apart they are. */
export function wordMeant(text: string, offset: number): { readonly word: string; readonly edits: number } | undefined {
  if (text.length > LONGEST_READ_AGAIN) return undefined;
  const { stretches } = stretchesOf(text);
  const divided = stretches.all.length !== 1 || stretches.all[0]?.divided !== false;
  const lexed = lex(text);
  const tokens = [...lexed.tokens];
  const { errors } = parseLexed({ text, errors: [], again: true }, lexed, divided);
  const starts = errors.map(({ start }) => start);
  const found = repairsIn(text, { ...lexed, tokens }, divided).forWord(offset, starts);
  return found && { word: found.repair.word, edits: found.edits };
}

// ---------- one chunk

function parseChunk(run: Run, chunk: IToken[], into: DeclarationNode[]): void {
  const first = chunk[0];
  if (first === undefined) return;
  if (!beginsDeclaration(first)) return parseStray(run, first, chunk, into);
  const open = openBraces(chunk);
  if (open !== 0 && first.tokenType === T.K.bulletin) return parseBulletinInPieces(run, chunk, into);
  if (open > 0) {
    closeBlocks(run, chunk, open);
    return parseDeclaration(run, chunk, into, true);
  }
  parseDeclaration(run, chunk, into, open < 0);
}

/** Adds the `}` that a chunk lacks, and says so. */
function closeBlocks(run: Run, chunk: IToken[], open: number): void {
  const last = chunk.at(-1);
  const end = last === undefined ? 0 : tokenEnd(last);
  const message = open === 1 ? 'A `}` is missing before here.' : `${open} \`}\` are missing before here.`;
  run.errors.push({ code: 'unclosed-block', message, start: Math.max(0, end - 1), end });
  for (let i = 0; i < open; i++) chunk.push(synthetic(T.Close, '', end));
}

function parseDeclaration(run: Run, chunk: IToken[], into: DeclarationNode[], unbalanced: boolean): void {
  const first = chunk[0];
  const isPatch = first?.tokenType === T.K.patch;
  const ran = runDeclaration(run, chunk);
  if (ran.errors.length === 0 && !unbalanced) {
    if (ran.node !== undefined) into.push(ran.node);
    return;
  }
  if (first?.tokenType === T.K.bulletin) return parseBulletinInPieces(run, chunk, into);
  const rest = chunk.slice(ran.rest);
  // A patch without a body, and below it something that is no declaration: the patch itself is whole.
  if (isPatch && ran.errors.length === 1 && rest.length > 0 && !unbalanced && !followsOnLine(run, chunk, ran.rest)) {
    if (ran.node !== undefined) into.push(ran.node);
    return parseChunk(run, rest, into);
  }
  run.errors.push(...ran.errors);
  if (ran.node === undefined) return;
  damage(ran.node);
  into.push(ran.node);
}

/** Something stands where a declaration should begin: a mistyped or a forgotten word. Its name stays known. */
function parseStray(run: Run, first: IToken, chunk: IToken[], into: DeclarationNode[]): void {
  run.errors.push({ code: 'syntax', message: notADeclaration(first), start: first.startOffset, end: tokenEnd(first) });
  const second = chunk[1];
  const named = (token: IToken | undefined) => token?.tokenType === T.Word || token?.tokenType === T.Kb;
  const goesOn = (token: IToken | undefined) =>
    token !== undefined && [T.Text, T.Open, T.K.fixes].includes(token.tokenType);
  const typed = named(first) && named(second) && goesOn(chunk[2]);
  if (!typed && !(named(first) && goesOn(second)) && !chunk.some((token) => token.tokenType === T.K.patch)) return;
  const word = (typed ? closest(first.image, DECLARATION_WORDS) : undefined) ?? guess(chunk);
  const keyword = synthetic(T.K[word], '', first.startOffset);
  const repaired = [keyword, ...(typed ? chunk.slice(1) : chunk)];
  const open = openBraces(repaired);
  if (open > 0) closeBlocks(run, repaired, open);
  const found: DeclarationNode[] = [];
  parseDeclaration({ text: run.text, errors: [] }, repaired, found, true);
  for (const node of found) {
    damage(node);
    into.push(node);
  }
}

const DECLARATION_WORDS = ['product', 'bulletin', 'patch', 'check', 'test'] as const;
type DeclarationWord = (typeof DECLARATION_WORDS)[number];

function guess(chunk: readonly IToken[]): DeclarationWord {
  if (chunk.some((token) => token.tokenType === T.K.patch)) return 'bulletin';
  return chunk.some((token) => token.tokenType === T.K.fixes) ? 'patch' : 'product';
}
