/** Declarations in XML with what belongs to them. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { XmlElement } from '../../patchxml/document.ts';
import { xmlOf } from './document.ts';

export const lineStartOf = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

/** Where a declaration begins with the comments right above it: what is put between would take them away from it. */
export function declarationBegin(document: TextDocument, declaration: XmlElement): number {
  const text = document.getText();
  let place = declaration.start;
  for (const { start, end } of xmlOf(document).comments.toReversed()) {
    if (end > place) continue;
    const isAbove = /^[ \t]*\r?\n[ \t]*$/.test(text.slice(end, place));
    if (!isAbove || text.slice(lineStartOf(text, start), start).trim() !== '') break;
    place = start;
  }
  return place;
}
