/** `credentials` of patchlab.json: names and their users. A password never stands there; it comes from who runs the command. */
import { GroupError, isObject } from './parsing.ts';

export interface NamedCredential {
  readonly name: string;
  /** `NAME`, `DOMAIN\NAME` or `NAME@DOMAIN`; for a directory also a distinguished name. */
  readonly user: string;
}

export type NamedCredentials = ReadonlyMap<string, NamedCredential>;

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,62}$/;
const SECRETS = /pass|secret|token|hash|key/i;

/** The environment variable that has the password of a credential: `PATCHLAB_PASSWORD_DESK_TOPS` for `desk-tops`. */
export function passwordVariable(name: string): string {
  return `PATCHLAB_PASSWORD_${name.toUpperCase().replaceAll('-', '_')}`;
}

/** Reads `{ NAME: { "user": ... } }`; throws a GroupError. */
export function parseCredentials(value: unknown): NamedCredentials {
  if (!isObject(value)) throw new GroupError('"credentials" must be an object: name to { "user": ... }');
  const credentials = new Map(Object.entries(value).map(([name, given]) => [name, credentialOf(name, given)]));
  const variables = new Map<string, string>();
  for (const name of credentials.keys()) {
    const other = variables.get(passwordVariable(name));
    if (other !== undefined)
      throw new GroupError(`credentials "${other}" and "${name}" would share the variable ${passwordVariable(name)}`);
    variables.set(passwordVariable(name), name);
  }
  return credentials;
}

function credentialOf(name: string, value: unknown): NamedCredential {
  const wrong = (why: string) => new GroupError(`credential "${name}": ${why}`);
  if (!NAME.test(name)) throw wrong('a name begins with a letter and is of letters, digits, "_" and "-", at most 63');
  if (!isObject(value)) throw wrong('it must be an object');
  const unknown = Object.keys(value).find((field) => field !== 'user' && field !== 'description');
  if (unknown !== undefined && SECRETS.test(unknown))
    throw wrong(`secrets never stand in patchlab.json: take "${unknown}" out, and set ${passwordVariable(name)}`);
  if (unknown !== undefined) throw wrong(`it does not know "${unknown}"`);
  if (typeof value.user !== 'string' || value.user.trim() === '') throw wrong('"user" must be a text');
  return { name, user: value.user };
}
