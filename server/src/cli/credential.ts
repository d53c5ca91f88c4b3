/** The credential of a scan: the user by option, the password by environment, stdin or file, never by argument. */
import { readFile } from 'node:fs/promises';
import type { Credential } from '../scan/options.ts';
import { UsageError, type OptionSpec, type ParsedArguments, type Surroundings } from './verb.ts';

export const CREDENTIAL_OPTIONS = {
  user: { value: 'USER', help: 'NAME, DOMAIN\\NAME or NAME@DOMAIN. The password comes from PATCHLAB_PASSWORD, or:' },
  'password-stdin': { help: 'Reads the password from standard input: its first line.' },
  'password-file': { value: 'FILE', path: true, help: 'Reads the password from a file: its first line.' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

/** Reads the credential, or ends the command with a UsageError that never shows it. */
export async function credentialFor(args: ParsedArguments, io: Surroundings): Promise<Credential> {
  const user = args.one('user');
  if (user === undefined || user.trim() === '') throw new UsageError('As whom? Give --user NAME.');
  const password = await passwordFor(args, io);
  if (password === undefined || password === '') {
    throw new UsageError(
      'There is no password. Set PATCHLAB_PASSWORD, or give --password-stdin or --password-file FILE.',
    );
  }
  return { user, password };
}

async function passwordFor(args: ParsedArguments, io: Surroundings): Promise<string | undefined> {
  const file = args.one('password-file');
  if (file !== undefined && args.has('password-stdin'))
    throw new UsageError('Give --password-stdin or --password-file, not both.');
  if (args.has('password-stdin')) return firstLine(await io.readStdin());
  if (file === undefined) return io.env.PATCHLAB_PASSWORD;
  try {
    return firstLine(await readFile(file, 'utf8'));
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unreadable';
    throw new UsageError(`The password file "${file}" cannot be read: ${code}.`);
  }
}

function firstLine(text: string): string {
  return text.replace(/^\uFEFF/, '').split(/\r?\n/)[0] ?? '';
}
