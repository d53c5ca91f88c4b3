/** What stands where in the active script: what a scan of a file, of a selection or at the cursor is for. */
import { l10n, window, type TextEditor } from 'vscode';
import { DECLARATIONS_REQUEST, type DeclarationPlace } from '../../../../server/src/protocol/declarations.ts';
import type { Server } from '../../host.ts';

/** Languages that declare products and patches. */
export const CONTENT: ReadonlySet<string> = new Set(['detect', 'patches-xml']);

/** The editor in front where it holds content; says so where it does not. */
export function contentEditor(): TextEditor | undefined {
  const editor = window.activeTextEditor;
  if (editor && CONTENT.has(editor.document.languageId)) return editor;
  void window.showInformationMessage(l10n.t('Open a detection script or patch definitions to scan what they declare.'));
  return undefined;
}

export function placesOf(client: Server, editor: TextEditor): Promise<readonly DeclarationPlace[]> {
  return client.sendRequest(DECLARATIONS_REQUEST, { uri: editor.document.uri.toString() });
}

/** What the selections of an editor touch; a cursor touches what it stands in. */
export function touched(places: readonly DeclarationPlace[], { selections }: TextEditor): readonly DeclarationPlace[] {
  return places.filter(({ firstLine, lastLine }) =>
    selections.some(({ start, end }) => start.line <= lastLine && firstLine <= end.line),
  );
}

/** What declarations are scanned for, each once. */
export function onlyOf(places: readonly DeclarationPlace[]): readonly string[] {
  return [...new Set(places.flatMap(({ only }) => only))];
}
