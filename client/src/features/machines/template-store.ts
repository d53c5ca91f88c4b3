/** The scan template that scans hold to: chosen by the user, kept for this workspace but outside of it. */
import type { Store } from '../scan/remembered-machines.ts';

export interface CurrentTemplate {
  /** Of its patchlab.json. */
  readonly uri: string;
  readonly name: string;
}

const KEY = 'patchlab.template';

export class TemplateStore {
  readonly #store: Store;
  readonly #onChange: () => void;

  constructor(store: Store, onChange: () => void) {
    this.#store = store;
    this.#onChange = onChange;
  }

  /** None: all content. */
  get(): CurrentTemplate | undefined {
    return this.#store.get<CurrentTemplate | undefined>(KEY, undefined);
  }

  is(uri: string, name: string): boolean {
    const now = this.get();
    return now?.uri === uri && now.name === name;
  }

  async set(template: CurrentTemplate | undefined): Promise<void> {
    await this.#store.update(KEY, template);
    this.#onChange();
  }
}
