/**
 * As whom to log on to a machine: a credential that the user bound to it, or that is kept for it, or that is asked for. To a
 * machine that a workspace names only after the user has said so: nothing has gone there before.
 */
import { l10n } from 'vscode';
import { pick } from '../../pick.ts';
import type { LocatedRow } from '../../../../server/src/protocol/machines.ts';
import type { FailedStep, FoundMachine } from '../../../../server/src/protocol/scan.ts';
import { askUser, typePassword } from '../scan/ask-machine.ts';
import type { SavedPasswords } from '../scan/passwords.ts';
import { plainMessage } from '../scan/plain-message.ts';
import type { RememberedMachines } from '../scan/remembered-machines.ts';
import type { Allowance, Allowances } from './allowances.ts';
import { areAllowed } from './ask-allowance.ts';
import type { Credentials } from './credentials.ts';

/** Who logs on where. */
export interface Logon {
  /** `HOST` or `HOST:PORT` */
  readonly host: string;
  readonly user: string;
  readonly password: string;
  readonly found?: FoundMachine;
  /** Keeps what the machine took, and forgets what it refused. */
  readonly settle: (summary: {
    readonly loggedOn: boolean;
    readonly failed: Pick<FailedStep, 'step' | 'code'> | null;
  }) => Promise<void>;
}

/** A user, with the password where one is kept. */
interface Who {
  /** Of a credential with a name. */
  readonly name?: string;
  readonly user: string;
  readonly password?: string | undefined;
}

export interface LogonSources {
  readonly machines: RememberedMachines;
  readonly passwords: SavedPasswords;
  readonly credentials: Credentials;
  readonly allowances: Allowances;
}

interface Group {
  readonly uri: string;
  readonly name: string;
}

export class Logons {
  readonly #sources: LogonSources;

  constructor(sources: LogonSources) {
    this.#sources = sources;
  }

  /** To a machine that the user has named. */
  async toOwn(host: string, user: string, typed?: string): Promise<Logon | undefined> {
    if (typed !== undefined) return this.#logon(host, { user, password: typed });
    const bound = await this.#sources.credentials.boundTo(host);
    const who: Who = bound ?? { user, password: await this.#sources.passwords.get(host, user) };
    const [complete] = (await completed([{ host, who }])) ?? [];
    return complete && this.#logon(host, complete);
  }

  /** To machines of a group, as they were found; nothing where the user leaves, or does not want it. */
  async toGroup(group: Group, rows: readonly LocatedRow[]): Promise<readonly Logon[] | undefined> {
    const chosen: { readonly host: string; readonly row: LocatedRow; readonly who: Who }[] = [];
    let common: Who | undefined;
    for (const row of rows) {
      const known = await this.#whoFor(row);
      const who = known ?? (common ??= await this.#askWho(row.machine, group));
      if (!who) return undefined;
      const password = who.password ?? (await this.#sources.passwords.get(row.machine, who.user));
      chosen.push({ host: row.machine, row, who: { ...who, password } });
    }
    const wanted = chosen.flatMap(({ row, who }) => allowancesFor(group, row, who));
    if (!(await areAllowed(this.#sources.allowances, wanted))) return undefined;
    const complete = await completed(chosen);
    return complete?.map((who, at) => {
      const row = chosen[at]?.row;
      const found = row && { addresses: row.addresses, foundBy: row.foundBy };
      return { ...this.#logon(row?.machine ?? '', who), ...(found && { found }) };
    });
  }

  /** What patchlab.json asks for by name counts where the user has it; what the user bound counts before it. */
  async #whoFor({ machine, credential }: LocatedRow): Promise<Who | undefined> {
    const { credentials } = this.#sources;
    const bound = await credentials.boundTo(machine);
    if (bound || !credential) return bound;
    return (await credentials.get(credential.name)) ?? { name: credential.name, user: credential.user };
  }

  async #askWho(machine: string, group: Group): Promise<Who | undefined> {
    const kept = (await this.#sources.passwords.all()).find(({ host }) => host.toLowerCase() === machine.toLowerCase());
    const named = await this.#sources.credentials.all();
    if (kept && named.length === 0) return { user: kept.user };
    if (named.length === 0) return asUser(await askUser(this.#sources.machines, machine));
    const other = { label: l10n.t('Another user...'), description: '', who: undefined };
    const rows = named.map((who) => ({ label: who.name, description: who.user, who }));
    const chosen = await pick([...rows, other], {
      title: plainMessage(l10n.t('Machines of {0}', group.name)),
      placeHolder: l10n.t('With which credential?'),
    });
    return chosen && (chosen.who ?? asUser(await askUser(this.#sources.machines, machine)));
  }

  #logon(host: string, { name, user, password = '' }: Who): Logon {
    const { credentials, passwords } = this.#sources;
    return {
      ...{ host, user, password },
      // A password is worth keeping once a machine took it. One that was refused must not be tried again unseen.
      settle: async ({ loggedOn, failed }) => {
        const isRefused = !loggedOn && failed?.step === 2 && failed.code.startsWith('451');
        if (name === undefined) {
          if (loggedOn) await passwords.keep(host, user, password);
          else if (isRefused) await passwords.forget(host, user);
          return;
        }
        const before = await credentials.get(name);
        if (loggedOn && before?.password !== password)
          await credentials.keep({ name, user, password, hosts: before?.hosts ?? [] });
        if (isRefused) await credentials.forgetPassword(name);
      },
    };
  }
}

const asUser = (user: string | undefined): Who | undefined => (user === undefined ? undefined : { user });

/** Asks for each password that is not kept, once for each user. */
async function completed(
  all: readonly { readonly host: string; readonly who: Who }[],
): Promise<readonly Who[] | undefined> {
  const typed = new Map<string, string>();
  const complete: Who[] = [];
  for (const { host, who } of all) {
    const key = JSON.stringify([who.name?.toLowerCase() ?? null, who.user.toLowerCase()]);
    const password = who.password ?? typed.get(key) ?? (await typePassword(host, who.user));
    if (password === undefined) return undefined;
    if (who.password === undefined) typed.set(key, password);
    complete.push({ ...who, password });
  }
  return complete;
}

/** One for each of its addresses: another one asks again. */
function allowancesFor({ uri, name }: Group, row: LocatedRow, who: Who): readonly Allowance[] {
  const { host, port } = row;
  return row.addresses.map((address) => ({
    ...{ uri, group: name, host, port, address },
    ...{ credential: row.credential?.name ?? who.name ?? '', user: who.user },
  }));
}
