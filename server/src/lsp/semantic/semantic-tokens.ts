/** Semantic tokens: whole, in a range, and as the difference to what was given before. */
import {
  type Range,
  type SemanticTokens,
  type SemanticTokensDelta,
  type SemanticTokensDeltaParams,
  type SemanticTokensEdit,
  type SemanticTokensRangeParams,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { tokensOf, treeOf } from '../parsed.ts';
import { onDocument, type Session } from '../session.ts';
import { isXml } from '../xml/document.ts';
import { classifyXml } from '../xml/semantic.ts';
import { classify, type Piece } from './classify.ts';
import { LEGEND, modifierBit, typeNumber } from './legend.ts';

export function serveSemanticTokens(session: Session): ServerCapabilities {
  /** What each document was given last; forgotten with the document. */
  const given = new WeakMap<TextDocument, SemanticTokens>();
  let count = 0;

  function give(document: TextDocument): SemanticTokens {
    const tokens = { resultId: String(++count), data: encode(document) };
    given.set(document, tokens);
    return tokens;
  }

  const { semanticTokens } = session.connection.languages;
  semanticTokens.on(onDocument(session, (document) => give(document)));
  semanticTokens.onDelta(
    onDocument(
      session,
      (document, { params }: { params: SemanticTokensDeltaParams }): SemanticTokens | SemanticTokensDelta => {
        const before = given.get(document);
        const now = give(document);
        if (before?.resultId !== params.previousResultId) return now;
        return { resultId: now.resultId ?? '', edits: difference(before.data, now.data) };
      },
    ),
  );
  semanticTokens.onRange(
    onDocument(session, (document, { params }: { params: SemanticTokensRangeParams }) => ({
      data: encode(document, params.range),
    })),
  );
  return { semanticTokensProvider: { legend: LEGEND, full: { delta: true }, range: true } };
}

const piecesOf = (document: TextDocument): readonly Piece[] =>
  isXml(document) ? classifyXml(document) : classify(treeOf(document), tokensOf(document));

/** The protocol's numbers, five for each piece, each place told from the one before. */
function encode(document: TextDocument, range?: Range): number[] {
  const data: number[] = [];
  const from = range ? document.offsetAt(range.start) : 0;
  const to = range ? document.offsetAt(range.end) : Number.POSITIVE_INFINITY;
  let last = { line: 0, character: 0 };
  for (const { start, end, kind, modifier } of piecesOf(document)) {
    if (end <= from || start >= to) continue;
    const at = document.positionAt(start);
    const line = at.line - last.line;
    data.push(
      line,
      line === 0 ? at.character - last.character : at.character,
      end - start,
      typeNumber(kind),
      modifierBit(modifier),
    );
    last = at;
  }
  return data;
}

/** One edit from what both begin with to what both end with: places are relative, so a change does not move the rest. */
function difference(before: readonly number[], now: readonly number[]): SemanticTokensEdit[] {
  const shorter = Math.min(before.length, now.length);
  let start = 0;
  while (start < shorter && before[start] === now[start]) start++;
  let same = 0;
  while (same < shorter - start && before[before.length - 1 - same] === now[now.length - 1 - same]) same++;
  const deleteCount = before.length - same - start;
  const data = now.slice(start, now.length - same);
  return deleteCount === 0 && data.length === 0 ? [] : [{ start, deleteCount, data }];
}
