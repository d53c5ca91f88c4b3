/** Several machines at once: so many at a time, each with its deadline, all with one; nobody's failure is another's. */
import type { ScanResult } from './result.ts';

/** What the scan of one machine is told by the fleet. */
export interface FleetRun {
  /** Milliseconds that this machine may take. */
  readonly deadline: number;
}

export interface FleetOptions<T> {
  readonly targets: readonly T[];
  /** Machines at a time. */
  readonly concurrency: number;
  /** For each machine, milliseconds. */
  readonly machineDeadline: number;
  /** For all together, milliseconds. */
  readonly totalDeadline: number;
  readonly signal: AbortSignal;
  readonly scan: (target: T, run: FleetRun) => Promise<ScanResult>;
  /** Told of each result as soon as it is there; results are not kept. */
  readonly onResult: (result: ScanResult, target: T) => void;
  /** Asked before each machine: no more are begun once it says so. */
  readonly isOver?: () => boolean;
}

/** Scans all; gives the targets that were not begun, with the reason. Rejects with the signal's reason, at once. */
export async function scanFleet<T>(options: FleetOptions<T>): Promise<readonly T[]> {
  const { targets, concurrency, machineDeadline, totalDeadline, signal, scan, onResult, isOver } = options;
  const end = performance.now() + totalDeadline;
  const queue = targets.entries();
  let begun = 0;
  const lane = async (): Promise<void> => {
    for (;;) {
      const left = end - performance.now();
      if (left <= 0 || signal.aborted || isOver?.() === true) return;
      const next = queue.next();
      if (next.done === true) return;
      begun++;
      const [, target] = next.value;
      const result = await scan(target, { deadline: Math.ceil(Math.min(machineDeadline, left)) });
      if (!signal.aborted) onResult(result, target);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, targets.length) }, lane));
  signal.throwIfAborted();
  return targets.slice(begun);
}
