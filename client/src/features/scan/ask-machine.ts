/** Asks for a machine, a user and a password, offering what was used before. */
import { l10n, window } from 'vscode';
import { pick } from '../../pick.ts';
import { addressProblem, type AddressProblem } from './machine-address.ts';
import type { SavedPasswords } from './passwords.ts';
import type { RememberedMachines } from './remembered-machines.ts';

export interface AskedMachine {
  readonly host: string;
  readonly user: string;
  readonly password: string;
}

const TITLE = (): string => l10n.t('Scan Machine');

/** `undefined` when the user leaves any of the questions. */
export async function askMachine(
  machines: RememberedMachines,
  passwords: SavedPasswords,
): Promise<AskedMachine | undefined> {
  const asked = await askHostAndUser(machines);
  if (!asked) return undefined;
  const { host, user } = asked;
  const password = await askPassword(passwords, host, user);
  if (password === undefined) return undefined;
  await machines.add({ host, user });
  return { host, user, password };
}

/** The machine and the user alone; the password is asked for when it is needed. */
export async function askHostAndUser(
  machines: RememberedMachines,
  ask: (machines: RememberedMachines) => Promise<string | undefined> = askHost,
): Promise<Omit<AskedMachine, 'password'> | undefined> {
  const host = await ask(machines);
  if (!host) return undefined;
  const user = await askUser(machines, host);
  return user ? { host, user } : undefined;
}

async function askHost(machines: RememberedMachines): Promise<string | undefined> {
  const known = machines.all();
  if (known.length === 0) return typeHost();
  const other = { label: l10n.t('Another machine...'), description: '', host: undefined };
  const rows = known.map((one) => ({ label: one.host, description: one.user, host: one.host }));
  const chosen = await pick([...rows, other], {
    title: TITLE(),
    placeHolder: l10n.t('Which machine?'),
  });
  return chosen && (chosen.host ?? typeHost());
}

/** A machine that was not used before. */
export async function typeHost(value = ''): Promise<string | undefined> {
  const typed = await window.showInputBox({
    title: TITLE(),
    prompt: l10n.t('The machine, as HOST or HOST:PORT'),
    placeHolder: 'ws01.example.test',
    value,
    ignoreFocusOut: true,
    validateInput: (text) => describeProblem(addressProblem(text)),
  });
  return typed?.trim();
}

function describeProblem(problem: AddressProblem | undefined): string | undefined {
  switch (problem) {
    case undefined:
      return undefined;
    case 'empty':
      return l10n.t('Type a host name or an address.');
    case 'share':
      return l10n.t('Only the machine, without a share: HOST or HOST:PORT.');
    case 'port':
      return l10n.t('A port is a number from 1 to 65535.');
    case 'host':
      return l10n.t('This is neither a host name nor an address.');
  }
}

/** As whom; of something else than a machine to be scanned with words of its own. */
export async function askUser(
  machines: RememberedMachines,
  host: string,
  prompt = l10n.t('A user with administrator rights on {0}: USER, DOMAIN\\USER or USER@DOMAIN', host),
): Promise<string | undefined> {
  const before = machines.all().find((one) => one.host.toLowerCase() === host.toLowerCase())?.user;
  const typed = await window.showInputBox({
    title: TITLE(),
    prompt,
    ignoreFocusOut: true,
    ...(before === undefined ? {} : { value: before }),
    validateInput: (text) => (text.trim() ? undefined : l10n.t('Type a user name.')),
  });
  return typed?.trim();
}

async function askPassword(passwords: SavedPasswords, host: string, user: string): Promise<string | undefined> {
  const saved = await passwords.get(host, user);
  if (saved !== undefined) {
    const useSaved = { label: l10n.t('Use the saved password') };
    const rows = [useSaved, { label: l10n.t('Type another password') }];
    const chosen = await pick(rows, { title: TITLE(), placeHolder: `${user} @ ${host}` });
    if (!chosen) return undefined;
    if (chosen === useSaved) return saved;
  }
  return typePassword(host, user);
}

/** The password of a user. */
export function typePassword(host: string, user: string): Thenable<string | undefined> {
  return window.showInputBox({
    title: TITLE(),
    prompt: l10n.t('The password of {0}. It is kept in the editor’s secret storage once {1} accepts it.', user, host),
    password: true,
    ignoreFocusOut: true,
  });
}
