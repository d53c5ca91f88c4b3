/** `patchlab.json` in the current folder: content roots, arrivals, store and machine groups, so that no command has to repeat them. */
import { readFile } from 'node:fs/promises';
import { parseSeverities, type Severities } from '../lint/severities.ts';
import { DirectoryConfigurationError, parseDirectories, type Directories } from '../scan/directory/directory.ts';
import { parseCredentials, type NamedCredentials } from '../scan/groups/credentials.ts';
import { GroupError, parseGroups, type MachineGroups } from '../scan/groups/group.ts';
import { parseNameServers, type NameServer } from '../scan/groups/name-servers.ts';
import { refusePath } from '../scan/safe-path.ts';
import { parseTemplates, TemplateError, type ScanTemplates } from '../scan/template/template.ts';
import { CONFIGURATION_FIELDS, configurationHint } from './configuration-hints.ts';
import { UsageError } from './verb.ts';

export const CONFIGURATION_FILE = 'patchlab.json';

/** What may stand in patchlab.json; docs/schemas/patchlab-config.schema.json holds the same. */
export interface Configuration {
  readonly content?: readonly string[];
  readonly arrivals?: string;
  readonly store?: string;
  readonly groups?: MachineGroups;
  /** Domains whose computers groups may have. */
  readonly directories?: Directories;
  /** Names of credentials with their users; never a secret. */
  readonly credentials?: NamedCredentials;
  /** What scans leave out, by name. */
  readonly templates?: ScanTemplates;
  /** NetBIOS name servers (WINS) that are asked besides the local networks. */
  readonly netbiosServers?: readonly NameServer[];
  /** Severities of diagnostics that the workspace wants otherwise. */
  readonly severities?: NonNullable<Severities['severities']>;
}

const KNOWN: ReadonlySet<string> = new Set(CONFIGURATION_FIELDS.top);

/** Reads the configuration; a missing file is an empty one, a wrong one is a UsageError. */
export async function readConfiguration(): Promise<Configuration> {
  let text: string;
  try {
    text = await readFile(CONFIGURATION_FILE, 'utf8');
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return {};
    throw new UsageError(`${CONFIGURATION_FILE} cannot be read: ${String(error)}`);
  }
  return parseConfiguration(text);
}

/** Checks the text of a patchlab.json. */
export function parseConfiguration(text: string): Configuration {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${CONFIGURATION_FILE} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong('it must be an object');
  const unknown = Object.keys(value).find((name) => !KNOWN.has(name));
  if (unknown !== undefined) throw wrong(`it does not know "${unknown}"`);
  const fields = value as Readonly<Record<string, unknown>>;
  const arrivals = pathOf(fields.arrivals, 'arrivals');
  const store = pathOf(fields.store, 'store');
  const content = contentOf(fields.content);
  const machines = machinesOf(fields);
  const { severities, problems } = parseSeverities(fields.severity);
  if (problems[0] !== undefined) throw new UsageError(`${CONFIGURATION_FILE}: ${problems[0]}`);
  return {
    ...(content && { content }),
    ...(arrivals && { arrivals }),
    ...(store && { store }),
    ...machines,
    ...(severities.size > 0 && { severities }),
  };
}

type Machines = Pick<Configuration, 'groups' | 'netbiosServers' | 'directories' | 'credentials' | 'templates'>;

function machinesOf(fields: Readonly<Record<string, unknown>>): Machines {
  try {
    const credentials = parseCredentials(fields.credentials ?? {});
    const directories = parseDirectories(fields.directories ?? {});
    for (const { name, credential } of directories.values())
      if (credential !== undefined && !credentials.has(credential))
        throw new DirectoryConfigurationError(`directory "${name}": there is no credential "${credential}"`);
    const known = { directories, credentials: new Set(credentials.keys()) };
    return {
      ...(credentials.size > 0 && { credentials }),
      ...(directories.size > 0 && { directories }),
      ...(fields.groups !== undefined && { groups: parseGroups(fields.groups, known) }),
      ...(fields.netbios !== undefined && { netbiosServers: parseNameServers(fields.netbios) }),
      ...(fields.templates !== undefined && { templates: parseTemplates(fields.templates) }),
    };
  } catch (error) {
    const isMistake = [GroupError, DirectoryConfigurationError, TemplateError].some((kind) => error instanceof kind);
    if (isMistake && error instanceof Error) throw wrong(error.message);
    throw error;
  }
}

function contentOf(value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw wrong('"content" must be a list of paths');
  return value.map((each) => pathOf(each, 'content') ?? '');
}

function pathOf(value: unknown, name: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw wrong(`"${name}" must be a path`);
  const refused = refusePath(value);
  if (refused !== undefined) throw wrong(refused);
  return value;
}

function wrong(why: string): UsageError {
  return new UsageError(`${CONFIGURATION_FILE}: ${why}.${configurationHint(why)}`);
}
