/**
 * The registry over several winreg pipes. Windows answers one call at a time on a pipe, so speed comes from pipes: they
 * are opened as work asks for them, each works through keys, and a key is opened once for all that is asked of it.
 */
import type { Observation } from '../../model/observation.ts';
import { ntError, WireError } from '../../wire/failure.ts';
import { NT } from '../../wire/nt-status.ts';
import type { Call, WaitCounter } from '../../wire/smb/call.ts';
import type { Tree } from '../../wire/smb/tree.ts';
import { keyId, RegistryPipe, type KeyName } from './registry-pipe.ts';
import { readRegistry, type RegistryRequest } from './registry-reads.ts';
import { refused, unreadable } from './unreadable.ts';

/** A request, and the place in the batch that its answer belongs to. */
export interface RegistryJob {
  readonly request: RegistryRequest;
  answer(observation: Observation): void;
}

interface KeyGroup {
  readonly key: KeyName;
  readonly jobs: RegistryJob[];
}

export class Registry {
  readonly #tree: Tree;
  readonly #maxPipes: number;
  #pipes: RegistryPipe[];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(tree: Tree, first: RegistryPipe, maxPipes: number) {
    this.#tree = tree;
    this.#pipes = [first];
    this.#maxPipes = maxPipes;
  }

  /** Answers every job. Rejects only when cancelled. Returns the longest chain of waits. */
  async read(jobs: readonly RegistryJob[], call: Call): Promise<number> {
    // One batch at a time: a pipe takes one call at a time.
    const turn = this.#turn.then(() => this.#readBatch(jobs, call));
    this.#turn = turn.catch(() => undefined);
    return await turn;
  }

  async #readBatch(jobs: readonly RegistryJob[], call: Call): Promise<number> {
    const groups = groupByKey(jobs);
    this.#pipes = this.#pipes.filter((pipe) => pipe.usable);
    const wanted = Math.min(this.#maxPipes, Math.max(1, Math.ceil(groups.length / 2)));
    const shared: KeyGroup[] = [];
    const own = new Map<RegistryPipe, KeyGroup[]>();
    for (const group of groups) {
      const holder = this.#pipes.find((pipe) => pipe.holds(group.key));
      if (holder) own.set(holder, [...(own.get(holder) ?? []), group]);
      else shared.push(group);
    }
    // Every pipe that holds a wanted key works, wherever it stands; further pipes join until there are enough.
    const holders = [...own.keys()];
    const others = this.#pipes.filter((pipe) => !own.has(pipe));
    const lanes = Array.from(
      { length: Math.max(wanted, holders.length) },
      (_, index) => holders[index] ?? others[index - holders.length],
    );
    const counters = await Promise.all(
      lanes.map((pipe) => this.#work({ pipe, own: (pipe && own.get(pipe)) ?? [], shared }, call)),
    );
    for (const group of [...own.values()].flat().concat(shared))
      failGroup(group, unreadable(ntError(NT.PIPE_DISCONNECTED).failure));
    return Math.max(0, ...counters.map((counter) => counter.waits));
  }

  close(): void {
    for (const pipe of this.#pipes) pipe.rpc.close();
    this.#pipes = [];
  }

  /** One lane: a pipe that works until nothing is left. */
  async #work(
    lane: { pipe: RegistryPipe | undefined; own: KeyGroup[]; shared: KeyGroup[] },
    call: Call,
  ): Promise<WaitCounter> {
    const counter: WaitCounter = { waits: 0 };
    const counted = { ...call, counter };
    let { pipe } = lane;
    for (let group = lane.own.shift() ?? lane.shared.shift(); group; group = lane.own.shift() ?? lane.shared.shift()) {
      try {
        if (!pipe?.usable) pipe = await this.#open(counted);
        await readGroup(pipe, group, counted);
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
        failGroup(group, unreadable(error.failure));
      }
    }
    return counter;
  }

  async #open(call: Call): Promise<RegistryPipe> {
    const pipe = await RegistryPipe.open(this.#tree, call);
    this.#pipes.push(pipe);
    return pipe;
  }
}

/** All that is asked of one key. Whether the key is there, or what lies in it, is asked of the key as it is now. */
async function readGroup(pipe: RegistryPipe, group: KeyGroup, call: Call): Promise<void> {
  const { key } = group;
  if (group.jobs.some((job) => job.request.kind !== 'value')) await pipe.forget(key, call);
  for (const job of group.jobs) job.answer(await readRegistry({ pipe, key, call }, job.request));
}

function failGroup(group: KeyGroup, observation: Observation): void {
  for (const job of group.jobs) job.answer(observation);
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
