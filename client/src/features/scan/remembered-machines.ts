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
const MOST = 200;

export class RememberedMachines {
  readonly #store: Store;
  readonly #onChange: () => void;

  constructor(store: Store, onChange: () => void = () => undefined) {
    this.#store = store;
    this.#onChange = onChange;
  }

  /** The latest first. */
  all(): readonly RememberedMachine[] {
    return this.#store.get<readonly RememberedMachine[]>(KEY, []);
  }

  async remove(host: string): Promise<void> {
    const left = this.all().filter((one) => one.host.toLowerCase() !== host.toLowerCase());
    await this.#store.update(KEY, left);
    this.#onChange();
  }

  async add(machine: RememberedMachine): Promise<void> {
    const others = this.all().filter((one) => one.host.toLowerCase() !== machine.host.toLowerCase());
    await this.#store.update(KEY, [machine, ...others].slice(0, MOST));
    this.#onChange();
  }
}
