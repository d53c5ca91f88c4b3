/**
 * Offsets where a text means something shorter or longer than it spells: `&lt;` is one character, and a quote inside a
 * value is two in a script's text. Parts of the tree count in *meant* offsets; whoever shows a place maps it back.
 */

/** A piece of the source with the length of what it means. Pieces are in order and do not overlap. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly length: number;
}

/** Both directions between the source's offsets and meant ones. */
export interface Offsets {
  readonly toMeant: (source: number) => number;
  /** Within a piece, where the piece begins. */
  readonly toStart: (meant: number) => number;
  /** Within a piece, where the piece ends. */
  readonly toEnd: (meant: number) => number;
}

/** The offsets of a text of some length with pieces. Nothing is placed behind its end. */
export function offsetsOf(pieces: readonly Piece[], limit: number): Offsets {
  const starts: number[] = [];
  let shift = 0;
  for (const { start, end, length } of pieces) {
    starts.push(start + shift);
    shift += length - (end - start);
  }
  /** The last piece that begins at or before an offset. */
  const last = (begins: (index: number) => number, offset: number): number => {
    let low = 0;
    let high = pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (begins(middle) <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
  const toMeant = (source: number): number => {
    const index = last((one) => pieces[one]?.start ?? 0, source);
    const piece = pieces[index];
    if (piece === undefined) return source;
    const begin = starts[index] ?? 0;
    return source >= piece.end
      ? begin + piece.length + source - piece.end
      : begin + Math.min(piece.length, source - piece.start);
  };
  const toSource = (meant: number, within: 'start' | 'end'): number => {
    const index = last((one) => starts[one] ?? 0, meant);
    const piece = pieces[index];
    if (piece === undefined) return meant;
    const into = meant - (starts[index] ?? 0);
    if (into >= piece.length) return piece.end + into - piece.length;
    return into === 0 ? piece.start : piece[within];
  };
  const bounded = (meant: number, within: 'start' | 'end') => Math.min(limit, toSource(meant, within));
  return { toMeant, toStart: (meant) => bounded(meant, 'start'), toEnd: (meant) => bounded(meant, 'end') };
}
