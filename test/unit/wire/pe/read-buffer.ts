import { HEAD_LENGTH, readPeVersion, type PeVersion } from '../../../../server/src/wire/pe/version.ts';

export interface Read {
  readonly version: PeVersion;
  /** Bytes fetched, the head included. */
  readonly bytes: number;
  /** Rounds, the head included. */
  readonly rounds: number;
}

/** Reads a file that lies in memory as it would be read over the network. */
export function readBuffer(file: Buffer): Read {
  const head = file.subarray(0, HEAD_LENGTH);
  const reading = readPeVersion(file.length, head);
  let bytes = head.length;
  let rounds = 1;
  let step = reading.next();
  while (!step.done) {
    rounds++;
    const buffers = step.value.map(({ offset, length }) => file.subarray(offset, offset + length));
    bytes += buffers.reduce((sum, buffer) => sum + buffer.length, 0);
    step = reading.next(buffers);
  }
  return { version: step.value, bytes, rounds };
}
