/** Linked editing: the names in a start tag and its end tag change together. */
import type { LinkedEditingRangeParams, LinkedEditingRanges, ServerCapabilities } from 'vscode-languageserver/node';
import { rangeOf } from '../ranges.ts';
import { onDocument, type Session } from '../session.ts';
import { elementsAt, isXml } from './document.ts';

export function serveLinkedEditing(session: Session): ServerCapabilities {
  session.connection.languages.onLinkedEditingRange(
    onDocument(session, (document, { params }: { params: LinkedEditingRangeParams }): LinkedEditingRanges | null => {
      const offset = document.offsetAt(params.position);
      const element = isXml(document) ? elementsAt(document, offset).at(-1) : undefined;
      if (element?.closeNameStart === undefined) return null;
      const { name, nameStart, closeNameStart } = element;
      const names = [nameStart, closeNameStart].map((start) => ({ start, end: start + name.length }));
      if (!names.some(({ start, end }) => start <= offset && offset <= end)) return null;
      return { ranges: names.map((span) => rangeOf(document, span)), wordPattern: '[A-Za-z_][\\w.-]*' };
    }),
  );
  return { linkedEditingRangeProvider: true };
}
