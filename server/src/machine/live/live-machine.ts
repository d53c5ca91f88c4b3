/** The Machine port over a live connection: a batch is split by kind, and all kinds are read at the same time. */
import type { Observation, ObservationRequest } from '../../model/observation.ts';
import type { WireFailure } from '../../wire/failure.ts';
import { COMMAND } from '../../wire/smb/header.ts';
import type { SmbSession } from '../../wire/smb/session.ts';
import type { Tree } from '../../wire/smb/tree.ts';
import type { Cost, Machine } from '../port.ts';
import type { Registry, RegistryJob } from './registry.ts';
import type { Shares } from './shares.ts';
import { refused, unreadable } from './unreadable.ts';

export interface LiveMachineOptions {
  readonly session: SmbSession;
  readonly shares: Shares;
  /** IPC$. */
  readonly pipes: Tree;
  /** Round trips that it took to get here. */
  readonly waits: number;
}

const CLOSED: WireFailure = { kind: 'socket', code: 'CLOSED', message: 'the connection was closed' };

export class LiveMachine implements Machine {
  readonly kind = 'live';
  readonly #session: SmbSession;
  #registry: Registry | undefined;
  #waits: number;
  #reads = 0;

  constructor(options: LiveMachineOptions) {
    this.#session = options.session;
    this.#waits = options.waits;
  }

  get time(): Date {
    return new Date();
  }

  useRegistry(registry: Registry): void {
    this.#registry = registry;
  }

  addWaits(waits: number): void {
    this.#waits += waits;
  }

  async observe(requests: readonly ObservationRequest[], signal: AbortSignal): Promise<readonly Observation[]> {
    signal.throwIfAborted();
    this.#reads += requests.length;
    const observations: Observation[] = requests.map(() => refused('it was not read'));
    const { failure } = this.#session.connection;
    if (failure) return requests.map(() => unreadable(failure));
    const registryJobs: RegistryJob[] = [];
    requests.forEach((request, index) => {
      const answer = (observation: Observation) => {
        observations[index] = observation;
      };
      if ('hive' in request) registryJobs.push({ request, answer });
    });
    const registry = this.#registry;
    if (!registry) registryJobs.forEach((job) => job.answer(refused('remote registry is not open')));
    const waits = await Promise.all([
      registry && registryJobs.length > 0 ? registry.read(registryJobs, { signal }) : 0,
    ]);
    this.#waits += Math.max(0, ...waits);
    return observations;
  }

  cost(): Cost {
    return { roundTrips: this.#waits, bytes: this.#session.connection.transport.bytes, reads: this.#reads };
  }

  async close(): Promise<void> {
    const { connection } = this.#session;
    if (connection.failure) return;
    this.#registry?.close();
    const logoff = { command: COMMAND.LOGOFF, body: Buffer.from([4, 0, 0, 0]) };
    await connection.request(logoff, { deadlineMs: 1000 }).catch(() => undefined);
    connection.end(CLOSED);
  }
}
