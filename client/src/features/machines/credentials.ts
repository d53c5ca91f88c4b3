/** Credentials with names: user, password, and the machines that the user binds them to; all of it in the editor's SecretStorage. */
import type { Secrets } from '../scan/passwords.ts';

export interface NamedCredential {
  readonly name: string;
  readonly user: string;
  /** Absent once a machine has refused it: repeated failures lock accounts. */
  readonly password?: string;
  /** Machines as `HOST` or `HOST:PORT`, in lower case. */
  readonly hosts: readonly string[];
}

/** SecretStorage cannot list its keys: their names stand here. */
const INDEX = 'patchlab.credentials';
const keyOf = (name: string): string => `patchlab.credential\n${name.toLowerCase()}`;

export class Credentials {
  readonly #secrets: Secrets;
  readonly #onChange: () => void;

  constructor(secrets: Secrets, onChange: () => void) {
    this.#secrets = secrets;
    this.#onChange = onChange;
  }

  async all(): Promise<readonly NamedCredential[]> {
    const found = await Promise.all((await this.#names()).map((name) => this.get(name)));
    return found.filter((one) => one !== undefined);
  }

  async get(name: string): Promise<NamedCredential | undefined> {
    const text = await this.#secrets.get(keyOf(name));
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as NamedCredential;
    } catch {
      return undefined;
    }
  }

  /** The one that the user has bound to a machine. */
  async boundTo(machine: string): Promise<NamedCredential | undefined> {
    const host = machine.toLowerCase();
    return (await this.all()).find(({ hosts }) => hosts.includes(host));
  }

  async keep(credential: NamedCredential): Promise<void> {
    const hosts = [...new Set(credential.hosts.map((host) => host.toLowerCase()))];
    await this.#secrets.store(keyOf(credential.name), JSON.stringify({ ...credential, hosts }));
    const names = await this.#names();
    if (!names.some((name) => keyOf(name) === keyOf(credential.name)))
      await this.#secrets.store(INDEX, JSON.stringify([...names, credential.name]));
    this.#onChange();
  }

  /** Binds a machine to this credential, and to no other. */
  async bind(name: string, machine: string): Promise<void> {
    const host = machine.toLowerCase();
    for (const one of await this.all()) {
      const isIt = keyOf(one.name) === keyOf(name);
      if (isIt) await this.keep({ ...one, hosts: [...one.hosts, host] });
      else if (one.hosts.includes(host)) await this.keep({ ...one, hosts: one.hosts.filter((each) => each !== host) });
    }
  }

  /** Was refused: stays known by its name, without its password. */
  async forgetPassword(name: string): Promise<void> {
    const found = await this.get(name);
    if (found) await this.keep({ name: found.name, user: found.user, hosts: found.hosts });
  }

  async forget(name: string): Promise<void> {
    await this.#secrets.delete(keyOf(name));
    const left = (await this.#names()).filter((one) => keyOf(one) !== keyOf(name));
    await this.#secrets.store(INDEX, JSON.stringify(left));
    this.#onChange();
  }

  async #names(): Promise<readonly string[]> {
    try {
      return JSON.parse((await this.#secrets.get(INDEX)) ?? '[]') as readonly string[];
    } catch {
      return [];
    }
  }
}
