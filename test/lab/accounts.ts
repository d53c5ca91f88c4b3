/** Windows accounts of a lab machine: names for unix accounts, passwords and states in Samba's own database. */
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runOrThrow } from './run-program.ts';
import { ADMINISTRATOR } from './spec.ts';
import type { LabUser, UserState } from './spec.ts';

/** Unix accounts that every Debian has and nobody uses; each stands for one further Windows account. */
const SPARE_UNIX_ACCOUNTS = ['games', 'man', 'lp', 'mail', 'news', 'uucp', 'proxy', 'backup'] as const;

/** The unix account behind Administrator: the one that runs the lab. */
export function administratorAccount(): string {
  return os.userInfo().username;
}

/** Which unix account stands for which Windows account. */
export function unixAccounts(users: readonly LabUser[]): ReadonlyMap<string, string> {
  if (users.length > SPARE_UNIX_ACCOUNTS.length) {
    throw new Error(`a lab machine has at most ${SPARE_UNIX_ACCOUNTS.length} further users`);
  }
  if (users.length > 0 && process.getuid?.() !== 0) {
    throw new Error('a lab machine with further users must be started as root: Samba changes to their unix accounts');
  }
  const further = users.map((user, index) => [user.name, SPARE_UNIX_ACCOUNTS[index] ?? ''] as const);
  return new Map([[ADMINISTRATOR, administratorAccount()], ...further]);
}

/** Writes Samba's `username map`. */
export function writeUserMap(folder: string, accounts: ReadonlyMap<string, string>): void {
  const lines = [...accounts].map(([windows, unix]) => `${unix} = "${windows}"\n`);
  writeFileSync(path.join(folder, 'users.map'), lines.join(''));
}

/** Adds an account with its password. */
export async function addAccount(conf: string, unix: string, password: string): Promise<void> {
  await runOrThrow('pdbedit', ['-s', conf, '-a', '-u', unix, '-t'], { input: `${password}\n${password}\n` });
}

/** Gives an account a new password. */
export async function setPassword(conf: string, unix: string, password: string): Promise<void> {
  await runOrThrow('pdbedit', ['-s', conf, '-x', '-u', unix]);
  await addAccount(conf, unix, password);
}

/** Puts an account into a state, whatever it was in. */
export async function setAccountState(conf: string, unix: string, state: UserState): Promise<void> {
  const control = { normal: '[]', disabled: '[D]', locked: '[L]', 'must-change': '[]' }[state];
  await runOrThrow('pdbedit', ['-s', conf, '-r', '-u', unix, '-c', control]);
  const mustChange = state === 'must-change' ? 'yes' : 'no';
  await runOrThrow('net', ['-s', conf, 'sam', 'set', 'pwdmustchangenow', unix, mustChange]);
}

/** Makes an account's unix group the machine's group of administrators, S-1-5-32-544: a share's own list may name it. */
export async function makeAdministrators(conf: string, unix: string): Promise<void> {
  const group = (await runOrThrow('id', ['-gn', unix])).trim();
  await runOrThrow('net', [
    ...['-s', conf, 'groupmap', 'add'],
    ...['sid=S-1-5-32-544', `unixgroup=${group}`, 'type=builtin'],
  ]);
}
