/** The one session with a machine that is looked around in: closed when nobody asks for some time, or another is opened. */
import type { Target } from '../../evaluate/verdict.ts';
import type { BrowsableMachine } from '../../machine/listing.ts';
import type { RawFailure } from '../../scan/failure.ts';
import { openMachine, type Opening, type OpenMachine } from '../../scan/open.ts';
import type { ScanTarget } from '../../scan/options.ts';

/** What a reading of a session is given. */
export interface Looking {
  readonly machine: BrowsableMachine;
  readonly target: Target;
  readonly signal: AbortSignal;
  readonly lost: () => RawFailure | undefined;
}

/** After so long without a question the machine is left alone. */
export const IDLE_MS = 2 * 60 * 1000;

interface Open extends OpenMachine {
  readonly id: number;
  asking: number;
  timer: NodeJS.Timeout | undefined;
}

export class Sessions {
  readonly #idleMs: number;
  #open: Open | undefined;
  #count = 0;

  constructor(idleMs = IDLE_MS) {
    this.#idleMs = idleMs;
  }

  /** Opens a machine in place of the one that was open. Rejects only when cancelled. */
  async open(target: ScanTarget, signal: AbortSignal): Promise<Opening & { readonly id: number }> {
    const id = ++this.#count;
    await this.close();
    const opening = await openMachine(target, signal);
    // Another was asked for meanwhile, or nobody wants this one any more.
    if (opening.ok && (this.#count !== id || signal.aborted)) {
      await opening.value.close();
      signal.throwIfAborted();
    } else if (opening.ok) {
      this.#open = { ...opening.value, id, asking: 0, timer: undefined };
      this.#rest(this.#open);
    }
    return { ...opening, id };
  }

  /** Asks the machine of a session; undefined where that is closed. */
  async ask<T>(id: number, signal: AbortSignal, work: (looking: Looking) => Promise<T>): Promise<T | undefined> {
    const open = this.#open;
    if (open?.id !== id) return undefined;
    clearTimeout(open.timer);
    open.asking++;
    open.machine.letGo();
    try {
      const { machine, target, lost } = open;
      return await work({ machine, target, lost, signal });
    } finally {
      open.asking--;
      // A connection that has ended is of no use: the next question opens another.
      if (open.lost() && this.#open === open) await this.close();
      else this.#rest(open);
    }
  }

  /** Never rejects. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    clearTimeout(open?.timer);
    await open?.close();
  }

  #rest(open: Open): void {
    if (open.asking > 0 || this.#open !== open) return;
    clearTimeout(open.timer);
    open.timer = setTimeout(() => void this.close(), this.#idleMs);
    open.timer.unref();
  }
}
