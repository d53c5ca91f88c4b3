/**
 * A bulletin with errors in it: its patches are parsed one by one, then the rest of it, so that one broken patch touches
 * neither its siblings nor what they share.
 */
import type { IToken } from 'chevrotain';
import { firstBlockEnd, openBraces } from './chunks.ts';
import { damage, onOneLine, runDeclaration, runPatch, synthetic, tokenEnd } from './run.ts';
import type { Run, SyntaxFinding, Writable } from './run.ts';
import * as T from './tokens.ts';
import type { BulletinNode, DeclarationNode, PatchNode, StatementNode } from './tree.ts';

/** Parses the tokens of one bulletin; patches that lost their bulletin become declarations of their own. */
export function parseBulletinInPieces(run: Run, chunk: readonly IToken[], into: DeclarationNode[]): void {
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
  const ran = runDeclaration(run, closed(own));
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
  const ran = runPatch(run, piece);
  const onlyRest = ran.errors.length === 0 || (ran.errors.length === 1 && ran.rest < piece.length);
  const rest = piece.slice(ran.rest);
  // The bulletin's own `}` may stand at the end of the last piece.
  const depth = openBraces(place.last && rest.at(-1)?.tokenType === T.Close ? rest.slice(0, -1) : rest);
  const leftBehind = rest[0]?.tokenType !== T.Close && followsOnLine(run, piece, ran.rest);
  if (onlyRest && depth === 0 && !leftBehind && ran.node !== undefined) {
    place.into.push(ran.node);
    return rest;
  }
  const blockEnd = firstBlockEnd(piece);
  const end = blockEnd >= 0 ? blockEnd + 1 : place.last ? lastOwn(piece) : piece.length;
  const again = runPatch(run, closed(piece.slice(0, end)));
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

/** Whether the token at `index` stands on the line of the one before it. */
export function followsOnLine(run: Run, tokens: readonly IToken[], index: number): boolean {
  const before = tokens[index - 1];
  const token = tokens[index];
  return before !== undefined && token !== undefined && onOneLine(run, before, token);
}
