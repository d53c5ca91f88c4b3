/** Long work in slices: messages that have arrived are read in between. */

const SLICE_MS = 8;
/** The protocol's reader hands one message over with each turn of the event loop; a turn without one costs nothing. */
const MESSAGES = 40;

export class Slice {
  #until = performance.now() + SLICE_MS;

  /** Settles at once while the slice lasts. */
  async end(): Promise<void> {
    if (performance.now() < this.#until) return;
    for (let turn = 0; turn < MESSAGES; turn++) await new Promise((resolve) => setImmediate(resolve));
    this.#until = performance.now() + SLICE_MS;
  }
}
