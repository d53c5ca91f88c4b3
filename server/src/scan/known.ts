/** What has been observed in a scan, each thing once. */
import { requestId, type Observation, type ObservationRequest } from '../model/observation.ts';
import type { Observations } from '../evaluate/verdict.ts';

/** A growing set of observations. */
export class Known implements Observations {
  readonly #byId = new Map<string, Observation>();

  get(request: ObservationRequest): Observation | undefined {
    return this.#byId.get(requestId(request));
  }

  set(request: ObservationRequest, observation: Observation): void {
    this.#byId.set(requestId(request), observation);
  }

  /** Those that nobody asked for yet, each once. */
  unknownOf(requests: readonly ObservationRequest[]): readonly ObservationRequest[] {
    const byId = new Map(requests.map((request) => [requestId(request), request]));
    return [...byId].filter(([id]) => !this.#byId.has(id)).map(([, request]) => request);
  }
}
