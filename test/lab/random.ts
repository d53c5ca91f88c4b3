/** Chance that can be had again: everything follows from one seed. */

export interface Chance {
  readonly seed: number;
  /** A whole number from 0 up to, and without, the limit. */
  below(limit: number): number;
  pick<T>(from: readonly T[]): T;
  bytes(length: number): Buffer;
  /** Printable text with letters of several scripts and one character beyond the first plane. */
  text(length: number): string;
}

const LETTERS = [
  ...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 äöüßéèñçşžøåαβγЖдяשאあ漢字한😀-_.,;()[]{}%$',
];

/** The seed of `PATCHLAB_SEED`, else a new one. */
export function seedOfRun(): number {
  const given = process.env.PATCHLAB_SEED;
  return given === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(given) >>> 0;
}

/** A generator of 32 bits of state (a Weyl sequence, mixed): even enough for test data, and the same everywhere. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  const below = (limit: number): number => next() % limit;
  const pick = <T>(from: readonly T[]): T => {
    const one = from[below(from.length)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  };
  return {
    seed,
    below,
    pick,
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
    text: (length) => Array.from({ length }, () => pick(LETTERS)).join(''),
  };
}
