/**
 * Which directories a credential may go to. A directory gets the password itself, not a proof of it, and a workspace names
 * server and authority: so each needs the user's word, of its own kind, and a password in plain text needs it every time.
 */
import { createHash } from 'node:crypto';
import { inert } from '../results/report/inert.ts';
import { canonicalAddress } from '../scan/groups/addresses.ts';
import { hostKey } from '../scan/groups/expand.ts';
import type { DirectoryLogon } from '../scan/directory/ask.ts';
import type { Allowance } from './allowances.ts';
import type { ChosenCredential } from './credential.ts';
import { isAllowedAlready, requireAllowed } from './permission.ts';
import { UsageError, type OptionSpec, type ParsedArguments, type Surroundings } from './verb.ts';

export const DIRECTORY_OPTIONS = {
  'allow-directory': {
    ...{ value: 'NAME', many: true },
    help: 'Lets the password go to this directory of patchlab.json, encrypted, this time.',
  },
  'allow-plain-ldap': {
    ...{ value: 'NAME', many: true },
    help: 'Lets the password go to this directory in plain text, for everyone on the way to read.',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

/** Ends the command with a UsageError unless the user lets the credential go to the directory. */
export async function mayLogOn(
  logon: DirectoryLogon,
  { user, name }: ChosenCredential,
  { args, io }: { readonly args: ParsedArguments; readonly io: Surroundings },
): Promise<void> {
  const { directory, server, ca } = logon;
  const at = `${server.host}:${server.port} (${server.address})`;
  if (directory.security === 'plain') {
    if (!args.all('allow-plain-ldap').includes(directory.name))
      throw new UsageError(
        `The directory "${directory.name}" would get the password in plain text. Set "security" to ldaps or starttls; ` +
          `or, if everyone on the way may read it, give --allow-plain-ldap "${directory.name}"`,
      );
    io.err(inert(`patchlab: the password of ${user} goes to ${at} in plain text; everyone on the way can read it.`));
    io.err('\n');
    return;
  }
  if (args.all('allow-directory').includes(directory.name)) return;
  const allowance: Allowance = {
    ...{ name: hostKey(server.host), address: canonicalAddress(server.address), port: server.port, user },
    ...(name !== undefined && { credential: name }),
    trust: `${directory.security} ${ca === undefined ? 'system' : createHash('sha256').update(ca).digest('hex')}`,
  };
  if ((await isAllowedAlready(io))([allowance])) return;
  const authority = ca === undefined ? 'an authority of this computer' : `an authority of ${directory.ca ?? ''}`;
  await requireAllowed(io, {
    lines: [
      `You have not allowed yet to give the password of ${inert(user)} to the directory:`,
      inert(`  ${directory.name}: ${at} by ${directory.security}, trusted through ${authority}`),
    ],
    allowances: [allowance],
    question: 'Give it the password, now and whenever it is found there with the same trust? [y/N] ',
    instead: `Give --allow-directory "${directory.name}" for this time, or run it in a terminal and allow the directory for good.`,
  });
}
