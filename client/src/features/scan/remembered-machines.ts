/** Machines that were scanned before, with the user: kept outside the workspace, so that no workspace can name one. */

/** The part of the editor's Memento that is used. */
export interface Store {
  get<T>(key: string, fallback: T): T;
  update(key: string, value: unknown): PromiseLike<void>;
}

export interface RememberedMachine {
  readonly host: string;
  readonly user: string;
}

const KEY = 'patchlab.machines';
const MOST = 20;

export class RememberedMachines {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** The latest first. */
  all(): readonly RememberedMachine[] {
    return this.#store.get<readonly RememberedMachine[]>(KEY, []);
  }

  async add(machine: RememberedMachine): Promise<void> {
    const others = this.all().filter((one) => one.host.toLowerCase() !== machine.host.toLowerCase());
    await this.#store.update(KEY, [machine, ...others].slice(0, MOST));
  }
}
