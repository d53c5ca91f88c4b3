/** What an untrusted workspace may not do, and how that is said. */
import { commands, l10n, window, workspace } from 'vscode';

/** An untrusted workspace cannot scan: its content would decide what is read from a machine with the user's credential. */
export async function mayScan(): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const manage = l10n.t('Manage Workspace Trust');
  const chosen = await window.showWarningMessage(
    l10n.t(
      'This workspace is not trusted, so Patchlab does not scan: its content would decide what is read with your credentials.',
    ),
    manage,
  );
  if (chosen === manage) await commands.executeCommand('workbench.trust.manage');
  return false;
}
