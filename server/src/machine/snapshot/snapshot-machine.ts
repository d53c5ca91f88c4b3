/** A machine that is a recording: it answers from a snapshot and costs nothing. */
import type { Observation, ObservationRequest } from '../../model/observation.ts';
import { refusedByRule } from '../../model/refusals.ts';
import type { Cost, Machine } from '../port.ts';
import type { RecordedMachine, SnapshotDocument } from './format.ts';
import { NOT_RECORDED, RecordedObservations } from './lookup.ts';

/** Replays a snapshot. What was not recorded is *unreadable*; what follows from a recorded absence is absent. */
export class SnapshotMachine implements Machine {
  readonly kind = 'snapshot';
  readonly time: Date;
  /** Whose recording it is. */
  readonly recorded: RecordedMachine;
  readonly #observations: RecordedObservations;
  #answered = 0;

  constructor(snapshot: SnapshotDocument) {
    this.time = new Date(snapshot.recorded);
    this.recorded = snapshot.machine;
    this.#observations = new RecordedObservations(snapshot);
  }

  observe(requests: readonly ObservationRequest[], signal: AbortSignal): Promise<readonly Observation[]> {
    try {
      signal.throwIfAborted();
    } catch (reason) {
      return Promise.reject(reason instanceof Error ? reason : new Error(String(reason)));
    }
    return Promise.resolve(requests.map((request) => this.#answer(request)));
  }

  #answer(request: ObservationRequest): Observation {
    const refused = refusedByRule(request);
    if (refused !== undefined) return { state: 'unreadable', reason: refused };
    const answer = this.#observations.answer(request);
    if (answer !== NOT_RECORDED) this.#answered++;
    return answer;
  }

  /** Reads are the answers that the recording had. */
  cost(): Cost {
    return { roundTrips: 0, bytes: 0, reads: this.#answered };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
