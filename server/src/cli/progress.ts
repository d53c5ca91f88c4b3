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
