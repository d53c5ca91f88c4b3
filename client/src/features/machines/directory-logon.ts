/** The credential of a directory that a group needs the answer of: it gets the password itself, so it is asked about in words of its own. */
import { l10n } from 'vscode';
import type { DirectoryLogonParams, LogonCredential } from '../../../../server/src/protocol/machines.ts';
import { askUser, typePassword } from '../scan/ask-machine.ts';
import type { LogonSources } from './logons.ts';
import { areAllowed } from './ask-allowance.ts';

/** `null` where the user does not want to. */
export async function directoryLogon(
  { credentials, allowances, machines }: Omit<LogonSources, 'passwords'>,
  { uri, group, host, port, address, security, trust, credential }: DirectoryLogonParams,
): Promise<LogonCredential | null> {
  const kept = credential && (await credentials.get(credential.name));
  const asWhom = l10n.t(
    'A user who may read the directory {0}: a distinguished name, DOMAIN\\USER or USER@DOMAIN',
    host,
  );
  const user = kept?.user ?? credential?.user ?? (await askUser(machines, host, asWhom));
  if (user === undefined) return null;
  const wanted = { uri, group, host, port, address, user, credential: credential?.name ?? '' };
  if (!(await areAllowed(allowances, [{ ...wanted, trust: `${security} ${trust}` }]))) return null;
  const password = kept?.password ?? (await typePassword(host, user));
  return password === undefined ? null : { user, password };
}
