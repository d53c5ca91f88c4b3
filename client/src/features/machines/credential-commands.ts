/** Credentials with names: added, bound to machines, and forgotten, by the user alone. */
import { l10n, window } from 'vscode';
import { pick } from '../../pick.ts';
import { plainMessage } from '../scan/plain-message.ts';
import type { Credentials, NamedCredential } from './credentials.ts';
import { nameProblem } from './questions.ts';

/** *Add Credential...* */
export async function addCredential(credentials: Credentials): Promise<void> {
  const title = l10n.t('Add Credential');
  const taken = (await credentials.all()).filter(({ password }) => password !== undefined).map(({ name }) => name);
  const name = await window.showInputBox({
    ...{ title, ignoreFocusOut: true },
    prompt: l10n.t('A name for it; patchlab.json can ask for a credential by its name, and you decide where it goes'),
    validateInput: (text) => nameProblem(text, taken),
  });
  if (name === undefined) return;
  const user = await window.showInputBox({
    ...{ title, ignoreFocusOut: true },
    prompt: l10n.t('The user: USER, DOMAIN\\USER or USER@DOMAIN'),
    validateInput: (text) => (text.trim() ? undefined : l10n.t('Type a user name.')),
  });
  if (user === undefined) return;
  const password = await window.showInputBox({
    ...{ title, ignoreFocusOut: true, password: true },
    prompt: l10n.t('The password. It is kept in the editor’s secret storage.'),
  });
  if (password === undefined) return;
  const before = await credentials.get(name.trim());
  await credentials.keep({ name: name.trim(), user: user.trim(), password, hosts: before?.hosts ?? [] });
}

/** *Bind Credential...*: a machine to a credential; without a machine, it is asked for. */
export async function bindCredential(credentials: Credentials, machine?: string): Promise<void> {
  const title = l10n.t('Bind Credential');
  const host =
    machine ??
    (await window.showInputBox({ title, prompt: l10n.t('The machine, as HOST or HOST:PORT'), ignoreFocusOut: true }));
  if (host === undefined || host.trim() === '') return;
  const chosen = await askCredential(credentials, title, plainMessage(l10n.t('Which credential is for {0}?', host)));
  if (chosen) await credentials.bind(chosen.name, host.trim());
}

/** *Forget Credential...* */
export async function forgetCredential(credentials: Credentials, given?: NamedCredential): Promise<void> {
  const chosen = given ?? (await askCredential(credentials, l10n.t('Forget Credential'), l10n.t('Which one?')));
  if (chosen) await credentials.forget(chosen.name);
}

async function askCredential(
  credentials: Credentials,
  title: string,
  placeHolder: string,
): Promise<NamedCredential | undefined> {
  const all = await credentials.all();
  if (all.length === 0) {
    void window.showInformationMessage(l10n.t('Patchlab keeps no credential with a name: add one first.'));
    return undefined;
  }
  const rows = all.map((one) => ({ label: one.name, description: one.user, detail: one.hosts.join(', '), one }));
  return (await pick(rows, { title, placeHolder }))?.one;
}
