/** Writes a result to a file: the document, a table, or a page without scripts. */
import { l10n, Uri, window, workspace } from 'vscode';
import { pick } from '../../pick.ts';
import type { ExportFormat, ResultName } from '../../../../server/src/protocol/results.ts';
import type { Host } from '../../host.ts';
import { exportOf } from '../history/requests.ts';
import { plainLabel, plainMessage } from '../scan/plain-message.ts';

export const FORMATS: readonly ExportFormat[] = ['json', 'csv', 'html'];

/** Asks for the format where none is given, and for the file; nothing is written when the user leaves. */
export async function exportReport(
  host: Host,
  { origin, folder, id }: ResultName,
  asked?: ExportFormat,
): Promise<void> {
  const format = asked ?? (await askFormat());
  if (format === undefined) return;
  const reply = await exportOf(host, { origin, folder, id }, format);
  if (!('value' in reply)) {
    void window.showErrorMessage(plainMessage(reply.why));
    return;
  }
  const root = workspace.workspaceFolders?.[0]?.uri;
  const chosen = await window.showSaveDialog({
    ...{ title: l10n.t('Export Report'), saveLabel: l10n.t('Export') },
    filters: { [format.toUpperCase()]: [format] },
    ...(root && { defaultUri: Uri.joinPath(root, `report-${id.replace(/[^A-Za-z0-9-]+/g, '-')}.${format}`) }),
  });
  if (!chosen) return;
  await workspace.fs.writeFile(chosen, new TextEncoder().encode(reply.value));
  window.setStatusBarMessage(l10n.t('$(export) Exported {0}', plainLabel(workspace.asRelativePath(chosen))), 10_000);
}

async function askFormat(): Promise<ExportFormat | undefined> {
  const items = [
    { label: 'HTML', description: l10n.t('one page without scripts, to be read anywhere'), format: 'html' as const },
    { label: 'CSV', description: l10n.t('a row for each patch, for a spreadsheet'), format: 'csv' as const },
    { label: 'JSON', description: l10n.t('the result document'), format: 'json' as const },
  ];
  return (await pick(items, { title: l10n.t('Export as') }))?.format;
}
