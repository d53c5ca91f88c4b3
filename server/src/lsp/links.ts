/** Document links: KB and CVE ids to their pages, web addresses, and recordings to their files. Never to another host's files. */
import path from 'node:path';
import type { DocumentLink, ServerCapabilities } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Span } from '../model/source.ts';
import { K, Text } from '../syntax/tokens.ts';
import { targetOf, webAddress } from './addresses.ts';
import { tokensOf } from './parsed.ts';
import { rangeOf } from './ranges.ts';
import { onDocument, type Session } from './session.ts';
import { pathOfUri, uriOfName } from './uris.ts';
import { isXml } from './xml/document.ts';
import { linksOfXml } from './xml/links.ts';

export function serveLinks(session: Session): ServerCapabilities {
  session.connection.onDocumentLinks(
    onDocument(session, (document) => (isXml(document) ? linksOfXml(document) : linksOf(document))),
  );
  return { documentLinkProvider: {} };
}

/** All links of a document. */
export function linksOf(document: TextDocument): DocumentLink[] {
  const links: DocumentLink[] = [];
  const add = (span: Span, target: string, tooltip: string): void =>
    void links.push({ range: rangeOf(document, span), target, tooltip });
  let inMachine = false;
  for (const token of tokensOf(document)) {
    const { tokenType, image, startOffset } = token;
    const span = { start: startOffset, end: startOffset + image.length };
    const page = targetOf(token);
    if (page) add(span, page.target, page.tooltip);
    else if (tokenType === Text) {
      const inner = { start: span.start + 1, end: span.end - 1 };
      const target =
        webAddress(image.slice(1, -1)) ?? (inMachine ? recording(document, image.slice(1, -1)) : undefined);
      if (target) add(inner, target, 'Open');
    }
    if (tokenType === K.machine) inMachine = true;
    else if (tokenType !== Text && image !== ',') inMachine = false;
  }
  return links;
}

/** A recording's file beside the script. A UNC path would log on to a stranger when it is opened. */
function recording(document: TextDocument, name: string): string | undefined {
  const script = pathOfUri(document.uri);
  if (script === undefined || /^[\\/]{2}/.test(name) || /^[a-z][a-z0-9+.-]+:/i.test(name) || name.includes('\0'))
    return undefined;
  const file = path.resolve(path.dirname(script), name.replaceAll('\\', '/'));
  return /^[\\/]{2}/.test(file) ? undefined : uriOfName(file);
}
