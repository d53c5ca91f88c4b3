/** The front door of syntax: text to tree and errors. It never throws, whatever the text. */
import { EOF, NotAllInputParsedException, type ILexingError, type IToken, type TokenType } from 'chevrotain';
import { beginsDeclaration, chunks, firstBlockEnd, openBraces } from './chunks.ts';
import { NestedTooDeep } from './grammar/conditions.ts';
import { DetectGrammar } from './grammar/declarations.ts';
import { messages, notADeclaration } from './messages.ts';
import type { SyntaxCode } from './codes.ts';
import { closest } from './suggest.ts';
import * as T from './tokens.ts';
import type { BulletinNode, DeclarationNode, FileNode, PatchNode, StatementNode } from './tree.ts';

/** One syntax error, with a message for people. `end` is exclusive. */
export interface SyntaxFinding {
  readonly code: SyntaxCode;
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** What `parse` returns: a tree for any text, and the errors in the order of their places. */
export interface ParseResult {
  readonly file: FileNode;
  readonly errors: readonly SyntaxFinding[];
}

// One instance: its analysis of the grammar costs more than many parses.
const parser = new DetectGrammar(messages);

/** Parses a whole file. One broken declaration never touches another; a declaration with an error in it is `damaged`. */
export function parse(text: string): ParseResult {
  const { tokens, errors: lexed, groups } = T.lexer.tokenize(text);
  const run: Run = { text, errors: [] };
  const declarations: DeclarationNode[] = [];
  for (const chunk of chunks(tokens, text)) parseChunk(run, chunk, declarations);
  reportLexical(run, lexed, tokens, declarations);
  run.errors.sort((a, b) => a.start - b.start || a.end - b.end);
  const file: FileNode = { kind: 'file', start: 0, end: text.length, declarations, comments: groups['comments'] ?? [] };
  return { file, errors: run.errors };
}

/** One call of `parse`. */
interface Run {
  readonly text: string;
  readonly errors: SyntaxFinding[];
}

type Writable<N> = { -readonly [P in keyof N]: N[P] };

function damage(node: DeclarationNode): void {
  (node as Writable<DeclarationNode>).damaged = true;
}

// ---------- one rule over some tokens

interface Ran<N> {
  readonly node: N | undefined;
  readonly errors: readonly SyntaxFinding[];
  /** Where the input goes on after the node; the input's length where nothing is left. */
  readonly rest: number;
}

function runRule<N>(tokens: IToken[], rule: () => N | undefined): Ran<N> {
  parser.input = tokens;
  let node: N | undefined;
  try {
    node = rule();
  } catch (error) {
    if (!(error instanceof NestedTooDeep)) throw error;
    const message = 'Conditions stand too deep in each other here. Move the inner ones to a `check` of their own.';
    return {
      node: undefined,
      errors: [{ code: 'nested-too-deep', message, start: error.offset, end: error.offset + 1 }],
      rest: tokens.length,
    };
  }
  const found = parser.errors;
  if (found.length === 0) return { node, errors: [], rest: tokens.length };
  const extra = found.find((error) => error instanceof NotAllInputParsedException);
  const errors = found.map((error) => at(error.token, error.message, tokens));
  return { node, errors, rest: extra === undefined ? tokens.length : tokens.indexOf(extra.token) };
}

/** At the end of the input an error stands behind the last token. */
function at(token: IToken, message: string, tokens: readonly IToken[]): SyntaxFinding {
  if (token.tokenType !== EOF) return { code: 'syntax', message, start: token.startOffset, end: tokenEnd(token) };
  const last = tokens.at(-1);
  const end = last === undefined ? 0 : tokenEnd(last);
  return { code: 'syntax', message, start: Math.max(0, end - 1), end };
}

const tokenEnd = (token: IToken): number => token.startOffset + token.image.length;

const synthetic = (tokenType: TokenType, image: string, startOffset: number): IToken => ({
  image,
  startOffset,
  tokenType,
  tokenTypeIdx: tokenType.tokenTypeIdx ?? 0,
});

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
  const ran: Ran<DeclarationNode> = runRule(chunk, () => parser.declaration());
  if (ran.errors.length === 0 && !unbalanced) {
    if (ran.node !== undefined) into.push(ran.node);
    return;
  }
  if (first?.tokenType === T.K.bulletin) return parseBulletinInPieces(run, chunk, into);
  const rest = chunk.slice(ran.rest);
  // A patch without a body, and below it something that is no declaration: the patch itself is whole.
  if (isPatch && ran.errors.length === 1 && rest.length > 0 && !unbalanced && !sameLine(run, chunk, ran.rest)) {
    if (ran.node !== undefined) into.push(ran.node);
    return parseChunk(run, rest, into);
  }
  run.errors.push(...ran.errors);
  if (ran.node === undefined) return;
  damage(ran.node);
  into.push(ran.node);
}

