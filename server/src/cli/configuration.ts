/** `patchlab.json` in the current folder: content roots, arrivals, store and machine groups, so that no command has to repeat them. */
import { readFile } from 'node:fs/promises';
import { parseSeverities, type Severities } from '../lint/severities.ts';
import { GroupError, parseGroups, type MachineGroups } from '../scan/groups/group.ts';
import { parseNameServers, type NameServer } from '../scan/groups/name-servers.ts';
import { refusePath } from '../scan/safe-path.ts';
import { UsageError } from './verb.ts';

export const CONFIGURATION_FILE = 'patchlab.json';

/** What may stand in patchlab.json; docs/schemas/patchlab-config.schema.json holds the same. */
export interface Configuration {
  readonly content?: readonly string[];
  readonly arrivals?: string;
  readonly store?: string;
  readonly groups?: MachineGroups;
  /** NetBIOS name servers (WINS) that are asked besides the local networks. */
  readonly netbiosServers?: readonly NameServer[];
  /** Severities of diagnostics that the workspace wants otherwise. */
  readonly severities?: NonNullable<Severities['severities']>;
}

const KNOWN = new Set(['$schema', 'content', 'arrivals', 'store', 'groups', 'netbios', 'severity']);

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
  const { groups, netbiosServers } = machinesOf(fields);
  const { severities, problems } = parseSeverities(fields.severity);
  if (problems[0] !== undefined) throw new UsageError(`${CONFIGURATION_FILE}: ${problems[0]}`);
  return {
    ...(content && { content }),
    ...(arrivals && { arrivals }),
    ...(store && { store }),
    ...(groups && { groups }),
    ...(netbiosServers && { netbiosServers }),
    ...(severities.size > 0 && { severities }),
  };
}

function machinesOf(fields: Readonly<Record<string, unknown>>): Pick<Configuration, 'groups' | 'netbiosServers'> {
  try {
    return {
      ...(fields.groups !== undefined && { groups: parseGroups(fields.groups) }),
      ...(fields.netbios !== undefined && { netbiosServers: parseNameServers(fields.netbios) }),
    };
  } catch (error) {
    if (error instanceof GroupError) throw wrong(error.message);
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
  return new UsageError(`${CONFIGURATION_FILE}: ${why}.`);
}
