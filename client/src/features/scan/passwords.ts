/** Passwords in the editor's SecretStorage, by host and user. */

/** The part of the editor's SecretStorage that is used. */
export interface Secrets {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/** SecretStorage cannot list its keys, so an index of what is kept stands beside them; it is as secret as they are. */
const INDEX = 'patchlab.passwords';

export interface Credential {
  readonly host: string;
  readonly user: string;
}

export class SavedPasswords {
  readonly #secrets: Secrets;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  async get(host: string, user: string): Promise<string | undefined> {
    return this.#secrets.get(keyOf({ host, user }));
  }

  async keep(host: string, user: string, password: string): Promise<void> {
    await this.#secrets.store(keyOf({ host, user }), password);
    const known = await this.all();
    if (!known.some((one) => keyOf(one) === keyOf({ host, user }))) await this.#write([...known, { host, user }]);
  }

  async forget(host: string, user: string): Promise<void> {
    await this.#secrets.delete(keyOf({ host, user }));
    const known = await this.all();
    const left = known.filter((one) => keyOf(one) !== keyOf({ host, user }));
    if (left.length !== known.length) await this.#write(left);
  }

  /** For whom a password is kept. */
  async all(): Promise<readonly Credential[]> {
    const text = await this.#secrets.get(INDEX);
    if (!text) return [];
    try {
      return JSON.parse(text) as readonly Credential[];
    } catch {
      return [];
    }
  }

  async #write(credentials: readonly Credential[]): Promise<void> {
    await this.#secrets.store(INDEX, JSON.stringify(credentials));
  }
}

/** Host names and user names do not distinguish case; the separator can be in neither. */
function keyOf({ host, user }: Credential): string {
  return `patchlab.password\n${host.toLowerCase()}\n${user.toLowerCase()}`;
}
