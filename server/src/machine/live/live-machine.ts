/** The Machine port over a live connection: a batch is split by kind, and all kinds are read at the same time. */
import type { Observation, ObservationRequest, RegistryValue } from '../../model/observation.ts';
import type { WireFailure } from '../../wire/failure.ts';
import type { Call } from '../../wire/smb/call.ts';
import { COMMAND } from '../../wire/smb/header.ts';
import type { SmbSession } from '../../wire/smb/session.ts';
import type { Tree } from '../../wire/smb/tree.ts';
import type { BrowsableMachine, Listed, ListItems, ListRange, ListRequest } from '../listing.ts';
import { partOf } from '../listing.ts';
import type { Cost } from '../port.ts';
import type { FileRequest } from './file-reads.ts';
import { listEntries, readFiles, type FileJob } from './files.ts';
import { Held, TOO_MUCH } from './held.ts';
import { inLanes } from './lanes.ts';
import type { RegistryRequest } from './registry-reads.ts';
import type { Registry, RegistryJob } from './registry.ts';
import {
  describeService,
  isServiceName,
  SERVICE_VALUES,
  Services,
  type ServiceManager,
  type ServiceValues,
} from './services.ts';
import type { Shares } from './shares.ts';
import { refused, unreadable } from './unreadable.ts';

export interface LiveMachineOptions {
  readonly session: SmbSession;
  readonly shares: Shares;
  /** IPC$. */
  readonly pipes: Tree;
  /** Round trips that it took to get here. */
  readonly waits: number;
  /** What the connection is made for: once it is aborted, nobody waits for the machine any more. */
  readonly signal?: AbortSignal | undefined;
}

type ServiceRequest = Extract<ObservationRequest, { kind: 'service' | 'services' }>;

interface ServiceJob {
  readonly request: ServiceRequest;
  answer(observation: Observation): void;
}

const CLOSED: WireFailure = { kind: 'socket', code: 'CLOSED', message: 'the connection was closed' };
const NO_REGISTRY = refused('remote registry is not open');
const SERVICE_LANES = 8;
/** So many services, and the list of all takes fewer round trips than asking for each. */
const LISTED_FROM = 8;
const SERVICES_KEY = 'SYSTEM\\CurrentControlSet\\Services';

export class LiveMachine implements BrowsableMachine {
  readonly kind = 'live';
  readonly #session: SmbSession;
  readonly #shares: Shares;
  readonly #services: Services;
  readonly #signal: AbortSignal | undefined;
  readonly #held = new Held();
  #registry: Registry | undefined;
  #waits: number;
  #reads = 0;

  constructor(options: LiveMachineOptions) {
    this.#session = options.session;
    this.#shares = options.shares;
    this.#services = new Services(options.pipes);
    this.#waits = options.waits;
    this.#signal = options.signal;
  }

  get time(): Date {
    return new Date();
  }

  useRegistry(registry: Registry): void {
    this.#registry?.close();
    this.#registry = registry;
  }

  addWaits(waits: number): void {
    this.#waits += waits;
  }

