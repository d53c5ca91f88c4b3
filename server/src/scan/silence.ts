/** Tells a person who waits how long a machine has said nothing, and when it is given up. */

/** Shorter silences are the machine's work, or the network's. */
const TOLD_FROM_MS = 2000;
const EVERY_MS = 1000;

export interface Silence {
  /** When something was heard of the machine, by `performance.now()`; `undefined` before there is a connection. */
  readonly heardAt: () => number | undefined;
  /** For each request, milliseconds. */
  readonly patience: number;
}

/** Tells once a second as long as nothing is heard. Ended by what it returns. */
export function watchSilence({ heardAt, patience }: Silence, tell: (waiting: string) => void): () => void {
  const begun = performance.now();
  const timer = setInterval(() => {
    const heard = heardAt();
    const ms = performance.now() - Math.max(begun, heard ?? 0);
    if (ms >= TOLD_FROM_MS) tell(describeSilence(ms, heard === undefined ? undefined : patience));
  }, EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

function describeSilence(ms: number, patience: number | undefined): string {
  const seconds = Math.floor(ms / 1000);
  if (patience === undefined) return `waiting for ${seconds} s`;
  // Who lets a request time out is asked once more, by a request that costs a machine nothing.
  if (ms >= patience) return `no answer for ${seconds} s, asking whether the machine is still there`;
  return `no answer for ${seconds} s, given up after ${Math.ceil(patience / 1000)} s`;
}
