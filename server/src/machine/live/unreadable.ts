/** How a failure of the wire becomes an observation. */
import type { Observation } from '../../model/observation.ts';
import { rawCode, WireError, type WireFailure } from '../../wire/failure.ts';

export const ABSENT: Observation<never> = { state: 'absent' };

export function present<T>(value: T): Observation<T> {
  return { state: 'present', value };
}

/** The reason ends with the code beneath it, which verdicts show and people look up. */
export function unreadable(failure: WireFailure): Observation<never> {
  const { code, message } = failure;
  const reason = message.includes(code) ? message : `${message.replace(/[.]$/, '')} (${code})`;
  return { state: 'unreadable', reason, raw: rawCode(failure) };
}

/** For what we refuse to read, by rule. */
export function refused(reason: string): Observation<never> {
  return { state: 'unreadable', reason };
}

/** Runs one reading; a failure of the wire becomes *unreadable*, everything else (cancellation) goes on. */
export async function reading<T>(work: () => Promise<Observation<T>>): Promise<Observation<T>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WireError) return unreadable(error.failure);
    throw error;
  }
}
