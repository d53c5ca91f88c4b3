/** Offsets to positions of the protocol and back. */
import type { Location as LspLocation, Position, Range } from 'vscode-languageserver/node';
import type { Location, Span } from '../model/source.ts';
import type { Workspace } from './workspace.ts';

/** A text document, or what is known of the lines of a file that is not open. */
export interface Placed {
  readonly uri: string;
  readonly version: number;
  positionAt(offset: number): Position;
}

export function rangeOf(document: Pick<Placed, 'positionAt'>, { start, end }: Span): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

/** `undefined` for a place in a file that is gone. */
export function locationOf(workspace: Workspace, at: Location): LspLocation | undefined {
  const document = workspace.placed(at.file);
  return document && { uri: document.uri, range: rangeOf(document, at) };
}
