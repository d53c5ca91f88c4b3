/** Finds the machines of a group, as a scan of the command line does. A directory gets a credential when the user says so. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type {
  DirectoryLogonParams,
  LocatedRow,
  LocateParams,
  LocateReply,
  LogonCredential,
} from '../../protocol/machines.ts';
import { ConfigurationError, type Configuration } from '../../scan/configuration/configuration.ts';
import { finderFor } from '../../scan/configuration/finder.ts';
import { askDirectories, type DirectoryAnswers, type DirectoryLogon } from '../../scan/directory/ask.ts';
import type { Directories } from '../../scan/directory/directory.ts';
import { DomainNames } from '../../scan/directory/dns.ts';
import { expandGroup, hostKey, questionsOf, uniteMembers, type Member } from '../../scan/groups/expand.ts';
import { locate } from '../../scan/groups/locate.ts';
import { formatMachine, parseMachine } from '../../scan/machine-name.ts';
import type { Credential } from '../../scan/options.ts';
import { pathOfUri } from '../uris.ts';
import { readConfigurationOf } from './read.ts';

export interface Locating {
  readonly signal: AbortSignal;
  readonly tell: (message: string) => void;
  /** Asks the user for the credential of a directory; null where it is not given. */
  readonly logon: (params: DirectoryLogonParams) => Promise<LogonCredential | null>;
}

/** The machines of a group, or one of them. Throws, in words for the user, where patchlab.json does not have it. */
export async function locateGroup(params: LocateParams, locating: Locating): Promise<LocateReply> {
  const configuration = await readConfigurationOf(params.uri);
  const { groups = new Map() } = configuration;
  if (!groups.has(params.group)) throw new ConfigurationError(`patchlab.json has no group "${params.group}" any more`);
  const { signal, tell } = locating;
  const names = new DomainNames(configuration.directories ?? new Map());
  const all = expandGroup(groups, params.group);
  const wanted = params.machine === undefined ? all : one(all, params.machine);
  const isAsked = params.machine === undefined || wanted.length === 0;
  const answers = isAsked ? await ask(params, { configuration, names, locating }) : NOBODY;
  const told = params.machine === undefined ? answers.members : one(answers.members, params.machine);
  tell('looking names up');
  const members = uniteMembers([wanted, told]);
  if (params.machine !== undefined && members.length === 0)
    throw new ConfigurationError(`${params.machine} is not in the group "${params.group}" of patchlab.json any more`);
  const found = await locate(members, { signal, tell, find: finderFor(configuration, names, signal) });
  const errors = answers.asked.flatMap(({ place, error }) => (error ? [{ machine: place, error }] : []));
  return {
    machines: found.machines.map((machine): LocatedRow => {
      const credential =
        machine.credential === undefined ? undefined : configuration.credentials?.get(machine.credential);
      return {
        ...{ machine: formatMachine(machine), host: machine.host, port: machine.port, origins: machine.origins },
        ...{ addresses: machine.addresses, foundBy: machine.foundBy },
        ...(credential && { credential: { name: credential.name, user: credential.user } }),
      };
    }),
    failures: [...found.failures, ...errors].map(({ machine, error }) => {
      return { machine, failed: { step: 1, name: 'resolve', ...error } };
    }),
    warnings: [...answers.warnings, ...found.warnings],
    silent: found.silent,
  };
}

const NOBODY: DirectoryAnswers = { members: [], asked: [], leftOut: [], warnings: [] };

/** The member of that name and port; else of that name, for its port may be another now. */
function one(members: readonly Member[], machine: string): readonly Member[] {
  const exact = members.filter((member) => formatMachine(member).toLowerCase() === machine.toLowerCase());
  if (exact.length > 0) return exact;
  const parsed = parseMachine(machine);
  return parsed.ok ? members.filter(({ host }) => hostKey(host) === hostKey(parsed.value.host)) : [];
}

interface Asking {
  readonly configuration: Configuration;
  readonly names: DomainNames;
  readonly locating: Locating;
}

async function ask(params: LocateParams, { configuration, names, locating }: Asking): Promise<DirectoryAnswers> {
  const questions = questionsOf(configuration.groups ?? new Map(), params.group);
  if (questions.length === 0) return NOBODY;
  const folder = path.dirname(pathOfUri(params.uri) ?? '');
  const directories: Directories = configuration.directories ?? new Map();
  const wanted = new Map([...directories].filter(([name]) => questions.some(({ place }) => place.directory === name)));
  const plain = [...wanted.values()].find(({ security }) => security === 'plain');
  if (plain)
    throw new ConfigurationError(
      `the directory "${plain.name}" would get the password in plain text: set "security" to ldaps or starttls`,
    );
  return await askDirectories(questions, {
    ...{ directories: wanted, names, signal: locating.signal, tell: locating.tell },
    refusals: new RefusedUsers(),
    readCa: (file) => readFile(path.resolve(folder, file), 'utf8'),
    credentialFor: async (logon) => {
      const given = await locating.logon(logonParams(params, logon, configuration));
      if (!given) throw new ConfigurationError(`the directory "${logon.directory.name}" was given no credential`);
      return given;
    },
  });
}

function logonParams(
  { uri, group }: LocateParams,
  { directory, server, ca }: DirectoryLogon,
  { credentials }: Configuration,
): DirectoryLogonParams {
  const credential = directory.credential === undefined ? undefined : credentials?.get(directory.credential);
  return {
    ...{ uri, group, directory: directory.name, host: server.host, port: server.port, address: server.address },
    security: directory.security,
    trust: ca === undefined ? 'system' : createHash('sha256').update(ca).digest('hex'),
    ...(credential && { credential: { name: credential.name, user: credential.user } }),
  };
}

/** Users whom a directory has refused: their password is used nowhere again. */
class RefusedUsers {
  readonly #users = new Set<string>();
  isRefused({ user }: Credential): boolean {
    return this.#users.has(user.toLowerCase());
  }
  add({ user }: Credential): void {
    this.#users.add(user.toLowerCase());
  }
}
