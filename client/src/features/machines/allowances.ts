/**
 * Which machines that a workspace names the user has allowed a credential for. Kept by the editor for the workspace, outside of
 * its files: a workspace can name machines, but not aim a credential at them. Holds no secret.
 */
import type { Store } from '../scan/remembered-machines.ts';

/** Another value of any of these asks again. */
export interface Allowance {
  /** The patchlab.json that names it, and its group; of a directory, the group that wants its answer. */
  readonly uri: string;
  readonly group: string;
  readonly host: string;
  readonly port: number;
  readonly address: string;
  /** The name of the credential, where it has one. */
  readonly credential: string;
  readonly user: string;
  /** Of a directory: how it proves who it is. It gets the password itself. */
  readonly trust?: string;
}

const KEY = 'patchlab.allowances';

export class Allowances {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Whether the user has allowed every one of them. */
  has(wanted: readonly Allowance[]): boolean {
    const known = new Set(this.#store.get<readonly string[]>(KEY, []));
    return wanted.length > 0 && wanted.every((one) => known.has(keyOf(one)));
  }

  async add(allowed: readonly Allowance[]): Promise<void> {
    const known = this.#store.get<readonly string[]>(KEY, []);
    await this.#store.update(KEY, [...new Set([...known, ...allowed.map(keyOf)])]);
  }
}

function keyOf({ uri, group, host, port, address, credential, user, trust }: Allowance): string {
  return JSON.stringify([uri, group, host.toLowerCase(), port, address, credential, user.toLowerCase(), trust ?? null]);
}
