/** What each piece of an attribute's value is, as in scripts. Tags and the names of attributes are left to the grammar of XML. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Leaf } from '../../syntax/tree.ts';
import { eachLeaf } from '../nodes.ts';
import {
  KINDS,
  namePieces,
  parametersIn,
  roleOf,
  roleOfName,
  textPieces,
  type Piece,
  type Role,
} from '../semantic/classify.ts';
import { allElements, readingOf } from './document.ts';

/** All pieces of a document, in order, none longer than a line. */
export function classifyXml(document: TextDocument): readonly Piece[] {
  const { file, offsets } = readingOf(document);
  const parameters = parametersIn(file);
  const pieces: Piece[] = [];
  eachLeaf(file, (leaf, { node, member }) => {
    const names = (name: string): Role => roleOfName(name, parameters(leaf.startOffset));
    for (const { start, end, ...role } of piecesOf(
      leaf,
      roleOf(leaf, node.kind, member) ?? words(node.kind, member),
      names,
    ))
      pieces.push({ start: offsets.toStart(start), end: offsets.toEnd(end), ...role });
  });
  const isInside = insideValues(document);
  const text = document.getText();
  return pieces
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .filter((piece, index) => isInside(piece) && piece.start >= (pieces[index - 1]?.end ?? 0))
    .flatMap((piece) => lines(text, piece));
}

function piecesOf(leaf: Leaf, role: Role | 'name' | undefined, names: (name: string) => Role): readonly Piece[] {
  const { image, startOffset: start } = leaf;
  const end = start + image.length;
  if (role === 'name') return namePieces(start, image, names);
  // `view="64"` and a row's versions.
  if (role) return [{ start, end, ...(/^\d/.test(image) ? { kind: 'number' } : role) }];
  if (leaf.tokenType.name !== 'Text') {
    const kind = KINDS[leaf.tokenType.name];
    return kind ? [{ start, end, kind }] : [];
  }
  // The quotes are the attribute's.
  return textPieces(start, image, names).flatMap((piece): Piece[] => {
    const inner = { ...piece, start: Math.max(piece.start, start + 1), end: Math.min(piece.end, end - 1) };
    return inner.start < inner.end ? [inner] : [];
  });
}

/** Words that scripts have keywords or other tokens for. */
function words(holder: string, member: string): Role | undefined {
  const isWord = ['row.fixed', 'row.from', 'tested.quantifier', 'reaches.otherwise'].includes(`${holder}.${member}`);
  return isWord ? { kind: 'enumMember' } : undefined;
}

/** Whether a piece stands in the value of an attribute: an operator's leaf is its attribute's name. */
function insideValues(document: TextDocument): (piece: Piece) => boolean {
  const values = [...allElements(document)].flatMap(({ attributes }) => attributes);
  values.sort((a, b) => a.valueStart - b.valueStart);
  let next = 0;
  return ({ start, end }) => {
    while ((values[next]?.valueEnd ?? Infinity) <= start) next++;
    const value = values[next];
    return value !== undefined && value.valueStart < start && end < value.valueEnd;
  };
}

/** A value may go over several lines, a token of the protocol may not. */
function lines(text: string, piece: Piece): readonly Piece[] {
  const written = text.slice(piece.start, piece.end);
  if (!/[\r\n]/.test(written)) return [piece];
  return [...written.matchAll(/[^\r\n]+/g)].map(({ 0: line, index }) => ({
    ...piece,
    start: piece.start + index,
    end: piece.start + index + line.length,
  }));
}
