/** Folding: blocks, comments of several lines, and what stands between `# region` and `# endregion`. */
import { FoldingRangeKind, type FoldingRange, type ServerCapabilities } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { Close, Comment, Open } from '../syntax/tokens.ts';
import { tokensOf } from './parsed.ts';
import { onDocument, type Session } from './session.ts';
import { isXml } from './xml/document.ts';
import { xmlFolds } from './xml/folding.ts';

export function serveFolding(session: Session): ServerCapabilities {
  session.connection.onFoldingRanges(
    onDocument(session, (document) => (isXml(document) ? xmlFolds(document) : foldsOf(document))),
  );
  return { foldingRangeProvider: true };
}

const REGION = /^#\s*(end)?region\b/;

/** Everything that can be folded. A block's closing line stays in sight. */
export function foldsOf(document: TextDocument): FoldingRange[] {
  const folds: FoldingRange[] = [];
  const open: number[] = [];
  const regions: number[] = [];
  let comments: { start: number; end: number } | undefined;
  const endComments = (): void => {
    if (comments && comments.end > comments.start)
      folds.push({ startLine: comments.start, endLine: comments.end, kind: FoldingRangeKind.Comment });
    comments = undefined;
  };
  let lastLine = -1;
  for (const { tokenType, startOffset, image } of tokensOf(document)) {
    const { line } = document.positionAt(startOffset);
    const marker = tokenType === Comment && line > lastLine ? REGION.exec(image) : null;
    if (marker) {
      endComments();
      const startLine = marker[1] === undefined ? void regions.push(line) : regions.pop();
      if (startLine !== undefined) folds.push({ startLine, endLine: line, kind: FoldingRangeKind.Region });
    } else if (tokenType === Comment && line > lastLine) {
      if (comments?.end !== line - 1) endComments();
      comments = { start: comments?.start ?? line, end: line };
    } else endComments();
    lastLine = line;
    if (tokenType === Open) open.push(line);
    if (tokenType !== Close) continue;
    const startLine = open.pop();
    if (startLine !== undefined && line - 1 > startLine) folds.push({ startLine, endLine: line - 1 });
  }
  endComments();
  return folds.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
}
