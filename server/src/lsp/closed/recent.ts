/** A map of the things that were used last. */
export class Recent<K, V> {
  readonly #map = new Map<K, V>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** What is known, or is made now. */
  get(key: K, make: () => V): V {
    const known = this.#map.get(key);
    const value = known ?? make();
    this.#map.delete(key);
    this.#map.set(key, value);
    if (this.#map.size > this.#most) {
      const { value: oldest } = this.#map.keys().next();
      if (oldest !== undefined) this.#map.delete(oldest);
    }
    return value;
  }

  delete(key: K): void {
    this.#map.delete(key);
  }
}
