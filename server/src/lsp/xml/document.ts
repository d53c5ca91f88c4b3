/** Patch definitions in XML: which documents they are, and their elements, kept until the document changes. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { XmlDocument, XmlElement } from '../../patchxml/document.ts';
import { isPatchXml } from '../../patchxml/read.ts';
import { scanXml } from '../../patchxml/scan.ts';

/** Whether a document holds patch definitions in XML, by its name. */
export const isXml = ({ uri }: TextDocument): boolean => isPatchXml(uri);

const known = new WeakMap<TextDocument, { readonly version: number; readonly xml: XmlDocument }>();

/** The elements of a document as it stands. */
export function xmlOf(document: TextDocument): XmlDocument {
  const before = known.get(document);
  if (before?.version === document.version) return before.xml;
  const xml = scanXml(document.getText());
  known.set(document, { version: document.version, xml });
  return xml;
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
