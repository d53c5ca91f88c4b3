/** Drives a pure step: asks the machine for what the step needs until it is finished. */
import type { Outcome } from '../evaluate/verdict.ts';
import { describeRequest, type Observation, type ObservationRequest } from '../model/observation.ts';
import { describeRaw, type RawFailure } from './failure.ts';
import type { Known } from './known.ts';
import type { Reached } from './source.ts';

/** More rounds than any content in sight needs: a chain of dependent reads is as long as the content nests. */
const MOST_ROUNDS = 10_000;

/** Why not everything could be asked. */
export type Interruption =
  { readonly kind: 'lost'; readonly raw: RawFailure } | { readonly kind: 'deadline'; readonly raw: RawFailure };

/** What a step came to. With an interruption, whatever was not asked any more counts as unreadable. */
export interface Driven<T> {
  readonly value: T;
  readonly interruption?: Interruption;
}

export interface ObserverOptions {
  /** Ends the scan. */
  readonly cancel: AbortSignal;
  /** Ends the asking. */
  readonly deadline: AbortSignal;
  readonly onLog?: ((line: string) => void) | undefined;
}

/** One batch of reads, and what it cost. */
export interface Round {
  readonly step: number;
  readonly reads: number;
  readonly roundTrips: number;
  readonly bytes: number;
  readonly ms: number;
}

/** Asks one machine, keeps what it said, and knows when it is gone. */
export class Observer {
  readonly known: Known;
  /** Every batch so far. */
  readonly rounds: Round[] = [];
  /** The step that asks. */
  step = 4;
  readonly #reached: Reached;
  readonly #signal: AbortSignal;
  readonly #deadline: AbortSignal;
  readonly #onLog: ((line: string) => void) | undefined;
  #interruption: Interruption | undefined;
  /** Something was not answered in time. */
  #doubtful = false;

  constructor(reached: Reached, known: Known, { cancel, deadline, onLog }: ObserverOptions) {
    this.#reached = reached;
    this.known = known;
    this.#signal = cancel;
    this.#deadline = deadline;
    this.#onLog = onLog;
  }

  /** Runs a step to its end. Rejects only when the scan is cancelled. */
  async drive<T>(step: () => Outcome<T>, onRound: (reads: number) => void): Promise<Driven<T>> {
    for (let round = 0; round < 2 * MOST_ROUNDS; round++) {
      if (round === MOST_ROUNDS) this.#interruption ??= TOO_MANY_ROUNDS;
      const outcome = step();
      if (outcome.done) {
        await this.#makeSure();
        return { value: outcome.value, ...(this.#interruption && { interruption: this.#interruption }) };
      }
      const needed = this.known.unknownOf(outcome.needed);
      if (needed.length === 0) throw new Error('a step needs what it was already given');
      const observations = await this.#counted(needed);
      needed.forEach((request, index) => {
        const observation = observations[index] ?? NOT_ANSWERED;
        this.known.set(request, observation);
        this.#onLog?.(`  ${describeRequest(request)}: ${describeState(observation)}`);
      });
      onRound(this.#reached.machine.cost().reads);
    }
    throw new Error('a step that can read nothing more does not end');
  }

  async #counted(needed: readonly ObservationRequest[]): Promise<readonly Observation[]> {
    const before = this.#reached.machine.cost();
    const began = performance.now();
    const observations = await this.#ask(needed);
    const ms = Math.round(performance.now() - began);
    const { reads, roundTrips, bytes } = this.#reached.machine.cost();
    const { step } = this;
    this.rounds.push({
      ...{ step, ms, reads: reads - before.reads },
      ...{ roundTrips: roundTrips - before.roundTrips, bytes: bytes - before.bytes },
    });
    return observations;
  }

  /** One read that was not answered in time says little of the machine: is it gone, or does one service of it hang? */
  async #makeSure(): Promise<void> {
    if (!this.#doubtful || this.#interruption) return;
    this.#doubtful = false;
    const raw = await this.#reached.stillThere(this.#signal);
    if (raw) this.#interruption = { kind: 'lost', raw };
  }

  async #ask(needed: readonly ObservationRequest[]): Promise<readonly Observation[]> {
    this.#signal.throwIfAborted();
    if (this.#interruption) return this.#unreadable(needed, this.#interruption);
    try {
      const answers = await this.#reached.machine.observe(needed, AbortSignal.any([this.#signal, this.#deadline]));
      const raw = this.#reached.lost();
      if (raw) this.#interruption = { kind: 'lost', raw };
      if (answers.some(isTimeout)) this.#doubtful = true;
      return answers;
    } catch (error) {
      this.#signal.throwIfAborted();
      if (!this.#deadline.aborted) throw error;
      const message = 'the time that the scan may take is over';
      this.#interruption = { kind: 'deadline', raw: { kind: 'timeout', code: 'SCAN_DEADLINE', message } };
      return this.#unreadable(needed, this.#interruption);
    }
  }

  #unreadable(needed: readonly ObservationRequest[], { kind, raw }: Interruption): readonly Observation[] {
    const reason = kind === 'lost' ? 'the connection was lost' : 'the scan ran out of time';
    return needed.map(() => ({ state: 'unreadable', reason, raw: describeRaw(raw) }));
  }
}

/** Whether there was an answer, never which. */
function describeState(observation: Observation): string {
  if (observation.state !== 'unreadable') return observation.state;
  const { raw, reason } = observation;
  const isSaid = raw === undefined || reason.includes(raw.split(/[ :]/)[0] ?? raw);
  return `unreadable, ${reason}${isSaid ? '' : ` (${raw})`}`;
}

function isTimeout(observation: Observation): boolean {
  return observation.state === 'unreadable' && observation.raw?.startsWith('REQUEST_TIMEOUT') === true;
}

/** Each round waits for the machine, so this is a matter of time as well. */
const TOO_MANY_ROUNDS: Interruption = {
  kind: 'deadline',
  raw: { kind: 'timeout', code: 'TOO_MANY_ROUNDS', message: `more than ${MOST_ROUNDS} rounds` },
};

const NOT_ANSWERED: Observation = { state: 'unreadable', reason: 'the machine gave no answer' };
