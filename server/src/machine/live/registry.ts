/**
 * The registry over several winreg pipes. Windows answers one call at a time on a pipe, so speed comes from pipes: they
 * are opened as work asks for them, each works through keys, and a key is opened once for all that is asked of it.
 */
import type { Observation } from '../../model/observation.ts';
import { ntError, WireError } from '../../wire/failure.ts';
import { NT } from '../../wire/nt-status.ts';
import type { Call, WaitCounter } from '../../wire/smb/call.ts';
import type { Tree } from '../../wire/smb/tree.ts';
import { keyId, type KeyName, type RegistryPipe } from './registry-pipe.ts';
import { RegistryPool } from './registry-pool.ts';
import type { ListRange } from '../listing.ts';
import type { KeyReading } from './registry-enumeration.ts';
import { listRegistry } from './registry-lists.ts';
import { readRegistry, type RegistryRequest } from './registry-reads.ts';
import { refused, unreadable } from './unreadable.ts';

/** A request, and the place in the batch that its answer belongs to. */
export interface RegistryJob {
  readonly request: RegistryRequest;
  /** Only this part of the subkeys or values is wanted. */
  readonly page?: ListRange;
  answer(observation: Observation): void;
  /** Why it is not read any more, if so. */
  readonly refusal?: () => Observation | undefined;
}

interface KeyGroup {
  readonly key: KeyName;
  readonly jobs: RegistryJob[];
}

/** What one lane works through: first its own, the keys that its pipe has open, then what all share. */
interface Lane {
  readonly pipe: RegistryPipe | undefined;
  readonly own: KeyGroup[];
  readonly shared: KeyGroup[];
}

/** Pipes that fell silent before the registry counts as hanging. */
const MAX_TIMEOUTS = 16;

