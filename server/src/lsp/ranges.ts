/** Offsets to positions of the protocol and back. */
import type { Location as LspLocation, Range } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Location, Span } from '../model/source.ts';
import type { Workspace } from './workspace.ts';

export function rangeOf(document: TextDocument, { start, end }: Span): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

/** `undefined` for a place in a file that is gone. */
export function locationOf(workspace: Workspace, at: Location): LspLocation | undefined {
  const document = workspace.document(at.file);
  return document && { uri: document.uri, range: rangeOf(document, at) };
}
