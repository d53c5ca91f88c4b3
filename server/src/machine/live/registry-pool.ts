/** The winreg pipes of a connection: who uses which, and how many there may be. */
import type { Call } from '../../wire/smb/call.ts';
import type { Tree } from '../../wire/smb/tree.ts';
import { RegistryPipe, type KeyName } from './registry-pipe.ts';

export class RegistryPool {
  readonly max: number;
  readonly #tree: Tree;
  readonly #pipes: Set<RegistryPipe>;
  readonly #busy = new Set<RegistryPipe>();
  #opening = 0;

  constructor(tree: Tree, first: RegistryPipe, max: number) {
    this.#tree = tree;
    this.#pipes = new Set([first]);
    this.max = max;
  }

  /** Pipes that nobody uses. */
  idle(): readonly RegistryPipe[] {
    for (const pipe of this.#pipes) if (!pipe.usable) this.#pipes.delete(pipe);
    return [...this.#pipes].filter((pipe) => !this.#busy.has(pipe));
  }

  /** An idle pipe that has this key open. */
  holderOf(key: KeyName): RegistryPipe | undefined {
    return this.idle().find((pipe) => pipe.holds(key));
  }

  take(pipe: RegistryPipe): RegistryPipe {
    this.#busy.add(pipe);
    return pipe;
  }

  giveBack(pipe: RegistryPipe): void {
    this.#busy.delete(pipe);
  }

  /** A further pipe, already taken. */
  async open(call: Call): Promise<RegistryPipe> {
    this.#opening++;
    try {
      const pipe = await RegistryPipe.open(this.#tree, call);
      this.#pipes.add(pipe);
      return this.take(pipe);
    } finally {
      this.#opening--;
    }
  }

  /** Pipes for a helping hand: idle ones, and new ones as far as there may be more. */
  borrow(count: number, call: Call): readonly Promise<RegistryPipe>[] {
    const idle = this.idle().slice(0, Math.max(0, count));
    const room = this.max - this.#pipes.size - this.#opening;
    const fresh = Math.max(0, Math.min(count - idle.length, room));
    return [
      ...idle.map((pipe) => Promise.resolve(this.take(pipe))),
      ...Array.from({ length: fresh }, () => this.open(call)),
    ];
  }

  close(): void {
    for (const pipe of this.#pipes) pipe.rpc.close();
    this.#pipes.clear();
  }
}
