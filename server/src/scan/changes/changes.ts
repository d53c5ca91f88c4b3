/** The changes of one scan to one machine: asked for by the user, recorded before they are made, undone whatever happens. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveConnection, MachineChanges, Phase, WireFailure } from '../../machine/live/live.ts';
import { rawCode } from '../../wire/failure.ts';
import { describe, Journal, keyOf, type Change, type ChangeRecord } from './journal.ts';

/** What a scan may change on its machine. */
export interface ChangeOptions {
  /** Where changes are recorded until they are undone. */
  readonly folder: string;
  /** Shares the system drive for the scan where the machine does not. */
  readonly temporaryShare?: boolean;
  /** Starts the service Remote Registry for the scan where it is stopped. */
  readonly startRemoteRegistry?: boolean;
  /** Starts it also where it is disabled. */
  readonly enableRemoteRegistry?: boolean;
}

const REMOTE_REGISTRY = 'RemoteRegistry';
const MARK = 'Patchlab temporary share';
/** A share that nobody knows of any more may be removed once every scan that could have made it is over. */
const LONGEST_SCAN_MS = 24 * 60 * 60 * 1000;
/** What undoing may take, in all. */
const UNDO_MS = 10_000;
/** A change that is under way when the scan is cancelled is waited for, else nobody would know whether it came about. */
const PATIENCE_MS = 5_000;
/** What was asked of a machine when a scan was killed may still come about a moment later. */
const STILL_COMING_MS = 60_000;
/** What was asked for over a connection that was lost may come about so much later. */
const COMING_MS = 4_000;
/** A connection that was lost may be lost once more. */
const TRIES = 4;
const TRY_MS = 500;
/** Other scans of a machine start and stop the service as well. */
const STARTS = 5;
const LOOKS = 40;
const LOOK_MS = 100;

interface Surroundings {
  readonly options: ChangeOptions;
  /** Connects once more, where the connection was lost before all was undone. */
  readonly connectAgain: (signal: AbortSignal) => Promise<Phase<LiveConnection>>;
  readonly log: (line: string) => void;
}

/** What came of undoing: why it failed, or whether everything was there to be undone. */
type Undone = { readonly failure: WireFailure } | { readonly failure?: undefined; readonly isWhole: boolean };

/** The changes of one scan. Failures are values; only cancellation rejects. */
export class Changes {
  readonly #journal: Journal;
  readonly #around: Surroundings;
  #record: ChangeRecord | undefined;
  /** What the machine has answered for, made or refused: where that is not there, it does not come any more. */
  readonly #answered = new Set<string>();
  /** Left by killed scans and not found on the machine: looked for once more at the end. */
  readonly #notFound: ChangeRecord[] = [];

  constructor(around: Surroundings) {
    this.#around = around;
    this.#journal = new Journal(around.options.folder);
  }

  get options(): ChangeOptions {
    return this.#around.options;
  }

