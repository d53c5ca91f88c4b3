/** By what a file on disk is known to be the one that was read, without reading it again. */
import { statSync } from 'node:fs';

/** Size, when its content and anything of it changed last in nanoseconds, which one it is, and when this was looked up in milliseconds. */
export type Stamp = readonly [what: string, changed: number, looked: number];

/** File systems tell time as coarsely as that: what changes so soon after may look unchanged. */
const COARSE_MS = 2000;

/** The stamp of a file; undefined when it is gone or cannot be seen. */
export function stampOf(file: string): Stamp | undefined {
  try {
    const looked = Date.now();
    const { size, mtimeNs, ctimeNs, ino, mtimeMs, ctimeMs } = statSync(file, { bigint: true });
    const changed = Number(mtimeMs > ctimeMs ? mtimeMs : ctimeMs);
    return [`${size} ${mtimeNs} ${ctimeNs} ${ino}`, ctimeNs === 0n ? Infinity : changed, looked];
  } catch {
    return undefined;
  }
}

/** Whether a file is surely as it was. A time of change that can be set back is not what this relies on. */
export const isSurelySame = (before: Stamp, now: Stamp): boolean =>
  before[0] === now[0] && typeof before[1] === 'number' && before[2] - before[1] > COARSE_MS;
