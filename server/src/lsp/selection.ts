/** Selection ranges: from the word under the cursor outwards, as the syntax tree nests. */
import type { SelectionRange, SelectionRangeParams, ServerCapabilities } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Span } from '../model/source.ts';
import { isLeaf, pathTo, spanOf } from './nodes.ts';
import { treeOf } from './parsed.ts';
import { rangeOf } from './ranges.ts';
import { onDocument, type Session } from './session.ts';
import { isXml } from './xml/document.ts';
import { xmlSpansAt } from './xml/selection.ts';

export function serveSelectionRanges(session: Session): ServerCapabilities {
  session.connection.onSelectionRanges(
    onDocument(session, (document, { params }: { params: SelectionRangeParams }) =>
      params.positions.map((position) =>
        nested(document, (isXml(document) ? xmlSpansAt : spansAt)(document, document.offsetAt(position))),
      ),
    ),
  );
  return { selectionRangeProvider: true };
}

/** The innermost selection at an offset of a script, with those around it as its parents. */
export const selectionAt = (document: TextDocument, offset: number): SelectionRange =>
  nested(document, spansAt(document, offset));

function spansAt(document: TextDocument, offset: number): readonly Span[] {
  return pathTo(treeOf(document), offset).flatMap((part): Span[] => {
    const span = spanOf(part);
    // Inside quotes first the text, then the insertion or step of a path that the cursor is in.
    return isLeaf(part) && part.image.startsWith('"') ? [span, ...insideText(part.image, span, offset)] : [span];
  });
}

/** Spans within each other, from the outside in. */
function nested(document: TextDocument, spans: readonly Span[]): SelectionRange {
  let selection: SelectionRange | undefined;
  let outer: Span | undefined;
  for (const span of spans) {
    if (outer?.start === span.start && outer.end === span.end) continue;
    selection = { range: rangeOf(document, span), ...(selection ? { parent: selection } : {}) };
    outer = span;
  }
  return selection ?? { range: rangeOf(document, { start: 0, end: document.getText().length }) };
}

function insideText(image: string, { start, end }: Span, offset: number): readonly Span[] {
  const closed = image.length > 1 && image.endsWith('"');
  const inner = { start: start + 1, end: closed ? end - 1 : end };
  if (offset < inner.start || offset > inner.end) return [];
  const steps = [...image.slice(1, inner.end - start).matchAll(/\$\{[^}$]*\}|%[^%]*%|[^\\$%]+/g)];
  const step = steps
    .map((match) => ({ start: inner.start + match.index, end: inner.start + match.index + match[0].length }))
    .find((span) => span.start <= offset && offset <= span.end);
  return step ? [inner, step] : [inner];
}
