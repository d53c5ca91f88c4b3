/** Start tags: attributes behind each other, or below each other where one line is too short. */
import type { XmlElement } from '../document.ts';
import { fill, hasBreak, WIDTH, type Writing } from './writing.ts';

const isEmptyTag = (text: string, { openEnd }: XmlElement): boolean => text.charAt(openEnd - 2) === '/';

/** How long a start tag is on one line; undefined where a value has a line end in it. */
export function tagLength(text: string, element: XmlElement): number | undefined {
  const { name, attributes } = element;
  if (attributes.some(({ raw }) => hasBreak(raw))) return undefined;
  const written = attributes.map((one) => 1 + one.name.length + 1 + one.valueEnd - one.valueStart);
  return written.reduce((sum, one) => sum + one, 1 + name.length + (isEmptyTag(text, element) ? 2 : 1));
}

/** Writes the gaps of a start tag. */
export function writeTag(writing: Writing, element: XmlElement, indent: number): void {
  const { attributes, nameStart, name, openEnd } = element;
  const length = tagLength(writing.text, element);
  const isFlat = attributes.length < 2 || (length !== undefined && indent + length <= WIDTH);
  const before = isFlat ? ' ' : { lines: 1, indent: indent + 4 };
  let at = nameStart + name.length;
  for (const { name: attribute, nameStart: start, valueStart, valueEnd } of attributes) {
    fill(writing, { start: at, end: start }, before);
    const nameEnd = start + attribute.length;
    const equals = writing.text.indexOf('=', nameEnd);
    fill(writing, { start: nameEnd, end: equals }, '');
    fill(writing, { start: equals + 1, end: valueStart }, '');
    at = valueEnd;
  }
  fill(writing, { start: at, end: openEnd - (isEmptyTag(writing.text, element) ? 2 : 1) }, '');
}
