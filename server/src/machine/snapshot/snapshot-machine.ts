/** A machine that is a recording: it answers from a snapshot and costs nothing. */
import type { Observation, ObservationRequest } from '../../model/observation.ts';
import { refusedByRule } from '../../model/refusals.ts';
import type { BrowsableMachine, Listed, ListItems, ListRange, ListRequest } from '../listing.ts';
import type { Cost } from '../port.ts';
import type { RecordedMachine, SnapshotDocument } from './format.ts';
import { NOT_RECORDED, RecordedObservations } from './lookup.ts';
import { RecordedLists } from './recorded-lists.ts';

/** Replays a snapshot. What was not recorded is *unreadable*; what follows from a recorded absence is absent. */
export class SnapshotMachine implements BrowsableMachine {
  readonly kind = 'snapshot';
  readonly time: Date;
  /** Whose recording it is. */
  readonly recorded: RecordedMachine;
  readonly #snapshot: SnapshotDocument;
  readonly #observations: RecordedObservations;
  #lists: RecordedLists | undefined;
  #answered = 0;

  constructor(snapshot: SnapshotDocument) {
    this.time = new Date(snapshot.recorded);
    this.recorded = snapshot.machine;
    this.#snapshot = snapshot;
    this.#observations = new RecordedObservations(snapshot);
  }

  observe(requests: readonly ObservationRequest[], signal: AbortSignal): Promise<readonly Observation[]> {
    if (signal.aborted) return Promise.reject(reasonOf(signal));
    return Promise.resolve(requests.map((request) => this.#answer(request)));
  }

  #answer(request: ObservationRequest): Observation {
    const refused = refusedByRule(request);
    if (refused !== undefined) return { state: 'unreadable', reason: refused };
    const answer = this.#observations.answer(request);
    if (answer !== NOT_RECORDED) this.#answered++;
    return answer;
  }

  list<R extends ListRequest>(
    request: R,
    range: ListRange,
    signal: AbortSignal,
  ): Promise<Observation<Listed<ListItems[R['kind']]>>> {
    if (signal.aborted) return Promise.reject(reasonOf(signal));
    const refused = request.kind === 'services' ? undefined : refusedByRule(request);
    if (refused !== undefined) return Promise.resolve({ state: 'unreadable', reason: refused });
    this.#lists ??= new RecordedLists(this.#snapshot, this.#observations);
    return Promise.resolve(this.#lists.list(request, range) as Observation<Listed<ListItems[R['kind']]>>);
  }

  /** The recording is kept whole by whoever opened it. */
  letGo(): void {
    return;
  }

  /** Reads are the answers that the recording had. */
  cost(): Cost {
    return { roundTrips: 0, bytes: 0, reads: this.#answered };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
