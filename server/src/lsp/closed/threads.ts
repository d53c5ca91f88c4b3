/** Threads beside the server for work on many files, while it answers. Where there are none, whoever asks does it itself. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Answer, Work } from './work.ts';

const MOST_THREADS = 4;
/** So many files are asked for at once: what comes back is taken in within a few milliseconds. */
const BATCH = 40;
/** While a thread works on one batch the next waits for it. */
const AHEAD = 2;
/** A thread needs little: it forgets each file at once. One that needs more ends, and its files are looked at by the server. */
const LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 96 };

export class Threads {
  readonly #workers: Set<Worker>;

  /** `program` is what each thread runs: the command line itself. */
  constructor(program: string, count = Math.min(MOST_THREADS, availableParallelism())) {
    this.#workers = new Set(Array.from({ length: count }, () => started(program)).filter((one) => one !== undefined));
    for (const worker of this.#workers) {
      worker.unref();
      worker.on('error', () => this.#workers.delete(worker));
      worker.on('exit', () => this.#workers.delete(worker));
    }
  }

  /** Gives what the threads answer to `take`. Settles when they are done, or have ended. */
  async work(wanted: Work['wanted'], files: readonly string[], take: (answer: Answer) => void): Promise<void> {
    let next = 0;
    const drive = (worker: Worker): Promise<void> =>
      new Promise((resolve) => {
        let asked = 0;
        const ask = (): void => {
          while (asked < AHEAD && next < files.length) {
            const batch = files.slice(next, (next += BATCH));
            asked++;
            worker.postMessage({ wanted, files: batch } satisfies Work);
          }
          if (asked === 0) end();
        };
        const taken = (answer: Answer): void => {
          asked--;
          take(answer);
          ask();
        };
        const end = (): void => {
          worker.off('message', taken).off('exit', end);
          resolve();
        };
        worker.on('message', taken).on('exit', end);
        ask();
      });
    await Promise.all([...this.#workers].map(drive));
  }

  /** Ends the threads, whatever they are at. */
  close(): void {
    for (const worker of this.#workers) void worker.terminate();
    this.#workers.clear();
  }
}

function started(program: string): Worker | undefined {
  try {
    // What a thread would print must not come between the server and its editor.
    return new Worker(program, { resourceLimits: LIMITS, stdout: true, execArgv: [], argv: [] });
  } catch {
    return undefined;
  }
}
