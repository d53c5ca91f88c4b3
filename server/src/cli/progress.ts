/** One line of progress on a terminal, rewritten in place; nothing elsewhere. */
import { inert } from '../results/report/inert.ts';
import type { Progress } from '../scan/options.ts';
import type { Surroundings } from './verb.ts';

/** Shows progress of one machine, and takes the line away at the end. */
export interface ProgressLine {
  readonly show: (progress: Progress) => void;
  readonly clear: () => void;
}

const CLEAR = '\r\u001b[K';

export function progressLine(io: Surroundings, machine: string): ProgressLine {
  if (!io.progress) return { show: () => undefined, clear: () => undefined };
  return {
    show: ({ step, steps, message }) => {
      io.err(`${CLEAR}[${step}/${steps}] ${inert(machine)}: ${inert(message)}`);
    },
    clear: () => {
      io.err(CLEAR);
    },
  };
}

/** Progress of several machines on one line: how many are done, how long it may still take, and who spoke last. */
export interface FleetProgress {
  readonly show: (machine: string, progress: Progress) => void;
  readonly done: () => void;
  readonly clear: () => void;
}

export function fleetProgress(io: Surroundings, machines: number): FleetProgress {
  if (!io.progress) return { show: () => undefined, done: () => undefined, clear: () => undefined };
  const started = performance.now();
  let finished = 0;
  const left = () => {
    if (finished === 0) return '';
    const seconds = (((performance.now() - started) / finished) * (machines - finished)) / 1000;
    return `, ${Math.ceil(seconds)} s left`;
  };
  return {
    show: (machine, { message }) => {
      io.err(`${CLEAR}[${finished}/${machines} machines${left()}] ${inert(machine)}: ${inert(message)}`);
    },
    done: () => {
      finished++;
    },
    clear: () => {
      io.err(CLEAR);
    },
  };
}

/** What is being done before any machine is known, on one line. */
export function statusLine(io: Surroundings): { readonly show: (message: string) => void; readonly clear: () => void } {
  if (!io.progress) return { show: () => undefined, clear: () => undefined };
  return {
    show: (message) => {
      io.err(`${CLEAR}${inert(message)}`);
    },
    clear: () => {
      io.err(CLEAR);
    },
  };
}
