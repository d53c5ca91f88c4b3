/** Records a machine while it is observed: exactly what was asked for, nothing besides. */
import { requestId, type Observation, type ObservationRequest } from '../../model/observation.ts';
import { refusedByRule } from '../../model/refusals.ts';
import type { Cost, Machine } from '../port.ts';
import { snapshotDocument, type Observed } from './document.ts';
import type { RecordedMachine, SnapshotDocument } from './format.ts';

const NOBODY: RecordedMachine = { name: null, address: null, port: null };

/** Wraps a machine and keeps what it answered. What is refused by rule never reaches the machine. */
export class RecordingMachine implements Machine {
  readonly kind: Machine['kind'];
  readonly time: Date;
  readonly #inner: Machine;
  readonly #observed = new Map<string, Observed>();

  constructor(inner: Machine) {
    this.kind = inner.kind;
    this.time = inner.time;
    this.#inner = inner;
  }

  async observe(requests: readonly ObservationRequest[], signal: AbortSignal): Promise<readonly Observation[]> {
    const allowed = requests.filter((request) => refusedByRule(request) === undefined);
    const answers = await this.#inner.observe(allowed, signal);
    const byId = new Map(allowed.map((request, index) => [requestId(request), answers[index]]));
    return requests.map((request) => {
      const reason = refusedByRule(request);
      if (reason !== undefined) return { state: 'unreadable', reason };
      const observation = byId.get(requestId(request)) ?? { state: 'unreadable', reason: 'the machine gave no answer' };
      this.#observed.set(requestId(request), { request, observation });
      return observation;
    });
  }

  cost(): Cost {
    return this.#inner.cost();
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  /** The snapshot of everything observed so far, redacted. */
  document(machine: RecordedMachine = NOBODY): SnapshotDocument {
    return snapshotDocument(this.#observed.values(), { machine, recorded: this.time });
  }

  /** The same as text: two blanks deep, one line end at the end. */
  toText(machine: RecordedMachine = NOBODY): string {
    return `${JSON.stringify(this.document(machine), null, 2)}\n`;
  }
}
