/** The pieces of a document's attribute values that mean something shorter or longer than they spell. */
import type { XmlAttribute, XmlElement } from './document.ts';
import { respelledIn } from './entities.ts';
import type { Piece } from './offsets.ts';
import { childType, TYPES } from './schema.ts';

/** In the order of the text. A quote in a value is two in a script's text; regular expressions have none to double. */
export function piecesOf(root: XmlElement): readonly Piece[] {
  const found: Piece[] = [];
  walk(found, root, 'patches');
  return found;
}

function walk(found: Piece[], element: XmlElement, type: string | undefined): void {
  for (const attribute of element.attributes) {
    const isRegex = type !== undefined && TYPES[type]?.attributes[attribute.name]?.is === 'regex';
    found.push(...inValue(attribute, isRegex ? 1 : 2));
  }
  for (const child of element.children) {
    if (child.kind === 'element') walk(found, child, type && childType(type, child.name));
  }
}

function inValue({ raw, valueStart }: XmlAttribute, quote: number): readonly Piece[] {
  if (!/[&"\r\n\t]/.test(raw)) return [];
  const first = valueStart + 1;
  const pieces: Piece[] = respelledIn(raw).map(({ start, end, text }) => ({
    start: first + start,
    end: first + end,
    length: text === '"' ? quote : text.length,
  }));
  if (quote === 2) {
    for (const { index } of raw.matchAll(/"/g))
      pieces.push({ start: first + index, end: first + index + 1, length: 2 });
  }
  return pieces.sort((a, b) => a.start - b.start);
}
