/** Asks for a recorded machine: those of the workspace first, else any file. */
import { l10n, window, workspace } from 'vscode';
import { pick } from '../../pick.ts';

const PATTERN = '**/*.snapshot.json';

/** The snapshot's path; `undefined` when the user leaves. */
export async function askSnapshot(): Promise<string | undefined> {
  const rows = await workspaceSnapshots();
  if (rows.length === 0) return browseSnapshot();
  const other = { label: l10n.t('Browse...'), path: undefined };
  const title = l10n.t('Scan Snapshot');
  const chosen = await pick([...rows, other], {
    title,
    placeHolder: l10n.t('Which recorded machine?'),
  });
  return chosen && (chosen.path ?? browseSnapshot());
}

/** The workspace's recordings, by name. */
export async function workspaceSnapshots(): Promise<readonly { readonly label: string; readonly path: string }[]> {
  const found = await workspace.findFiles(PATTERN, '**/node_modules/**', 500);
  return found
    .map((uri) => ({ label: workspace.asRelativePath(uri), path: uri.fsPath }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

/** Any file that the user names. */
export async function browseSnapshot(): Promise<string | undefined> {
  const chosen = await window.showOpenDialog({
    title: l10n.t('Scan Snapshot'),
    openLabel: l10n.t('Scan'),
    filters: { [l10n.t('Recorded machines')]: ['json'] },
  });
  return chosen?.[0]?.fsPath;
}
