/**
 * What scans have changed on machines and not undone yet, in the user's own folder, one file a machine and scan. It is written
 * before the change: a scan that is killed leaves it behind, and the next scan of the machine undoes what it says.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { LiveConnection } from '../../machine/live/live.ts';

const SCHEMA = 'patchlab-changes/1';
/** By then every scan is over; what has lived longer only has a process id that is another's now. */
const LONGEST_SCAN_MS = 24 * 60 * 60 * 1000;

/** What one scan changes on one machine. */
export interface ChangeRecord {
  readonly schema: typeof SCHEMA;
  /** Also the file's name. */
  readonly id: string;
  readonly process: { readonly pid: number; readonly began: string | null };
  /** When it was made, ISO 8601. */
  readonly made: string;
  /** Who the machine says that it is: `ws01 ws01.contoso.example`. */
  readonly machine: string;
  /** The name of the temporary share. */
  readonly share?: string;
  /** A service that was stopped before, and perhaps disabled. */
  readonly service?: { readonly name: string; readonly disabled: boolean };
  /** The scan is at its end and undoes this now: it needs the service no longer. */
  readonly ending?: true;
}

export type Change = Pick<ChangeRecord, 'share' | 'service'>;

/** Who the machine says that it is: it may be asked for by several names. */
export function keyOf({
  names: { computer, dnsComputer },
  address,
}: Pick<LiveConnection, 'names' | 'address'>): string {
  return [computer ?? address, dnsComputer].join(' ').toLowerCase();
}

/** A change in the words of a log. */
export function describe({ share, service }: Change): string {
  const all = [
    ...(share === undefined ? [] : [`the temporary share ${share}`]),
    ...(service ? [`the service ${service.name}, which was ${service.disabled ? 'disabled' : 'stopped'}`] : []),
  ];
  return all.join(' and ');
}

/** Where changes that are not undone are kept. */
export function changesFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
  const base =
    platform === 'win32'
      ? (env.LOCALAPPDATA ?? path.join(os.homedir(), 'AppData', 'Local'))
      : (env.XDG_STATE_HOME ?? path.join(os.homedir(), '.local', 'state'));
  return path.join(base, 'patchlab', 'changes');
}

/** The records of scans that run in this process. */
const running = new Set<string>();

export class Journal {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A record for one scan of one machine, not written yet. */
  begin(machine: string): ChangeRecord {
    const id = randomBytes(8).toString('hex');
    running.add(id);
    const { pid } = process;
    return { schema: SCHEMA, id, process: { pid, began: beginOf(pid) }, made: new Date().toISOString(), machine };
  }

  /** Writes a record so that it lasts, also where the machine loses power the next moment. */
  async write(record: ChangeRecord): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const file = this.#file(record.id);
    const temporary = `${file}.${process.pid}.tmp`;
    const handle = await open(temporary, 'w', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(record)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  }

  /** All is undone. */
  async remove({ id }: ChangeRecord): Promise<void> {
    await rm(this.#file(id), { force: true });
    running.delete(id);
  }

  /** The scan is over, whatever it leaves. */
  leave({ id }: ChangeRecord): void {
    running.delete(id);
  }

  /** What scans of a machine have changed, each with whether its scan still runs. */
  async of(machine: string): Promise<readonly { readonly record: ChangeRecord; readonly runs: boolean }[]> {
    const records = await this.#all();
    return records.filter((record) => record.machine === machine).map((record) => ({ record, runs: runs(record) }));
  }

  /** Marks the shares of this user's installation: what was made by another is not ours to remove. */
  async owner(): Promise<string> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const file = path.join(this.#folder, 'owner');
    try {
      const handle = await open(file, 'wx', 0o600);
      try {
        await handle.writeFile(randomBytes(8).toString('hex'));
      } finally {
        await handle.close();
      }
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    return (await readFile(file, 'utf8')).trim();
  }

  async #all(): Promise<readonly ChangeRecord[]> {
    const names = await readdir(this.#folder).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    });
    const records = await Promise.all(
      names.filter((name) => name.endsWith('.json')).map((name) => readRecord(path.join(this.#folder, name))),
    );
    return records.flatMap((record) => record ?? []);
  }

  #file(id: string): string {
    return path.join(this.#folder, `${id}.json`);
  }
}

/** A record that another scan removes meanwhile, or that is none, says nothing. */
async function readRecord(file: string): Promise<ChangeRecord | undefined> {
  try {
    const record = JSON.parse(await readFile(file, 'utf8')) as Partial<ChangeRecord>;
    const isOne = record.schema === SCHEMA && /^[0-9a-f]{16}$/.test(record.id ?? '') && record.process !== undefined;
    return isOne && path.basename(file) === `${record.id}.json` ? (record as ChangeRecord) : undefined;
  } catch {
    return undefined;
  }
}

function runs({ id, process: { pid, began }, made }: ChangeRecord): boolean {
  if (pid === process.pid && began === beginOf(pid)) return running.has(id);
  if (Date.now() - Date.parse(made) > LONGEST_SCAN_MS) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process is one.
    if (codeOf(error) !== 'EPERM') return false;
  }
  return began === beginOf(pid);
}

/** When a process began, in the kernel's own words (proc(5), starttime); null where that cannot be known. */
function beginOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
