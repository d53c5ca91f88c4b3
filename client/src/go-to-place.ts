/** Leads from a page to the script. */
import { Range, Uri, ViewColumn, window, workspace } from 'vscode';
import type { Place } from '../../server/src/protocol/scan.ts';

/** The page says the number of a place that the server has named: no path of a machine or of content leads anywhere. */
export async function goToPlace(place: Place | undefined): Promise<void> {
  if (!place) return;
  const document = await workspace.openTextDocument(Uri.parse(place.uri, true));
  const at = document.validateRange(new Range(place.line, place.character, place.line, place.character));
  // Beside the report where there is room for both already, else in its place: it stays a tab away.
  const column = window.visibleTextEditors.find((editor) => editor.document === document)?.viewColumn;
  const beside = column ?? window.visibleTextEditors[0]?.viewColumn ?? ViewColumn.Active;
  await window.showTextDocument(document, { selection: at, viewColumn: beside });
}
