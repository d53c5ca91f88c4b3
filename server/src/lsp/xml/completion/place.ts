/** Where the cursor is in XML, and what has been typed there. Also in a file that is not well-formed, as it is while one types. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { XmlAttribute, XmlElement } from '../../../patchxml/document.ts';
import { scanXml } from '../../../patchxml/scan.ts';
import { LARGEST } from '../../../patchxml/read.ts';
import { allElements, elementsAt, xmlOf } from '../document.ts';
import { typed as typesOf, type Typed } from '../types.ts';

/** A place where something can be typed. `start` is where `typed` begins. */
export type XmlPlace =
  /** Between tags, or behind a `<`, which `typed` then begins with. */
  | { readonly kind: 'content'; readonly around: readonly Typed[]; readonly typed: string; readonly start: number }
  /** In a start tag, between attributes. */
  | { readonly kind: 'attribute'; readonly around: readonly Typed[]; readonly typed: string; readonly start: number }
  | {
      readonly kind: 'value';
      readonly around: readonly Typed[];
      readonly attribute: string;
      /** From the quote to the cursor, as it is spelled. */
      readonly typed: string;
      /** Between the cursor and the closing quote. */
      readonly rest: string;
      readonly start: number;
    }
  | { readonly kind: 'silent' };

const SILENT: XmlPlace = { kind: 'silent' };

/** The place at an offset. */
export function xmlPlaceAt(document: TextDocument, offset: number): XmlPlace {
  const { comments } = xmlOf(document);
  if (document.getText().length > LARGEST || comments.some(({ start, end }) => start < offset && offset < end))
    return SILENT;
  const value = valueAt(document, offset);
  if (value) return value;
  return placeAfter(document.getText().slice(0, offset));
}

/** In the value of an attribute, quotes excluded. */
function valueAt(document: TextDocument, offset: number): XmlPlace | undefined {
  for (const element of tagsAt(document, offset)) {
    const found = element.attributes.find(
      ({ valueStart, valueEnd, raw }) => raw.length < valueEnd - valueStart && valueStart < offset && offset < valueEnd,
    );
    if (!found) continue;
    const around = typesOf(elementsAt(document, element.start));
    return valuePlace(document.getText(), found, { around, offset });
  }
  return undefined;
}

function* tagsAt(document: TextDocument, offset: number): Generator<XmlElement> {
  for (const element of allElements(document)) {
    if (element.start > offset) return;
    if (offset <= element.openEnd) yield element;
  }
}

function valuePlace(
  text: string,
  { name, valueStart, raw }: XmlAttribute,
  { around, offset }: { readonly around: readonly Typed[]; readonly offset: number },
): XmlPlace {
  const start = valueStart + 1;
  return {
    kind: 'value',
    around,
    attribute: name,
    typed: text.slice(start, offset),
    rest: text.slice(offset, Math.max(offset, start + raw.length)),
    start,
  };
}

/** The place at the end of a text that is cut off there. */
function placeAfter(text: string): XmlPlace {
  const begun = /<\/?[\w:.-]*$/.exec(text);
  // A tag of which only the name is there is not around the cursor.
  const before = begun && betweenTags(text.slice(0, begun.index));
  if (begun && before?.kind === 'content') return { ...before, typed: begun[0], start: begun.index };
  return betweenTags(text);
}

function betweenTags(text: string): XmlPlace {
  const { root, comments, findings } = scanXml(text);
  const last = comments.at(-1);
  if (last?.end === text.length && !text.endsWith('-->')) return SILENT;
  const open = openElements(root, text.length);
  const inner = open.at(-1);
  if (!inner) return outside(text, root);
  const inTag = findings.some(({ code, start }) => code === 'xml-syntax' && start === inner.start);
  if (inTag && inner.openEnd === text.length) return inStartTag(text, inner, typesOf(open));
  const child = inner.children.at(-1);
  if (child?.kind === 'text' && child.raw.startsWith('<![CDATA[') && !child.raw.endsWith(']]>')) return SILENT;
  return content(text, typesOf(open));
}

function content(text: string, around: readonly Typed[]): XmlPlace {
  const word = /[\w:.-]*$/.exec(text)?.[0] ?? '';
  return { kind: 'content', around, typed: word, start: text.length - word.length };
}

/** Before the root all can begin, behind it nothing. */
function outside(text: string, root: XmlElement | undefined): XmlPlace {
  if (root || /<[?!][^>]*$/.test(text)) return SILENT;
  return content(text, []);
}

/** The elements that are still open at the end of a text, from the outside in. */
function openElements(root: XmlElement | undefined, end: number): readonly XmlElement[] {
  const open: XmlElement[] = [];
  for (let element = root; element && !element.closed && element.end === end;) {
    open.push(element);
    const last = element.children.findLast((one): one is XmlElement => one.kind === 'element');
    element = last;
  }
  return open;
}

function inStartTag(text: string, element: XmlElement, around: readonly Typed[]): XmlPlace {
  const attribute = element.attributes.at(-1);
  const isOpen = attribute && attribute.valueEnd === text.length && attribute.valueStart < attribute.valueEnd;
  if (
    isOpen &&
    /^["']/.test(text.slice(attribute.valueStart)) &&
    attribute.raw.length === text.length - attribute.valueStart - 1
  )
    return valuePlace(text, attribute, { around, offset: text.length });
  const word = /(?<=\s)[\w:.-]*$/.exec(text)?.[0];
  if (word === undefined) return SILENT;
  return { kind: 'attribute', around, typed: word, start: text.length - word.length };
}
