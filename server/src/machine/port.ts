/** The Machine port: anything that answers observations. Implementations: `live/` (over the network), `snapshot/` (a recording). */
import type { Observation, ObservationRequest } from '../model/observation.ts';

export interface Cost {
  /** Times that we had to wait for an answer before we could go on: requests sent together count once. */
  readonly roundTrips: number;
  /** Bytes sent and received. */
  readonly bytes: number;
  /** Observations made on the machine itself. */
  readonly reads: number;
}

export interface Machine {
  readonly kind: 'live' | 'snapshot';
  /** The moment that ages are measured against: now for a live machine, the recording's for a snapshot. */
  readonly time: Date;
  /**
   * Answers all requests of one batch, in their order. Never rejects for something the machine did or did not do:
   * what could not be read is *unreadable* with the reason. Rejects only with the signal's reason when cancelled.
   */
  observe(requests: readonly ObservationRequest[], signal: AbortSignal): Promise<readonly Observation[]>;
  /** What it has cost so far. */
  cost(): Cost;
  /** Ends connections. Never rejects. */
  close(): Promise<void>;
}