export class Registry {
  readonly #pool: RegistryPool;
  #openFailure: WireError | undefined;
  /** Why nothing more is asked: the registry stopped answering, while the machine did not. */
  #dead: WireError | undefined;
  #timeouts = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(tree: Tree, first: RegistryPipe, maxPipes: number) {
    this.#pool = new RegistryPool(tree, first, maxPipes);
  }

  /** Answers every job. Rejects only when cancelled. Returns the longest chain of waits. */
  async read(jobs: readonly RegistryJob[], call: Call): Promise<number> {
    // One batch at a time: a pipe takes one call at a time.
    const turn = this.#turn.then(() => this.#readBatch(jobs, call));
    this.#turn = turn.catch(() => undefined);
    return await turn;
  }

  close(): void {
    this.#pool.close();
  }

  async #readBatch(jobs: readonly RegistryJob[], call: Call): Promise<number> {
    const shared: KeyGroup[] = [];
    const own = new Map<RegistryPipe, KeyGroup[]>();
    const groups = groupByKey(jobs);
    if (this.#dead) {
      failGroups(groups, this.#dead);
      return 0;
    }
    for (const group of groups) {
      const holder = this.#pool.holderOf(group.key);
      if (holder) own.set(holder, [...(own.get(holder) ?? []), group]);
      else shared.push(group);
    }
    const wanted = Math.min(this.#pool.max, Math.ceil(groups.length / 2));
    let waits = await this.#runLanes(this.#lanes(wanted, own, shared), call);
    // What lanes without a pipe of their own left behind goes to the pipes that there are.
    for (let left = shared.length; left > 0; left = shared.length) {
      const lanes = this.#pool.idle().map((pipe) => ({ pipe, own: [], shared }));
      if (this.#dead) failGroups(shared.splice(0), this.#dead);
      else waits += await this.#runLanes(lanes.length > 0 ? lanes : [{ pipe: undefined, own: [], shared }], call);
      if (shared.length === left) failGroups(shared.splice(0), this.#openFailure ?? ntError(NT.PIPE_DISCONNECTED));
    }
    return waits;
  }

  /** Every pipe that holds a wanted key works; further pipes join until there are enough. */
  #lanes(wanted: number, own: ReadonlyMap<RegistryPipe, KeyGroup[]>, shared: KeyGroup[]): readonly Lane[] {
    const holders = [...own].map(([pipe, groups]) => ({ pipe, own: groups, shared }));
    const missing = shared.length > 0 ? Math.max(0, wanted - holders.length) : 0;
    const others = this.#pool.idle().filter((pipe) => !own.has(pipe));
    return [...holders, ...Array.from({ length: missing }, (_, index) => ({ pipe: others[index], own: [], shared }))];
  }

  async #runLanes(lanes: readonly Lane[], call: Call): Promise<number> {
    for (const { pipe } of lanes) if (pipe) this.#pool.take(pipe);
    return Math.max(0, ...(await Promise.all(lanes.map((lane) => this.#runLane(lane, call)))));
  }

  /** Works until nothing is left, or the lane has no pipe any more. Returns its waits. */
  async #runLane(lane: Lane, call: Call): Promise<number> {
    const counter: WaitCounter = { waits: 0 };
    const counted = { ...call, counter };
    const pipe = lane.pipe ?? (await this.#tryOpen(counted));
    if (!pipe) return counter.waits;
    try {
      for (let group = lane.own.shift() ?? lane.shared.shift(); group;) {
        await this.#readGroup(pipe, group, counted);
        this.#noteTimeout(pipe);
        group = pipe.usable && !this.#dead ? (lane.own.shift() ?? lane.shared.shift()) : undefined;
      }
    } finally {
      this.#pool.giveBack(pipe);
      lane.shared.push(...lane.own.splice(0));
    }
    return counter.waits;
  }

  #noteTimeout(pipe: RegistryPipe): void {
    const { broken } = pipe.rpc;
    if (broken?.failure.kind === 'timeout' && ++this.#timeouts >= MAX_TIMEOUTS) this.#dead = broken;
  }

  async #tryOpen(call: Call): Promise<RegistryPipe | undefined> {
    try {
      return await this.#pool.open(call);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.#openFailure = error;
      if (error.failure.kind === 'timeout') this.#dead = error;
      return undefined;
    }
  }

  /** All that is asked of one key. Whether the key is there, or what lies in it, is asked of the key as it is now. */
  async #readGroup(pipe: RegistryPipe, group: KeyGroup, call: Call): Promise<void> {
    const at = { pool: this.#pool, pipe, key: group.key, call };
    const asksForKey = group.jobs.some((job) => job.request.kind !== 'value');
    if (asksForKey) await pipe.forget(group.key, call).catch(rethrowUnlessWire);
    for (const job of group.jobs) job.answer(job.refusal?.() ?? (await this.#readJob(at, job)));
  }

  async #readJob(at: KeyReading, { request, page }: RegistryJob): Promise<Observation> {
    return page ? await listRegistry(at, request, page) : await readRegistry(at, request);
  }
}

/** A pipe that cannot close a handle says so again at its next call. */
function rethrowUnlessWire(error: unknown): void {
  if (!(error instanceof WireError)) throw error;
}

function failGroups(groups: readonly KeyGroup[], error: WireError): void {
  for (const group of groups) for (const job of group.jobs) job.answer(unreadable(error.failure));
}

function groupByKey(jobs: readonly RegistryJob[]): readonly KeyGroup[] {
  const groups = new Map<string, KeyGroup>();
  for (const job of jobs) {
    const { hive, path } = job.request;
    const reason = whyNot(job.request);
    if (reason !== undefined) {
      job.answer(refused(reason));
      continue;
    }
    const key = { hive, path };
    const group = groups.get(keyId(key)) ?? { key, jobs: [] };
    group.jobs.push(job);
    groups.set(keyId(key), group);
  }
  return [...groups.values()];
}

/** A name's length is a 16-bit number of bytes on the wire. */
const MAX_NAME = 16_000;

function whyNot(request: RegistryRequest): string | undefined {
  if (request.hive === 'HKLM' && /^(sam|security)(\\|$)/i.test(request.path)) {
    return 'the registry of secrets (SAM, SECURITY) is never read';
  }
  const name = request.kind === 'value' ? request.name : '';
  if (request.path.length > MAX_NAME || name.length > MAX_NAME) return 'the name is longer than a registry name can be';
  if (`${request.path}${name}`.includes('\0')) return 'the name holds a zero character';
  return undefined;
}
