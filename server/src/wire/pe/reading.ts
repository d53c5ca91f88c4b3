/**
 * Reading a PE file that lies far away: a reading is a generator that yields the ranges it wants and is given their bytes,
 * so the same code runs over the network, over a buffer, and under a fuzzer, and nobody reads the whole file.
 */

export interface PeRange {
  readonly offset: number;
  readonly length: number;
}

/** Yields ranges that may be read at the same time; gets a buffer for each, shorter where the file ends. */
export type PeReading<T> = Generator<readonly PeRange[], T, readonly Buffer[]>;

/** The file says of itself what cannot be. */
export class PeDamaged extends Error {}

/** Bytes that one reading may fetch in all, and the rounds that it may take. */
const MAX_BYTES = 56 * 1024;
const MAX_ROUNDS = 12;
/** Nothing smaller is fetched: what follows is likely to be wanted next. */
const MIN_FETCH = 1024;

/** The parts of a file that were read so far. */
export class PeBytes {
  readonly size: number;
  readonly #chunks: { readonly offset: number; readonly bytes: Buffer }[];
  #fetched = 0;
  #rounds = 0;

  constructor(size: number, head: Buffer) {
    this.size = size;
    this.#chunks = [{ offset: 0, bytes: head }];
  }

  /** Bytes of one place; asks for them where they are not there yet. */
  *at(offset: number, length: number): PeReading<Buffer> {
    const known = this.#known(offset, length);
    if (known) return known;
    yield* this.fetch([{ offset, length: Math.max(length, MIN_FETCH) }]);
    const fetched = this.#known(offset, length);
    if (!fetched) throw new PeDamaged(`it ends before ${length} bytes at ${offset}`);
    return fetched;
  }

  /** Fetches several places in one round; what is known already is not fetched again. */
  *fetch(ranges: readonly PeRange[]): PeReading<void> {
    const wanted = ranges.map((range) => this.#clip(range)).filter((range) => !this.#known(range.offset, range.length));
    if (wanted.length === 0) return;
    this.#fetched += wanted.reduce((sum, range) => sum + range.length, 0);
    if (this.#fetched > MAX_BYTES || ++this.#rounds > MAX_ROUNDS)
      throw new PeDamaged('its version resource is scattered too widely');
    const buffers = yield wanted;
    wanted.forEach((range, index) => {
      const bytes = buffers[index];
      if (bytes) this.#chunks.push({ offset: range.offset, bytes });
    });
  }

  #clip(range: PeRange): PeRange {
    if (range.offset < 0 || range.offset >= this.size)
      throw new PeDamaged(`it points to ${range.offset}, behind its end`);
    return { offset: range.offset, length: Math.min(range.length, this.size - range.offset) };
  }

  #known(offset: number, length: number): Buffer | undefined {
    for (const chunk of this.#chunks) {
      const start = offset - chunk.offset;
      if (start >= 0 && start + length <= chunk.bytes.length) return chunk.bytes.subarray(start, start + length);
    }
    return undefined;
  }
}
