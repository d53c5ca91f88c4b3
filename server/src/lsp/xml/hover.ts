/** Hover in XML: what an element or attribute is for, where the cursor is on no name. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Span } from '../../model/source.ts';
import { describeAttribute, describeElement } from './describe.ts';
import { elementsAt } from './document.ts';
import { typed, typeNamed } from './types.ts';

/** Markdown and what it is about; undefined where the schema says nothing. */
export function schemaAt(
  document: TextDocument,
  offset: number,
): { readonly text: string; readonly span: Span } | undefined {
  const inner = typed(elementsAt(document, offset)).at(-1);
  const type = typeNamed(inner?.type);
  if (!inner?.type || !type) return undefined;
  const { name, nameStart, closeNameStart, attributes } = inner.element;
  const has = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  const tags = [nameStart, closeNameStart].flatMap((start) =>
    start === undefined ? [] : [{ start, end: start + name.length }],
  );
  const tag = tags.find(has);
  if (tag) return { text: describeElement(type), span: tag };
  for (const attribute of attributes) {
    const span = { start: attribute.nameStart, end: attribute.valueEnd };
    const text = has(span) ? describeAttribute(inner.type, attribute.name) : undefined;
    if (text !== undefined) return { text, span };
  }
  return undefined;
}
