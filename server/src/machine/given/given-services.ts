/** Stated services: what they say to a request, over what is observed beneath. */
import type { Observation, ObservationRequest, ServiceInfo } from '../../model/observation.ts';
import { GIVEN_UNKNOWN, type Presence, type Statement } from './statement.ts';

interface StatedService {
  readonly name: string;
  is: Presence;
  readonly members: Map<string, Observation<string>>;
}

const ABSENT: Observation<never> = { state: 'absent' };

export class GivenServices {
  readonly #services = new Map<string, StatedService>();

  add(statement: Extract<Statement, { kind: 'service' | 'service-member' }>): void {
    const { name } = statement;
    const service = this.#services.get(name.toLowerCase()) ?? { name, is: 'present', members: new Map() };
    this.#services.set(name.toLowerCase(), service);
    if (statement.kind === 'service') service.is = statement.is;
    else service.members.set(statement.member, statement.is);
  }

  /** The answer to a request, given what is observed beneath. */
  answer(request: Extract<ObservationRequest, { kind: 'service' | 'services' }>, beneath: Observation): Observation {
    if (request.kind === 'services') return this.#names(beneath);
    const service = this.#services.get(request.name.toLowerCase());
    if (!service) return beneath;
    if (service.is !== 'present') return service.is === 'absent' ? ABSENT : GIVEN_UNKNOWN;
    return info(service, beneath);
  }

  #names(beneath: Observation): Observation {
    if (beneath.state === 'unreadable') return beneath;
    const seen = beneath.state === 'present' ? (beneath.value as readonly string[]) : [];
    const kept = seen.filter((name) => !this.#services.has(name.toLowerCase()));
    const stated = [...this.#services.values()].filter(({ is }) => is !== 'absent').map(({ name }) => name);
    return { state: 'present', value: [...kept, ...stated] };
  }
}

/** A service of which only its being there is stated is stopped, and the registry says nothing more of it. */
function info({ name, members }: StatedService, beneath: Observation): Observation {
  const seen: ServiceInfo =
    beneath.state === 'present'
      ? (beneath.value as ServiceInfo)
      : { ...{ name, displayName: name, state: 'stopped' }, ...{ start: ABSENT, account: ABSENT, path: ABSENT } };
  const said: Record<string, unknown> = { ...seen };
  for (const [member, is] of members) {
    if (member !== 'state' && member !== 'displayName') said[member] = is;
    else if (is.state === 'present') said[member] = is.value;
    // These two come with the service itself.
    else return GIVEN_UNKNOWN;
  }
  return { state: 'present', value: said };
}
