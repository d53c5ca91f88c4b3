/**
 * Which machines of workspaces the user has allowed a credential for. The list belongs to the user and lies outside every
 * workspace: a workspace can name machines, but not aim a credential at them. It holds no secret.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { canonicalAddress } from '../scan/groups/addresses.ts';
import { hostKey } from '../scan/groups/expand.ts';
import type { ResolvedMachine } from '../scan/steps/resolve.ts';
import { UsageError, type Surroundings } from './verb.ts';

const SCHEMA = 'patchlab-allowances/1';

/** One allowance: this user may log on to this machine of this group at this address and port. Another of any of these asks again. */
export interface Allowance {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  /** The group of patchlab.json that has it, below those that have the group; absent where the user named the machine. */
  readonly group?: string;
  /** The name that patchlab.json has for the credential; absent where the user gave it by --user. */
  readonly credential?: string;
  /** Of a directory that gets the password itself: how it proves who it is. Absent for machines. */
  readonly trust?: string;
}

/** Where the list lies. */
export function allowancesFile(env: Surroundings['env'], platform: NodeJS.Platform = process.platform): string {
  const base =
    platform === 'win32'
      ? (env.APPDATA ?? path.join(os.homedir(), 'AppData', 'Roaming'))
      : (env.XDG_CONFIG_HOME ?? path.join(os.homedir(), '.config'));
  return path.join(base, 'patchlab', 'allowances.json');
}

/** The allowances that a machine needs: one for each of its addresses in each group that asks for it. */
export function allowancesFor(
  machine: ResolvedMachine & { readonly groups?: readonly string[] },
  { user, name: credential }: { readonly user: string; readonly name?: string },
): readonly Allowance[] {
  const name = hostKey(machine.host);
  const groups = machine.groups?.length ? machine.groups.map((group) => ({ group })) : [{}];
  return groups.flatMap((group) =>
    machine.addresses.map((address) => ({
      ...{ name, address: canonicalAddress(address), port: machine.port, user, ...group },
      ...(credential !== undefined && { credential }),
    })),
  );
}

/** Reads the list; a missing file is an empty one, a broken one ends the command rather than being written over. */
export async function readAllowances(file: string): Promise<readonly Allowance[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return [];
    throw new UsageError(`The list of allowed machines "${file}" cannot be read: ${String(error)}`);
  }
  try {
    const { schema, allowed } = JSON.parse(text) as { schema?: unknown; allowed?: unknown };
    if (schema === SCHEMA && Array.isArray(allowed) && allowed.every(isAllowance)) return allowed;
  } catch {
    // Told below, as for every other text that is no such list.
  }
  throw new UsageError(`"${file}" is no list of allowed machines (${SCHEMA}): mend or remove it.`);
}

/** Adds to the list, whole or not at all. */
export async function addAllowances(file: string, added: readonly Allowance[]): Promise<void> {
  const before = await readAllowances(file);
  const all = new Map([...before, ...added].map((each) => [keyOf(each), each]));
  const temporary = `${file}.${process.pid}.tmp`;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(temporary, `${JSON.stringify({ schema: SCHEMA, allowed: [...all.values()] }, null, 2)}\n`, {
    mode: 0o600,
  });
  await rename(temporary, file);
}

/** Whether every one of them is in the list. */
export function areAllowed(wanted: readonly Allowance[], list: readonly Allowance[]): boolean {
  const known = new Set(list.map(keyOf));
  return wanted.every((each) => known.has(keyOf(each)));
}

function keyOf({ name, address, port, user, group, credential, trust }: Allowance): string {
  return JSON.stringify([name, address, port, user, group ?? null, credential ?? null, trust ?? null]);
}

function isAllowance(value: unknown): value is Allowance {
  if (typeof value !== 'object' || value === null) return false;
  const { name, address, port, user, ...more } = value as Readonly<Record<string, unknown>>;
  const texts = [name, address, user, more.group ?? '', more.credential ?? '', more.trust ?? ''];
  return texts.every((each) => typeof each === 'string') && typeof port === 'number';
}
