/** A map that knows more than it shows: what is lent to it is found by its key, and not met when all of it is gone through. */
export class Narrowed<T> extends Map<string, T> {
  readonly #lent = new Map<string, T>();

  lend(key: string, value: T): void {
    this.#lent.set(key, value);
  }

  override get(key: string): T | undefined {
    return super.get(key) ?? this.#lent.get(key);
  }

  override has(key: string): boolean {
    return super.has(key) || this.#lent.has(key);
  }
}
