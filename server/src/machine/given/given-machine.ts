/** A machine of which a test states some things: over a recording, or over nothing at all. */
import type { Observation, ObservationRequest } from '../../model/observation.ts';
import type { Cost, Machine } from '../port.ts';
import { GivenFiles } from './given-files.ts';
import { GivenKeys } from './given-keys.ts';
import { GivenServices } from './given-services.ts';
import type { Statement } from './statement.ts';

const ABSENT: Observation<never> = { state: 'absent' };

/** Answers what is stated; else what the machine beneath does, or *absent* where there is none. */
export class GivenMachine implements Machine {
  readonly kind = 'snapshot';
  readonly time: Date;
  readonly #beneath: Machine | undefined;
  readonly #keys = new GivenKeys();
  readonly #files: GivenFiles;
  readonly #services = new GivenServices();

  constructor(statements: readonly Statement[], beneath: Machine | undefined, time: Date) {
    this.#beneath = beneath;
    this.time = beneath?.time ?? time;
    this.#files = new GivenFiles(this.time);
    for (const one of statements) {
      if (one.kind === 'key' || one.kind === 'value') this.#keys.add(one);
      else if (one.kind === 'service' || one.kind === 'service-member') this.#services.add(one);
      else this.#files.add(one);
    }
  }

  async observe(requests: readonly ObservationRequest[], signal: AbortSignal): Promise<readonly Observation[]> {
    const seen = await this.#beneath?.observe(requests, signal);
    return requests.map((request, index) => this.#answer(request, seen?.[index] ?? nothing(request)));
  }

  #answer(request: ObservationRequest, beneath: Observation): Observation {
    switch (request.kind) {
      case 'key':
      case 'value':
      case 'subkeys':
      case 'values':
        return this.#keys.answer(request, beneath);
      case 'service':
      case 'services':
        return this.#services.answer(request, beneath);
      default:
        return this.#files.answer(request, beneath);
    }
  }

  cost(): Cost {
    return this.#beneath?.cost() ?? { roundTrips: 0, bytes: 0, reads: 0 };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** Without a machine beneath there is nothing but what is stated; every machine has a list of services. */
const nothing = ({ kind }: ObservationRequest): Observation =>
  kind === 'services' ? { state: 'present', value: [] } : ABSENT;
