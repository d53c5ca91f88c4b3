/** Selection in XML: the value, the attribute, the tag, the element, what surrounds it. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Span } from '../../model/source.ts';
import { elementsAt } from './document.ts';

/** What can be selected around an offset, from the outside in. */
export function xmlSpansAt(document: TextDocument, offset: number): readonly Span[] {
  const spans: Span[] = [{ start: 0, end: document.getText().length }];
  const has = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  const add = (span: Span): void => {
    const outer = spans.at(-1);
    if (has(span) && outer && span.start >= outer.start && span.end <= outer.end) spans.push(span);
  };
  const elements = elementsAt(document, offset);
  for (const { start, end, openEnd, closeNameStart } of elements) {
    add({ start, end });
    if (closeNameStart !== undefined) add({ start: openEnd, end: closeNameStart - '</'.length });
  }
  const innermost = elements.at(-1);
  if (!innermost) return spans;
  add({ start: innermost.start, end: innermost.openEnd });
  const attribute = innermost.attributes.find(({ nameStart, valueEnd }) => has({ start: nameStart, end: valueEnd }));
  if (!attribute) return spans;
  add({ start: attribute.nameStart, end: attribute.valueEnd });
  add({ start: attribute.valueStart + 1, end: attribute.valueEnd - 1 });
  return spans;
}
