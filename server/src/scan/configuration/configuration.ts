/** What `patchlab.json` says: content roots, arrivals, store, machine groups, credentials' names and templates; read and checked. */
import { parseSeverities, type Severities } from '../../lint/severities.ts';
import { DirectoryConfigurationError, parseDirectories, type Directories } from '../directory/directory.ts';
import { parseCredentials, type NamedCredentials } from '../groups/credentials.ts';
import { GroupError, parseGroups, type MachineGroups } from '../groups/group.ts';
import { parseNameServers, type NameServer } from '../groups/name-servers.ts';
import { refusePath } from '../safe-path.ts';
import { parseTemplates, TemplateError, type ScanTemplates } from '../template/template.ts';
import { CONFIGURATION_FIELDS, configurationHint } from './hints.ts';
import { JsonError, plainValue, readJson } from './json.ts';

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

/** A mistake in the configuration: a sentence for the user, and where in the text it is, where that can be told. */
export class ConfigurationError extends Error {
  readonly at: number | undefined;

  constructor(message: string, at?: number) {
    super(message);
    this.at = at;
  }
}

/** Checks the text of a patchlab.json; throws a ConfigurationError. */
export function parseConfiguration(text: string): Configuration {
  const value = valueOf(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong('it must be an object');
  const unknown = Object.keys(value).find((name) => !KNOWN.has(name));
  if (unknown !== undefined) throw wrong(`it does not know "${unknown}"`);
  const fields = value as Readonly<Record<string, unknown>>;
  const arrivals = pathOf(fields.arrivals, 'arrivals');
  const store = pathOf(fields.store, 'store');
  const content = contentOf(fields.content);
  const machines = machinesOf(fields);
  const { severities, problems } = parseSeverities(fields.severity);
  if (problems[0] !== undefined) throw new ConfigurationError(`${CONFIGURATION_FILE}: ${problems[0]}`);
  return {
    ...(content && { content }),
    ...(arrivals && { arrivals }),
    ...(store && { store }),
    ...machines,
    ...(severities.size > 0 && { severities }),
  };
}

function valueOf(text: string): unknown {
  try {
    return plainValue(readJson(text));
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const line = text.slice(0, error.at).split('\n').length;
    throw new ConfigurationError(`${CONFIGURATION_FILE} is no JSON: line ${line}: ${error.message}`, error.at);
  }
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

function wrong(why: string): ConfigurationError {
  return new ConfigurationError(`${CONFIGURATION_FILE}: ${why}.${configurationHint(why)}`);
}
