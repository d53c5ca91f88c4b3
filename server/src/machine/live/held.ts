/** A limit on what all that was read of one machine weighs: each reading has its own, and a hostile machine fills them all. */
import type { Observation } from '../../model/observation.ts';
import { refused } from './unreadable.ts';

/** Bytes; what real content reads of a machine weighs a few millions, the largest folder of Windows some twelve. */
const MAX_HELD = 16 << 20;
/** Of them in long texts, which take several times their length on the way from the wire. */
const MAX_LONG = 8 << 20;
const LONG = 0x8000;

export const TOO_MUCH = refused('all that was read of the machine before is more than may be kept of one');

export class Held {
  #bytes = 0;
  #long = 0;

  get isFull(): boolean {
    return this.#bytes > MAX_HELD || this.#long > MAX_LONG;
  }

  /** What was taken before is kept no longer. */
  empty(): void {
    this.#bytes = 0;
    this.#long = 0;
  }

  /** The observation, or its refusal where there is too much already. */
  take(observation: Observation): Observation {
    if (observation.state !== 'present') return observation;
    this.#bytes += this.#weightOf(observation.value);
    return this.isFull ? TOO_MUCH : observation;
  }

  /** About what a value takes in memory: texts, and something for each thing that holds them. */
  #weightOf(value: unknown): number {
    if (typeof value === 'string') {
      if (value.length > LONG) this.#long += value.length * 2;
      return 32 + value.length * 2;
    }
    if (typeof value !== 'object' || value === null) return 8;
    let bytes = 32;
    for (const [name, member] of Object.entries(value)) bytes += name.length + this.#weightOf(member);
    return bytes;
  }
}
