/** Keeps a recording that a scan made: the user says where. */
import { l10n, Uri, window, workspace } from 'vscode';
import { plainLabel } from './plain-message.ts';

/** Asks for the file and writes it; nothing is written when the user leaves. */
export async function saveRecording(text: string, machine: string): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const name = `${machine.replace(/[^A-Za-z0-9._-]+/g, '-').toLowerCase()}.snapshot.json`;
  const chosen = await window.showSaveDialog({
    title: l10n.t('Save Recording'),
    saveLabel: l10n.t('Save Recording'),
    filters: { [l10n.t('Recorded machines')]: ['json'] },
    ...(folder && { defaultUri: Uri.joinPath(folder, 'machines', name) }),
  });
  if (!chosen) return;
  await workspace.fs.writeFile(chosen, new TextEncoder().encode(text));
  window.setStatusBarMessage(l10n.t('$(record) Recorded {0}', plainLabel(workspace.asRelativePath(chosen))), 10_000);
}
