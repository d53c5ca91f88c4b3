/** Folding in XML: elements down to their end tag, comments, and what stands between `<!-- #region -->` and `<!-- #endregion -->`. */
import { FoldingRangeKind, type FoldingRange } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { XmlElement } from '../../patchxml/document.ts';
import { xmlOf } from './document.ts';

const REGION = /^\s*#(end)?region\b/;

/** Everything that can be folded. An end tag stays in sight. */
export function xmlFolds(document: TextDocument): FoldingRange[] {
  const { root, comments } = xmlOf(document);
  const line = (offset: number): number => document.positionAt(offset).line;
  const folds: FoldingRange[] = [];
  const waiting: XmlElement[] = root ? [root] : [];
  for (let element = waiting.pop(); element; element = waiting.pop()) {
    const startLine = line(element.start);
    const endLine = line(element.end) - (element.closeNameStart === undefined ? 0 : 1);
    if (endLine > startLine) folds.push({ startLine, endLine });
    waiting.push(...element.children.filter((one): one is XmlElement => one.kind === 'element'));
  }
  const regions: number[] = [];
  for (const { start, end, text } of comments) {
    const [startLine, endLine] = [line(start), line(end)];
    const marker = REGION.exec(text);
    const from = marker?.[1] === undefined ? undefined : regions.pop();
    if (marker?.[1] === undefined && marker) regions.push(startLine);
    if (from !== undefined && endLine > from) folds.push({ startLine: from, endLine, kind: FoldingRangeKind.Region });
    if (endLine > startLine) folds.push({ startLine, endLine, kind: FoldingRangeKind.Comment });
  }
  return folds.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
}
