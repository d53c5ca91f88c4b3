/** Document links in XML: KB and CVE ids, and web addresses. Recordings are named in tests, which are scripts. */
import type { DocumentLink } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { leafEnd } from '../../syntax/tree.ts';
import { targetOf, webAddress } from '../addresses.ts';
import { eachLeaf } from '../nodes.ts';
import { rangeOf } from '../ranges.ts';
import { readingOf } from './document.ts';

/** All links of a document. */
export function linksOfXml(document: TextDocument): DocumentLink[] {
  const { file, offsets } = readingOf(document);
  const links: DocumentLink[] = [];
  eachLeaf(file, (leaf) => {
    const { image, startOffset } = leaf;
    const isText = leaf.tokenType.name === 'Text';
    const address = isText ? webAddress(image.slice(1, -1).replaceAll('""', '"')) : undefined;
    const found = address ? { target: address, tooltip: 'Open' } : targetOf(leaf);
    if (!found) return;
    const quote = isText ? 1 : 0;
    const span = { start: offsets.toStart(startOffset + quote), end: offsets.toEnd(leafEnd(leaf) - quote) };
    links.push({ range: rangeOf(document, span), ...found });
  });
  return links;
}
