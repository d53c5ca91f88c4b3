/**
 * The credentials of a command: users by option or by their names in patchlab.json, passwords by environment, stdin or file,
 * never by argument and never from the workspace.
 */
import { readFile } from 'node:fs/promises';
import { passwordVariable, type NamedCredentials } from '../scan/groups/credentials.ts';
import type { Credential } from '../scan/options.ts';
import { refusePath } from '../scan/safe-path.ts';
import { closest } from '../syntax/suggest.ts';
import { readConfiguration } from './configuration.ts';
import { UsageError, type OptionSpec, type ParsedArguments, type Surroundings } from './verb.ts';

export const CREDENTIAL_OPTIONS = {
  user: { value: 'USER', help: 'NAME, DOMAIN\\NAME or NAME@DOMAIN. The password comes from PATCHLAB_PASSWORD, or:' },
  'password-stdin': { help: 'Reads the password from standard input: its first line.' },
  'password-file': {
    ...{ value: '[NAME=]FILE', many: true, path: true },
    help: 'Reads the password from a file: its first line. With NAME= that of a credential of patchlab.json.',
  },
  credential: {
    value: 'NAME',
    help: 'Instead of --user, a credential of patchlab.json; its password comes from PATCHLAB_PASSWORD_NAME.',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

/** A credential, and the name that patchlab.json has for it. */
export interface ChosenCredential extends Credential {
  readonly name?: string;
}

/** Every credential that a command may need, each read once, when it is needed. */
export interface Credentials {
  /** The one of that name, or the command's own; a UsageError that never shows a secret where there is none. */
  readonly get: (name: string | undefined) => Promise<ChosenCredential>;
  /** Whether the user has given a password for it. */
  readonly has: (name: string | undefined) => boolean;
}

/** Reads the command's own credential, or ends the command with a UsageError that never shows it. */
export async function credentialFor(args: ParsedArguments, io: Surroundings): Promise<ChosenCredential> {
  return await (await credentialsFor(args, io)).get(undefined);
}

/** The credentials that options, environment and patchlab.json make up together. */
export async function credentialsFor(args: ParsedArguments, io: Surroundings): Promise<Credentials> {
  const named: NamedCredentials = (await readConfiguration()).credentials ?? new Map();
  const own = args.one('credential');
  if (own !== undefined && args.has('user')) throw new UsageError('Give --user or --credential, not both.');
  if (own !== undefined && !named.has(own)) throw new UsageError(noCredential(own, named));
  const files = passwordFiles(args, named, own);
  if (files.has(own) && args.has('password-stdin'))
    throw new UsageError('Give --password-stdin or --password-file, not both.');
  const read = async (name: string | undefined): Promise<string | undefined> => {
    if (name === own && args.has('password-stdin')) return firstLine(await io.readStdin());
    const file = files.get(name);
    if (file !== undefined) return await passwordIn(file);
    return io.env[name === undefined ? 'PATCHLAB_PASSWORD' : passwordVariable(name)];
  };
  const known = new Map<string | undefined, Promise<ChosenCredential>>();
  const load = async (name: string | undefined): Promise<ChosenCredential> => {
    const user = name === undefined ? args.one('user') : named.get(name)?.user;
    if (user === undefined || user.trim() === '') throw new UsageError('As whom? Give --user NAME.');
    const password = await read(name);
    if (password === undefined || password === '') throw new UsageError(noPassword(name));
    return { user, password, ...(name !== undefined && { name }) };
  };
  return {
    get: (name = own) => {
      const credential = known.get(name) ?? load(name);
      known.set(name, credential);
      return credential;
    },
    has: (name = own) =>
      name === undefined
        ? args.has('user')
        : files.has(name) ||
          (name === own && args.has('password-stdin')) ||
          io.env[passwordVariable(name)] !== undefined,
  };
}

/** `NAME=FILE` is that of a credential only where patchlab.json has one of that name: file names may hold `=`. */
function passwordFiles(
  args: ParsedArguments,
  named: NamedCredentials,
  own: string | undefined,
): ReadonlyMap<string | undefined, string> {
  const files = new Map<string | undefined, string>();
  for (const text of args.all('password-file')) {
    const [, before, after] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    const isNamed = before !== undefined && after !== undefined && named.has(before);
    const [name, file] = isNamed ? [before, after] : [own, text];
    const refused = refusePath(file);
    if (refused !== undefined) throw new UsageError(refused);
    if (files.has(name)) throw new UsageError('--password-file can be given only once for each credential.');
    files.set(name, file);
  }
  return files;
}

async function passwordIn(file: string): Promise<string> {
  try {
    return firstLine(await readFile(file, 'utf8'));
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unreadable';
    throw new UsageError(`The password file "${file}" cannot be read: ${code}.`);
  }
}

function noPassword(name: string | undefined): string {
  if (name === undefined)
    return 'There is no password. Set PATCHLAB_PASSWORD, or give --password-stdin or --password-file FILE.';
  return `There is no password of the credential "${name}". Set ${passwordVariable(name)}, or give --password-file ${name}=FILE.`;
}

function noCredential(name: string, named: NamedCredentials): string {
  const near = closest<string>(name, [...named.keys()]);
  return `There is no credential "${name}": ${near === undefined ? 'patchlab.json has none of that name' : `did you mean ${near}?`}`;
}

function firstLine(text: string): string {
  return text.replace(/^\uFEFF/, '').split(/\r?\n/)[0] ?? '';
}
