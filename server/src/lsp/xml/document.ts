/** Patch definitions in XML: which documents they are, and their elements and tree, kept until the document changes. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { XmlDocument, XmlElement } from '../../patchxml/document.ts';
import { isPatchXml, LARGEST, readPatchXml, type PatchXml } from '../../patchxml/read.ts';
import { scanXml } from '../../patchxml/scan.ts';

/** Whether a document holds patch definitions in XML, by its name. */
export const isXml = ({ uri }: TextDocument): boolean => isPatchXml(uri);

interface Known {
  readonly version: number;
  xml?: XmlDocument;
  read?: PatchXml;
}
const known = new WeakMap<TextDocument, Known>();
const NOTHING: XmlDocument = { root: undefined, comments: [], findings: [] };

function knownOf(document: TextDocument): Known {
  const before = known.get(document);
  if (before?.version === document.version) return before;
  const fresh: Known = { version: document.version };
  known.set(document, fresh);
  return fresh;
}

/** The elements of a document as it stands; none of one that is too large to be read. */
export function xmlOf(document: TextDocument): XmlDocument {
  const entry = knownOf(document);
  const text = document.getText();
  return (entry.xml ??= text.length > LARGEST ? NOTHING : scanXml(text));
}

/** The same tree as a script's, whose offsets are meant ones. */
export function readingOf(document: TextDocument): PatchXml {
  const entry = knownOf(document);
  return (entry.read ??= readPatchXml(document.getText()));
}

/** The elements around an offset, from the outside in. */
export function elementsAt(document: TextDocument, offset: number): readonly XmlElement[] {
  const found: XmlElement[] = [];
  let element = xmlOf(document).root;
  while (element && element.start <= offset && offset <= element.end) {
    found.push(element);
    element = element.children.find(
      (one): one is XmlElement => one.kind === 'element' && one.start <= offset && offset < one.end,
    );
  }
  return found;
}

/** Every element of a document, from the outside in. */
export function* allElements(document: TextDocument): Generator<XmlElement> {
  const { root } = xmlOf(document);
  const waiting: XmlElement[] = root ? [root] : [];
  for (let element = waiting.pop(); element; element = waiting.pop()) {
    yield element;
    waiting.push(...element.children.filter((one): one is XmlElement => one.kind === 'element').reverse());
  }
}
