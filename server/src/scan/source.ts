/** Where a scan's observations come from once the machine is reached, and what can go wrong with it on the way. */
import type { Machine } from '../machine/port.ts';
import type { RawFailure } from './failure.ts';

/** A machine that was reached. */
export interface Reached {
  readonly machine: Machine;
  /** The failure that ended the connection, once it has ended. A snapshot has none. */
  readonly lost: () => RawFailure | undefined;
  /** Asks whether the machine answers at all; gives why it does not. */
  readonly stillThere: (signal: AbortSignal) => Promise<RawFailure | undefined>;
  /** Names that the machine gave itself in its logon challenge. */
  readonly challengeNames: readonly string[];
}
