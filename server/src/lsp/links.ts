/** Document links: KB and CVE ids to their pages, web addresses, and recordings to their files. Never to another host's files. */
import path from 'node:path';
import type { DocumentLink, ServerCapabilities } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Span } from '../model/source.ts';
import { Cve, K, Kb, Text } from '../syntax/tokens.ts';
import { tokensOf } from './parsed.ts';
import { rangeOf } from './ranges.ts';
import { onScript, type Session } from './session.ts';
import { pathOfUri, uriOfName } from './uris.ts';

export function serveLinks(session: Session): ServerCapabilities {
  session.connection.onDocumentLinks(onScript(session, (document) => linksOf(document)));
  return { documentLinkProvider: {} };
}

/** All links of a document. */
export function linksOf(document: TextDocument): DocumentLink[] {
  const links: DocumentLink[] = [];
  const add = (span: Span, target: string, tooltip: string): void =>
    void links.push({ range: rangeOf(document, span), target, tooltip });
  let inMachine = false;
  for (const { tokenType, image, startOffset } of tokensOf(document)) {
    const span = { start: startOffset, end: startOffset + image.length };
    if (tokenType === Kb)
      add(span, `https://support.microsoft.com/help/${image.slice('KB'.length)}`, `${image} at Microsoft`);
    else if (tokenType === Cve) add(span, `https://www.cve.org/CVERecord?id=${image}`, image);
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

function webAddress(text: string): string | undefined {
  if (!/^https?:\/\/[^\s/]/i.test(text)) return undefined;
  return URL.canParse(text) ? new URL(text).href : undefined;
}

/** A recording's file beside the script. A UNC path would log on to a stranger when it is opened. */
function recording(document: TextDocument, name: string): string | undefined {
  const script = pathOfUri(document.uri);
  if (script === undefined || /^[\\/]{2}/.test(name) || /^[a-z][a-z0-9+.-]+:/i.test(name) || name.includes('\0'))
    return undefined;
  const file = path.resolve(path.dirname(script), name.replaceAll('\\', '/'));
  return /^[\\/]{2}/.test(file) ? undefined : uriOfName(file);
}