/** Whether the token at `index` stands on the line of the one before it. */
function sameLine(run: Run, tokens: readonly IToken[], index: number): boolean {
  const before = tokens[index - 1];
  const token = tokens[index];
  if (before === undefined || token === undefined) return false;
  return !/[\r\n]/.test(run.text.slice(tokenEnd(before), token.startOffset));
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

// ---------- a bulletin with errors: its patches one by one, then the rest of it

function parseBulletinInPieces(run: Run, chunk: readonly IToken[], into: DeclarationNode[]): void {
  const starts = chunk.flatMap((token, index) => (token.tokenType === T.K.patch ? [index] : []));
  const own: IToken[] = chunk.slice(0, starts[0] ?? chunk.length);
  const patches: PatchNode[] = [];
  for (const [i, start] of starts.entries()) {
    const next = starts[i + 1];
    const rest = parsePiece(run, chunk.slice(start, next ?? chunk.length), { last: next === undefined, into: patches });
    own.push(...rest);
  }
  const balance = openBraces(own);
  if (balance > 0) run.errors.push(mismatched(own, 'A `}` is missing at the end of this bulletin.'));
  const ran: Ran<DeclarationNode> = runRule(closed(own), () => parser.declaration());
  run.errors.push(...ran.errors);
  const node = ran.node;
  if (node?.kind !== 'bulletin') {
    into.push(...patches);
    return;
  }
  const body: (StatementNode | PatchNode)[] = [...node.body, ...patches].sort((a, b) => a.start - b.start);
  const bulletin: Writable<BulletinNode> = node;
  bulletin.body = body;
  bulletin.end = Math.max(node.end, ...patches.map((patch) => patch.end));
  bulletin.damaged = ran.errors.length > 0 || balance !== 0;
  into.push(node);
}

/** Parses the patch that begins a piece of a bulletin; returns the tokens that belong to the bulletin again. */
function parsePiece(run: Run, piece: IToken[], place: { last: boolean; into: PatchNode[] }): readonly IToken[] {
  const ran = runRule(piece, () => parser.patch());
  const onlyRest = ran.errors.length === 0 || (ran.errors.length === 1 && ran.rest < piece.length);
  const rest = piece.slice(ran.rest);
  // The bulletin's own `}` may stand at the end of the last piece.
  const depth = openBraces(place.last && rest.at(-1)?.tokenType === T.Close ? rest.slice(0, -1) : rest);
  const leftBehind = rest.length > 0 && rest[0]?.tokenType !== T.Close && sameLine(run, piece, ran.rest);
  if (onlyRest && depth === 0 && !leftBehind && ran.node !== undefined) {
    place.into.push(ran.node);
    return rest;
  }
  const blockEnd = firstBlockEnd(piece);
  const end = blockEnd >= 0 ? blockEnd + 1 : place.last ? lastOwn(piece) : piece.length;
  const again = runRule(closed(piece.slice(0, end)), () => parser.patch());
  const braces = blockEnd < 0 && openBraces(piece) !== (place.last ? -1 : 0);
  const errors = again.errors.length > 0 || braces ? again.errors : ran.errors;
  if (braces || errors.length === 0) run.errors.push(mismatched(piece, UNMATCHED));
  run.errors.push(...errors);
  const node = again.node ?? ran.node;
  if (node !== undefined) {
    damage(node);
    place.into.push(node);
  }
  return piece.slice(end);
}

/** The bulletin's own `}` at the end of the last piece is not the patch's. */
const lastOwn = (piece: readonly IToken[]): number =>
  piece.at(-1)?.tokenType === T.Close ? piece.length - 1 : piece.length;

function closed(tokens: IToken[]): IToken[] {
  const end = tokens.at(-1);
  const open = Math.max(0, openBraces(tokens));
  return [
    ...tokens,
    ...Array.from({ length: open }, () => synthetic(T.Close, '', end === undefined ? 0 : tokenEnd(end))),
  ];
}

const UNMATCHED = 'The braces of this patch do not match: a `{` or a `}` is missing.';

/** Says at the word that begins a declaration that its braces do not match. */
function mismatched(tokens: readonly IToken[], message: string): SyntaxFinding {
  const first = tokens[0];
  const start = first?.startOffset ?? 0;
  return { code: 'unclosed-block', message, start, end: first === undefined ? 0 : tokenEnd(first) };
}

// ---------- what the lexer found

function reportLexical(
  run: Run,
  lexed: ILexingError[],
  tokens: readonly IToken[],
  declarations: DeclarationNode[],
): void {
  for (const { offset, length } of lexed) {
    const image = run.text.slice(offset, offset + length);
    const message = `\`${image}\` means nothing here. Remove it, or put it into a text in quotes.`;
    run.errors.push({ code: 'stray-character', message, start: offset, end: offset + length });
    damageAt(declarations, offset);
  }
  for (const token of tokens) {
    if (token.tokenType !== T.OpenText) continue;
    const message = 'This text has no closing quote. A text ends on the line where it begins.';
    run.errors.push({ code: 'unclosed-text', message, start: token.startOffset, end: tokenEnd(token) });
    damageAt(declarations, token.startOffset);
  }
}

function damageAt(declarations: readonly DeclarationNode[], offset: number): void {
  for (const declaration of declarations) {
    if (offset < declaration.start || offset >= declaration.end) continue;
    const patch =
      declaration.kind === 'bulletin'
        ? declaration.body.find(
            (item): item is PatchNode => item.kind === 'patch' && offset >= item.start && offset < item.end,
          )
        : undefined;
    damage(patch ?? declaration);
  }
}