  async observe(requests: readonly ObservationRequest[], signal: AbortSignal): Promise<readonly Observation[]> {
    signal.throwIfAborted();
    if (this.#held.isFull) return requests.map(() => TOO_MUCH);
    this.#reads += requests.length;
    const observations: Observation[] = requests.map(() => refused('it was not read'));
    const registryJobs: RegistryJob[] = [];
    const fileJobs: FileJob[] = [];
    const serviceJobs: ServiceJob[] = [];
    const refusal = () => (this.#held.isFull ? TOO_MUCH : undefined);
    requests.forEach((request, index) => {
      const answer = (observation: Observation) => {
        observations[index] = this.#held.take(observation);
      };
      if (isRegistry(request)) registryJobs.push({ request, answer, refusal });
      else if (isFile(request)) fileJobs.push({ request, answer, refusal });
      else serviceJobs.push({ request, answer });
    });
    const call = { signal };
    const configuration = new Map<string, Observation<RegistryValue>>();
    for (const { request } of serviceJobs) {
      if (request.kind === 'service' && isServiceName(request.name))
        registryJobs.push(...configurationJobs(request.name, configuration));
    }
    const registry = this.#readRegistry(registryJobs, call);
    const valuesOf = (service: string) => async (value: string) => {
      await registry;
      return configuration.get(`${service}|${value}`) ?? NO_REGISTRY;
    };
    const waits = await Promise.all([
      registry,
      readFiles(this.#shares, fileJobs, call),
      this.#readServices(serviceJobs, valuesOf, call),
    ]);
    this.#waits += Math.max(...waits);
    return observations;
  }

  async list<R extends ListRequest>(
    request: R,
    range: ListRange,
    signal: AbortSignal,
  ): Promise<Observation<Listed<ListItems[R['kind']]>>> {
    signal.throwIfAborted();
    this.#reads++;
    return (await this.#list(request, range, { signal })) as Observation<Listed<ListItems[R['kind']]>>;
  }

  async #list(request: ListRequest, page: ListRange, call: Call): Promise<Observation> {
    switch (request.kind) {
      case 'entries':
        return await listEntries(this.#shares, { path: request.path, page }, call);
      case 'services': {
        const names = await this.#services.use(call, (manager) => manager.names(call));
        return names.state === 'present' ? { state: 'present', value: partOf(names.value, page) } : names;
      }
      default: {
        let answered: Observation = refused('it was not read');
        const answer = (observation: Observation) => {
          answered = observation;
        };
        this.#waits += await this.#readRegistry([{ request, page, answer }], call);
        return answered;
      }
    }
  }

  letGo(): void {
    this.#held.empty();
  }

  cost(): Cost {
    return { roundTrips: this.#waits, bytes: this.#session.connection.transport.bytes, reads: this.#reads };
  }

  async close(): Promise<void> {
    const { connection } = this.#session;
    if (connection.failure) return;
    // A machine that has fallen silent would not answer a goodbye; without one it forgets the session with the connection.
    if (this.#signal?.aborted === true) return connection.end(CLOSED);
    this.#registry?.close();
    this.#services.close();
    const logoff = { command: COMMAND.LOGOFF, body: Buffer.from([4, 0, 0, 0]) };
    await connection.request(logoff, { deadlineMs: 1000 }).catch(() => undefined);
    connection.end(CLOSED);
  }

  async #readRegistry(jobs: readonly RegistryJob[], call: Call): Promise<number> {
    if (this.#registry && jobs.length > 0) return await this.#registry.read(jobs, call);
    const { failure } = this.#session.connection;
    for (const job of jobs) job.answer(failure ? unreadable(failure) : NO_REGISTRY);
    return 0;
  }

  async #readServices(
    jobs: readonly ServiceJob[],
    valuesOf: (service: string) => ServiceValues,
    call: Call,
  ): Promise<number> {
    const counter = { waits: 0 };
    const left = await this.#readListed(jobs, valuesOf, { ...call, counter });
    // A pipe of its own is worth its opening for two services and more.
    const lanes = Math.min(SERVICE_LANES, Math.ceil(left.length / 2));
    const waits = await inLanes({ jobs: left, lanes, call }, async (job, counted) => {
      const { request } = job;
      const read = (manager: ServiceManager): Promise<Observation<unknown>> =>
        request.kind === 'services'
          ? manager.names(counted)
          : manager.service(request.name, valuesOf(request.name), counted);
      job.answer(await this.#services.use(counted, read));
    });
    return counter.waits + waits;
  }

  /**
   * Where many services are asked for, one list tells the states of all. Gives what it leaves to be asked one by one: what is
   * not in it may be there all the same, for whom the account may not see.
   */
  async #readListed(
    jobs: readonly ServiceJob[],
    valuesOf: (service: string) => ServiceValues,
    call: Call,
  ): Promise<readonly ServiceJob[]> {
    const wanted = new Set(
      jobs.flatMap(({ request }) => (request.kind === 'service' ? request.name.toLowerCase() : [])),
    );
    if (wanted.size < LISTED_FROM) return jobs;
    const listed = await this.#services.use(call, (manager) => manager.listed(wanted, call));
    if (listed.state !== 'present') return jobs;
    const left: ServiceJob[] = [];
    await Promise.all(
      jobs.map(async (job) => {
        const name = job.request.kind === 'service' ? job.request.name : '';
        const found = listed.value.get(name.toLowerCase());
        if (found) job.answer(await describeService({ ...found, name }, valuesOf(name)));
        else left.push(job);
      }),
    );
    return left;
  }
}

/** How a service starts stands in its registry key; read together with everything else of the registry. */
function configurationJobs(service: string, into: Map<string, Observation<RegistryValue>>): readonly RegistryJob[] {
  return SERVICE_VALUES.map((name) => ({
    request: { kind: 'value', hive: 'HKLM', path: `${SERVICES_KEY}\\${service}`, name },
    answer: (observation) => into.set(`${service}|${name}`, observation as Observation<RegistryValue>),
  }));
}

function isRegistry(request: ObservationRequest): request is RegistryRequest {
  return 'hive' in request;
}

function isFile(request: ObservationRequest): request is FileRequest {
  return 'path' in request && !('hive' in request);
}
