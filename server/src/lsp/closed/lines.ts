/** Where the lines of a text begin: enough to tell positions in it without the text. */

/** The length of all line ends, or of each where they differ; the text's length; how long each line is, its end included. */
export type PackedLines = readonly [ends: number | readonly number[], ...lines: number[]];

const END = /\r\n|\n|\r/g;

export function packLines(text: string): PackedLines {
  const ends: number[] = [];
  const lines: number[] = [];
  let start = 0;
  for (const { 0: end, index } of text.matchAll(END)) {
    ends.push(end.length);
    lines.push(index + end.length - start);
    start = index + end.length;
  }
  const [first = 1] = ends;
  return [ends.every((one) => one === first) ? first : ends, ...lines, text.length - start];
}

/** Positions as a text document gives them: never behind the text, never within a line's end. */
export class Lines {
  readonly #starts: readonly number[];
  readonly #ends: number | readonly number[];
  readonly #length: number;

  constructor([ends, ...lines]: PackedLines) {
    let start = 0;
    this.#starts = lines.map((length) => {
      const own = start;
      start += length;
      return own;
    });
    this.#ends = ends;
    this.#length = start;
  }

  positionAt(offset: number): { line: number; character: number } {
    const place = Math.max(0, Math.min(offset, this.#length));
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) > place) high = middle;
      else low = middle + 1;
    }
    const line = low - 1;
    const start = this.#starts[line] ?? 0;
    const next = this.#starts[line + 1];
    const end = typeof this.#ends === 'number' ? this.#ends : (this.#ends[line] ?? 0);
    const most = next === undefined ? this.#length : next - end;
    return { line, character: Math.min(place, most) - start };
  }
}
