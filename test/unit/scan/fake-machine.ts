/** A machine for tests of the scan: answers by a function, counts, and can be lost. */
import type { Machine } from '../../../server/src/machine/port.ts';
import type { Observation, ObservationRequest } from '../../../server/src/model/observation.ts';
import type { RawFailure } from '../../../server/src/scan/failure.ts';
import type { Reached } from '../../../server/src/scan/source.ts';

export interface FakeMachine extends Reached {
  /** Every request that reached the machine. */
  readonly asked: readonly ObservationRequest[];
  lose(failure: RawFailure): void;
}

export function fakeMachine(
  answer: (request: ObservationRequest) => Observation,
  options: { readonly challengeNames?: readonly string[]; readonly hang?: boolean; readonly gone?: RawFailure } = {},
): FakeMachine {
  const asked: ObservationRequest[] = [];
  let lost: RawFailure | undefined;
  const machine: Machine = {
    kind: 'live',
    time: new Date('2026-01-13T10:00:00Z'),
    observe: (requests, signal) => {
      asked.push(...requests);
      if (!options.hang) return Promise.resolve(requests.map(answer));
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reject(signal.reason as Error);
        });
      });
    },
    cost: () => ({ roundTrips: 1, bytes: 1, reads: asked.length }),
    close: () => Promise.resolve(),
  };
  return {
    machine,
    asked,
    lost: () => lost,
    stillThere: () => Promise.resolve(options.gone),
    challengeNames: options.challengeNames ?? [],
    lose: (failure) => {
      lost = failure;
    },
  };
}