  /** Undoes what killed scans have left on the machine. Gives why that cannot be. */
  async recover(connection: LiveConnection, signal: AbortSignal): Promise<WireFailure | undefined> {
    const machine = keyOf(connection);
    let failed: WireFailure | undefined;
    for (const { record, runs } of await this.#journal.of(machine)) {
      if (runs) continue;
      this.#around.log(`undoing what an interrupted scan of ${record.made} has left: ${describe(record)}`);
      failed = (await this.#undo(record, connection, patient(signal))).failure ?? failed;
    }
    return failed;
  }

  /** Makes a share of the drive and gives its name. */
  async makeShare(connection: LiveConnection, drive: string, cancel: AbortSignal): Promise<Phase<string>> {
    const signal = patient(cancel);
    const owner = await this.#journal.owner();
    const cleaned = await connection.change((changes) => this.#removeForgotten(changes, owner), signal);
    if (!cleaned.ok) return cleaned;
    const name = `patchlab-${randomBytes(6).toString('hex')}$`;
    await this.#note(connection, { share: name });
    this.#around.log(`making the temporary share ${name} of ${drive}:\\`);
    const remark = `${MARK}; ${owner}; ${new Date().toISOString()}`;
    const made = await connection.change((changes) => changes.addShare({ name, path: `${drive}:\\`, remark }), signal);
    if (made.ok || made.failure.kind === 'win32') this.#answered.add(name);
    return made.ok ? { ok: true, value: name } : made;
  }

  /** Starts Remote Registry. `disabled` says that this would need a change of its start type that nobody asked for. */
  async startRegistry(connection: LiveConnection, cancel: AbortSignal): Promise<Phase<'running' | 'disabled'>> {
    const signal = patient(cancel);
    const started = await connection.change(async (changes) => {
      for (let tries = 0; tries < STARTS; tries++) {
        const outcome = await this.#startOnce(connection, changes, signal);
        if (outcome !== 'again') return outcome;
      }
      return 'disabled';
    }, signal);
    if (started.ok || started.failure.kind === 'win32') this.#answered.add(REMOTE_REGISTRY);
    return started;
  }

  /** `again` where another scan started the service this very moment, or has just made it disabled again. */
  async #startOnce(
    connection: LiveConnection,
    changes: MachineChanges,
    signal: AbortSignal,
  ): Promise<'running' | 'disabled' | 'again'> {
    const shared = await this.#shareService(connection, signal);
    const state = await changes.serviceState(REMOTE_REGISTRY);
    if (state === 'running') return shared || !(await this.#othersService(connection)) ? 'running' : 'again';
    if (!shared && !this.#record?.service)
      await this.#note(connection, { service: { name: REMOTE_REGISTRY, disabled: false } });
    this.#around.log(`starting the service ${REMOTE_REGISTRY}, which is ${state}`);
    let started = await changes.startService(REMOTE_REGISTRY);
    if (started === 'disabled') {
      if (this.options.enableRemoteRegistry !== true) {
        await this.#forgetService();
        return 'disabled';
      }
      await this.#note(connection, { service: { name: REMOTE_REGISTRY, disabled: true } });
      this.#around.log(`making the service ${REMOTE_REGISTRY}, which is disabled, one that can be started`);
      await changes.setStartType(REMOTE_REGISTRY, 'manual');
      started = await changes.startService(REMOTE_REGISTRY);
      if (started === 'disabled') return 'again';
    }
    // Somebody else was faster: then it is not ours to stop, unless that was another scan, or we have made it possible.
    const isOurs = shared || started === 'started' || this.#record?.service?.disabled === true;
    if (!isOurs && !(await this.#othersService(connection))) await this.#forgetService();
    await waitFor(changes, 'running', signal);
    return 'running';
  }

  /** Notes that the service is needed where another scan has started it: else that one would stop it under our hands. */
  async #shareService(connection: LiveConnection, signal: AbortSignal): Promise<boolean> {
    await this.#othersEnded(connection, signal);
    const shared = await this.#othersService(connection);
    if (!shared) return false;
    // From here on nobody stops it; who was just about to do so is waited for.
    await this.#note(connection, { service: this.#record?.service ?? shared });
    await this.#othersEnded(connection, signal);
    return true;
  }

  /** The service as other scans of the machine that run now have found it, where they have started it. */
  async #othersService(connection: LiveConnection): Promise<Change['service']> {
    const all = await this.#journal.of(keyOf(connection));
    return all.find(({ record, runs }) => runs && record.id !== this.#record?.id && record.service)?.record.service;
  }

  /** Waits for scans of the machine that are about to stop the service. */
  async #othersEnded(connection: LiveConnection, signal: AbortSignal): Promise<void> {
    for (let look = 0; look < LOOKS; look++) {
      const others = await this.#journal.of(keyOf(connection));
      if (!others.some(({ record, runs }) => runs && record.ending && record.service)) return;
      await sleep(LOOK_MS, undefined, { signal });
    }
  }

  /** Undoes everything, over a new connection where the old one is lost. Gives what stays, for a person to read. */
  async undo(connection: LiveConnection): Promise<string | undefined> {
    const signal = AbortSignal.timeout(UNDO_MS);
    const left: string[] = [];
    const own = this.#record;
    for (const record of [...(own ? [own] : []), ...this.#notFound.splice(0)]) {
      try {
        const undone = await this.#undoSomehow(record, connection, signal);
        if (undone.failure) left.push(this.#left(record, rawCode(undone.failure)));
        else if (record === own && !undone.isWhole) left.push(this.#unsure(record));
      } catch (error) {
        if (!signal.aborted) throw error;
        left.push(this.#left(record, 'the machine did not answer in time'));
      } finally {
        this.#journal.leave(record);
      }
    }
    return left.length > 0 ? left.join(' ') : undefined;
  }

  async #undoSomehow(record: ChangeRecord, connection: LiveConnection, signal: AbortSignal): Promise<Undone> {
    const lost = connection.failure;
    let undone: Undone = lost ? { failure: lost } : await this.#undo(record, connection, signal);
    // What the machine refuses over a sound connection it refuses again.
    if (undone.failure?.kind === 'win32') return undone;
    // Where one was lost, what was asked for over it may still be at work, or yet to come: so a refusal says nothing either.
    const isOwn = record.id === this.#record?.id;
    const until = performance.now() + COMING_MS;
    const isOver = (tries: number): boolean =>
      undone.failure ? tries >= TRIES : undone.isWhole || !isOwn || performance.now() > until;
    for (let tries = 0; !isOver(tries); tries++) {
      if (tries > 0) await sleep(TRY_MS, undefined, { signal });
      this.#around.log(`connecting again, to undo: ${describe(record)}`);
      const again = await this.#around.connectAgain(signal);
      undone = again.ok ? await this.#undo(record, again.value, signal) : again;
      if (again.ok) await again.value.close();
    }
    return undone;
  }

  #unsure(record: ChangeRecord): string {
    const text = `It is not known whether it came about: ${describe(record)}. The next scan of the machine looks again.`;
    this.#around.log(text);
    return text;
  }

  #left(record: ChangeRecord, why: string): string {
    const text = `Could not be undone (${why}): ${describe(record)}. The next scan of the machine tries again.`;
    this.#around.log(text);
    return text;
  }

  /**
   * Undoes each change for itself: what cannot be undone keeps no other from it. What is not there was undone by somebody, or
   * has yet to come: its record stays for as long as that can be.
   */
  async #undo(record: ChangeRecord, connection: LiveConnection, signal: AbortSignal): Promise<Undone> {
    const { share, service } = record;
    const isOwn = record.id === this.#record?.id;
    const phases: Phase<boolean>[] = [];
    if (share !== undefined)
      phases.push(await connection.change((changes) => this.#removeShare(changes, share), signal));
    // Said before it looks at the others: of two that end at once, each would leave it to the other.
    if (service && isOwn) await this.#journal.write({ ...record, ending: true });
    if (service) {
      // Who is last stops it; who made it one that can be started makes it disabled again, even while it runs.
      const isUsed = await this.#isUsed(record);
      const undo = (changes: MachineChanges): Promise<boolean> =>
        isUsed ? this.#disableService(changes, record) : this.#stopService(changes, record, signal);
      phases.push(await connection.change(undo, signal));
    }
    for (const phase of phases) if (!phase.ok) return phase;
    const isWhole = phases.every((phase) => phase.ok && phase.value);
    const mayStillCome = isOwn || Date.now() - Date.parse(record.made) < STILL_COMING_MS;
    if (isWhole || !mayStillCome) await this.#journal.remove(record);
    else if (!isOwn) this.#notFound.push(record);
    return { isWhole };
  }

  /** Whether another scan that runs needs the service. */
  async #isUsed({ machine, id: own }: ChangeRecord): Promise<boolean> {
    const others = await this.#journal.of(machine);
    return others.some(({ record: { id, service, ending }, runs }) => runs && !ending && id !== own && service);
  }

  /** False where it was not there, and may have yet to come. */
  async #removeShare(changes: MachineChanges, share: string): Promise<boolean> {
    const removed = await changes.removeShare(share);
    if (removed) {
      this.#answered.add(share);
      this.#around.log(`removed the temporary share ${share}`);
    }
    return this.#answered.has(share);
  }

  /** False where it did not run, and may have yet to start. */
  async #stopService(changes: MachineChanges, record: ChangeRecord, signal: AbortSignal): Promise<boolean> {
    const stopped = await changes.stopService(REMOTE_REGISTRY);
    const isOwn = record.id === this.#record?.id;
    if (stopped && isOwn) this.#answered.add(REMOTE_REGISTRY);
    await this.#disableService(changes, record);
    await waitFor(changes, 'stopped', signal);
    if (stopped) this.#around.log(`stopped the service ${REMOTE_REGISTRY}`);
    return stopped || (isOwn && this.#answered.has(REMOTE_REGISTRY));
  }

  async #disableService(changes: MachineChanges, { service }: ChangeRecord): Promise<boolean> {
    if (service?.disabled === true) {
      await changes.setStartType(REMOTE_REGISTRY, 'disabled');
      this.#around.log(`made the service ${REMOTE_REGISTRY} disabled again`);
    }
    return true;
  }

  /** Shares with the mark of this user's scans of which no record is left: with the folder they were lost. */
  async #removeForgotten(changes: MachineChanges, owner: string): Promise<void> {
    for (const { name, remark } of await changes.shares()) {
      const [mark, whose, made] = remark.split('; ');
      if (mark !== MARK || whose !== owner || Date.now() - Date.parse(made ?? '') < LONGEST_SCAN_MS) continue;
      this.#around.log(`removing the temporary share ${name} that a scan of ${made} has left`);
      await changes.removeShare(name);
    }
  }

  async #note(connection: LiveConnection, change: Change): Promise<void> {
    this.#record = { ...(this.#record ?? this.#journal.begin(keyOf(connection))), ...change };
    await this.#journal.write(this.#record);
  }

  async #forgetService(): Promise<void> {
    if (!this.#record) return;
    const { service: _, ...rest } = this.#record;
    this.#record = rest.share === undefined ? undefined : rest;
    if (this.#record) await this.#journal.write(this.#record);
    else await this.#journal.remove(rest);
  }
}

/** Aborts some time after another signal. */
function patient(signal: AbortSignal): AbortSignal {
  const controller = new AbortController();
  const giveUp = (): void => {
    setTimeout(() => {
      controller.abort(signal.reason);
    }, PATIENCE_MS).unref();
  };
  if (signal.aborted) giveUp();
  else signal.addEventListener('abort', giveUp, { once: true });
  return controller.signal;
}

async function waitFor(changes: MachineChanges, state: 'running' | 'stopped', signal: AbortSignal): Promise<void> {
  for (let look = 0; look < LOOKS; look++) {
    if ((await changes.serviceState(REMOTE_REGISTRY)) === state) return;
    await sleep(LOOK_MS, undefined, { signal });
  }
}
