/** Removes passwords from the editor's SecretStorage. */
import { l10n, window } from 'vscode';
import { pickMany } from '../../pick.ts';
import type { SavedPasswords } from './passwords.ts';

/** *Forget Saved Password...*: offers what is kept and removes the chosen ones. */
export async function forgetPassword(passwords: SavedPasswords): Promise<void> {
  const kept = await passwords.all();
  if (kept.length === 0) {
    void window.showInformationMessage(l10n.t('Patchlab keeps no password.'));
    return;
  }
  const rows = kept.map((one) => ({ label: one.host, description: one.user, one }));
  const title = l10n.t('Forget Saved Password');
  const chosen = await pickMany(rows, { title });
  for (const { one } of chosen ?? []) await passwords.forget(one.host, one.user);
}
