/** The target that *Scan* and *Record* mean: chosen by the user, kept for this workspace but outside of it. */
import type { Store } from '../scan/remembered-machines.ts';

export type CurrentTarget =
  | {
      readonly kind: 'machine';
      readonly host: string;
      /** Empty where the machine's group has a credential, or it is asked for. */
      readonly user: string;
      /** A group of a patchlab.json has named the machine, and not the user. */
      readonly group?: { readonly uri: string; readonly name: string };
    }
  | { readonly kind: 'snapshot'; readonly path: string };

const KEY = 'patchlab.target';

export class TargetStore {
  readonly #store: Store;
  readonly #onChange: (target: CurrentTarget) => void;
  readonly #listeners = new Set<() => void>();

  constructor(store: Store, onChange: (target: CurrentTarget) => void) {
    this.#store = store;
    this.#onChange = onChange;
  }

  get(): CurrentTarget | undefined {
    return this.#store.get<CurrentTarget | undefined>(KEY, undefined);
  }

  async set(target: CurrentTarget): Promise<void> {
    const isAnother = JSON.stringify(this.get()) !== JSON.stringify(target);
    await this.#store.update(KEY, target);
    this.#onChange(target);
    if (isAnother) for (const listener of this.#listeners) listener();
  }

  /** Tells when it is another target than before. */
  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }
}

/** As the status bar has it: the host, or the recording's file name. */
export function nameOfTarget(target: CurrentTarget): string {
  return target.kind === 'machine' ? target.host : (target.path.split(/[\\/]/).at(-1) ?? target.path);
}
