/** Small texts side by side in few large pieces of memory: thousands of small pieces take a third more, and leave gaps. */

const PIECE = 256 * 1024;

let piece = Buffer.alloc(0);
let used = 0;

/** The bytes of a text that has no character beyond ASCII. They stay as long as anything refers to them. */
export function bytesOf(text: string): Buffer {
  const { length } = text;
  if (length > PIECE) return Buffer.from(text, 'latin1');
  if (used + length > piece.length) {
    piece = Buffer.allocUnsafeSlow(PIECE);
    used = 0;
  }
  const start = used;
  used += piece.write(text, start, 'latin1');
  return piece.subarray(start, used);
}
