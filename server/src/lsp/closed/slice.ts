/** Long work in slices: messages that have arrived are read in between. */

const SLICE_MS = 8;

export class Slice {
  #until = performance.now() + SLICE_MS;

  /** Settles at once while the slice lasts. */
  async end(): Promise<void> {
    if (performance.now() < this.#until) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#until = performance.now() + SLICE_MS;
  }
}
