/** `directories` of patchlab.json: the domains whose computers a group may have. Read and checked; nobody is asked yet. */
import { isIP } from 'node:net';
import { refusePath } from '../safe-path.ts';
import { parseMachine } from '../machine-name.ts';
import type { DirectorySecurity } from './socket.ts';

export interface Directory {
  /** As patchlab.json calls it. */
  readonly name: string;
  /** `lab.example` */
  readonly domain: string;
  /** Where its tree begins: `DC=lab,DC=example`. */
  readonly base: string;
  /** Asked one after another until one answers; without any, DNS tells the domain controllers. */
  readonly servers: readonly { readonly host: string; readonly port: number | undefined }[];
  readonly security: DirectorySecurity;
  /** A file with the certificates of the authorities that are trusted instead of this computer's. */
  readonly ca: string | undefined;
  /** The domain's own DNS servers, asked for its names instead of this computer's. */
  readonly dns: readonly string[];
  /** The name of the credential that logs on to it; without one, the command's. */
  readonly credential: string | undefined;
}

export type Directories = ReadonlyMap<string, Directory>;

/** A mistake, in a sentence without its full stop. */
export class DirectoryConfigurationError extends Error {}

const FIELDS = new Set(['description', 'domain', 'base', 'servers', 'security', 'ca', 'dns', 'credential']);
export const DIRECTORY_NAME = /^[A-Za-z0-9_](?:[A-Za-z0-9_. -]{0,62}[A-Za-z0-9_])?$/;
const DOMAIN = /^(?!.{254})[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*$/;
const MOST_SERVERS = 16;
const NO_PORT = /^(?:[^:]*|.*\])$/;

/** Reads `directories`; throws a DirectoryConfigurationError. */
export function parseDirectories(value: unknown): Directories {
  if (!isObject(value)) throw new DirectoryConfigurationError('"directories" must be an object: name to directory');
  return new Map(Object.entries(value).map(([name, directory]) => [name, directoryOf(name, directory)]));
}

function directoryOf(name: string, value: unknown): Directory {
  const wrong = (why: string) => new DirectoryConfigurationError(`directory "${name}": ${why}`);
  if (!DIRECTORY_NAME.test(name)) throw wrong('a name is of letters, digits, blanks and "_.-", at most 64');
  if (!isObject(value)) throw wrong('it must be an object');
  const unknown = Object.keys(value).find((field) => !FIELDS.has(field));
  if (unknown !== undefined) throw wrong(`it does not know "${unknown}"`);
  const { domain, base, security = 'ldaps', ca, credential } = value;
  if (typeof domain !== 'string' || !DOMAIN.test(domain)) throw wrong('"domain" must be a DNS name: lab.example');
  if (security !== 'ldaps' && security !== 'starttls' && security !== 'plain')
    throw wrong('"security" can be ldaps, starttls or plain');
  if (base !== undefined && !(typeof base === 'string' && base.includes('=')))
    throw wrong('"base" must be a distinguished name: DC=lab,DC=example');
  if (ca !== undefined && typeof ca !== 'string') throw wrong('"ca" must be a path');
  const refused = ca === undefined ? undefined : refusePath(ca);
  if (refused !== undefined) throw wrong(refused);
  if (credential !== undefined && typeof credential !== 'string') throw wrong('"credential" must be a name');
  return {
    ...{ name, domain: domain.toLowerCase(), base: base ?? baseOf(domain), security, ca, credential },
    servers: listOf(value.servers, 'servers', wrong).map((text) => serverOf(text, wrong)),
    dns: listOf(value.dns, 'dns', wrong).map((text) => nameServerOf(text, wrong)),
  };
}

/** `lab.example` is at `DC=lab,DC=example` (RFC 2247 2); a label of DNS needs no escape there. */
export function baseOf(domain: string): string {
  return domain
    .split('.')
    .map((label) => `DC=${label}`)
    .join(',');
}

type Wrong = (why: string) => DirectoryConfigurationError;

function listOf(value: unknown, field: string, wrong: Wrong): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length > MOST_SERVERS || !value.every((each) => typeof each === 'string'))
    throw wrong(`"${field}" must be a list of at most ${MOST_SERVERS} texts`);
  return value;
}

function serverOf(text: string, wrong: Wrong) {
  const parsed = parseMachine(text);
  if (!parsed.ok) throw wrong(parsed.why.replace('no machine', 'no server'));
  const { host, port } = parsed.value;
  return { host, port: isIP(text) === 6 || NO_PORT.test(text) ? undefined : port };
}

/** As Node's Resolver takes it: an address, with a port or without. */
function nameServerOf(text: string, wrong: Wrong): string {
  const parsed = parseMachine(text);
  if (!parsed.ok || isIP(parsed.value.host) === 0)
    throw wrong(`"${text}" is no DNS server: write ADDRESS or ADDRESS:PORT`);
  return text;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
