/** One winreg pipe with the handles that it holds: hives, and keys opened before. */
import { ABSENT } from './unreadable.ts';
import type { Observation } from '../../model/observation.ts';
import { win32Error } from '../../wire/failure.ts';
import type { Handle } from '../../wire/dcerpc/ndr.ts';
import { RpcPipe } from '../../wire/dcerpc/pipe.ts';
import { closeKey, openHive, openKey, WINREG, type HiveName } from '../../wire/dcerpc/winreg.ts';
import type { Call } from '../../wire/smb/call.ts';
import type { Tree } from '../../wire/smb/tree.ts';

/** Keys that a pipe keeps open: closing one is a round trip, and the pipe's end closes all. */
const MAX_KEYS = 256;

export const ERROR = {
  FILE_NOT_FOUND: 2,
  PATH_NOT_FOUND: 3,
  NOT_ENOUGH_MEMORY: 8,
  MORE_DATA: 234,
  NO_MORE_ITEMS: 259,
  KEY_DELETED: 1018,
} as const;

export interface KeyName {
  readonly hive: HiveName;
  readonly path: string;
}

export class RegistryPipe {
  readonly rpc: RpcPipe;
  readonly #hives = new Map<HiveName, Handle>();
  readonly #keys = new Map<string, Handle>();

  private constructor(rpc: RpcPipe) {
    this.rpc = rpc;
  }

  /** Opens the pipe and HKLM, which proves the right to read at all. */
  static async open(tree: Tree, call: Call): Promise<RegistryPipe> {
    const pipe = new RegistryPipe(await RpcPipe.open(tree, WINREG, call));
    await pipe.#hive('HKLM', call);
    return pipe;
  }

  get usable(): boolean {
    return !this.rpc.broken;
  }

  /** The key's handle; a proven absence is an observation. */
  async key(name: KeyName, call: Call): Promise<Handle | Observation<never>> {
    const id = keyId(name);
    const known = this.#keys.get(id);
    if (known) return known;
    const root = await this.#hive(name.hive, call);
    if (name.path === '') return root;
    const { code, value } = await openKey(this.rpc, { root, path: name.path }, call);
    if (code === ERROR.FILE_NOT_FOUND || code === ERROR.PATH_NOT_FOUND) return ABSENT;
    if (code !== 0) throw win32Error(code, 'the key could not be opened');
    await this.#makeRoom(call);
    this.#keys.set(id, value);
    return value;
  }

  holds(name: KeyName): boolean {
    return this.#keys.has(keyId(name));
  }

  /** Lets a key's handle go: an old handle proves nothing of the key's being there now. */
  async forget(name: KeyName, call: Call): Promise<void> {
    const handle = this.#keys.get(keyId(name));
    if (!handle) return;
    this.#keys.delete(keyId(name));
    await closeKey(this.rpc, handle, call);
  }

  async #hive(hive: HiveName, call: Call): Promise<Handle> {
    const known = this.#hives.get(hive);
    if (known) return known;
    const { code, value } = await openHive(this.rpc, hive, call);
    if (code !== 0) throw win32Error(code, `${hive} could not be opened`);
    this.#hives.set(hive, value);
    return value;
  }

  async #makeRoom(call: Call): Promise<void> {
    const [oldest] = this.#keys;
    if (!oldest || this.#keys.size < MAX_KEYS) return;
    this.#keys.delete(oldest[0]);
    await closeKey(this.rpc, oldest[1], call);
  }
}

export function keyId(name: KeyName): string {
  return `${name.hive}\\${name.path}`.toLowerCase();
}
