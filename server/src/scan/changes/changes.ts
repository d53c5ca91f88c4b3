/** The changes of one scan to one machine: asked for by the user, recorded before they are made, undone whatever happens. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveConnection, MachineChanges, Phase, WireFailure } from '../../machine/live/live.ts';
import { rawCode } from '../../wire/failure.ts';
import { Journal, type Change, type ChangeRecord } from './journal.ts';

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
/** A connection that was lost may be lost once more. */
const TRIES = 4;
const TRY_MS = 500;
const LOOKS = 40;
const LOOK_MS = 100;

interface Surroundings {
  readonly options: ChangeOptions;
  /** Connects once more, where the connection was lost before all was undone. */
  readonly connectAgain: (signal: AbortSignal) => Promise<Phase<LiveConnection>>;
  readonly log: (line: string) => void;
}

/** The changes of one scan. Failures are values; only cancellation rejects. */
export class Changes {
  readonly #journal: Journal;
  readonly #around: Surroundings;
  #record: ChangeRecord | undefined;
  /** What the machine has answered that it came about: where that is gone, it is undone and does not come any more. */
  readonly #acknowledged = new Set<string>();
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
      failed = (await this.#undo(record, connection, patient(signal))) ?? failed;
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
    if (!made.ok) return made;
    this.#acknowledged.add(name);
    return { ok: true, value: name };
  }

  /** Starts Remote Registry. `disabled` says that this would need a change of its start type that nobody asked for. */
  async startRegistry(connection: LiveConnection, cancel: AbortSignal): Promise<Phase<'running' | 'disabled'>> {
    const signal = patient(cancel);
    // Another scan that has started it would stop it under our hands; who is last stops it.
    await this.#othersEnded(connection, signal);
    const others = await this.#journal.of(keyOf(connection));
    const shared = others.find(({ record, runs }) => runs && record.service !== undefined)?.record.service;
    if (shared) {
      // From here on nobody stops it; who was just about to do so is waited for.
      await this.#note(connection, { service: shared });
      await this.#othersEnded(connection, signal);
    }
    return await connection.change(async (changes) => {
      const state = await changes.serviceState(REMOTE_REGISTRY);
      if (state !== 'running' && !shared)
        await this.#note(connection, { service: { name: REMOTE_REGISTRY, disabled: false } });
      if (state === 'running') return 'running';
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
        if (started === 'disabled') return 'disabled';
      }
      // Somebody else was faster: then it is not ours to stop.
      if (started === 'running already' && !shared) await this.#forgetService();
      this.#acknowledged.add(REMOTE_REGISTRY);
      await waitFor(changes, 'running', signal);
      return 'running';
    }, signal);
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
    for (const record of [...(this.#record ? [this.#record] : []), ...this.#notFound.splice(0)]) {
      try {
        const failure = await this.#undoSomehow(record, connection, signal);
        if (failure) left.push(this.#left(record, rawCode(failure)));
      } catch (error) {
        if (!signal.aborted) throw error;
        left.push(this.#left(record, 'the machine did not answer in time'));
      } finally {
        this.#journal.leave(record);
      }
    }
    return left.length > 0 ? left.join(' ') : undefined;
  }

  async #undoSomehow(
    record: ChangeRecord,
    connection: LiveConnection,
    signal: AbortSignal,
  ): Promise<WireFailure | undefined> {
    let failure = connection.failure ?? (await this.#undo(record, connection, signal));
    // What the machine itself refuses it refuses again; anything else may be a connection on its way down.
    for (let tries = 0; failure && failure.kind !== 'win32' && tries < TRIES; tries++) {
      if (tries > 0) await sleep(TRY_MS, undefined, { signal });
      this.#around.log(`connecting again, to undo: ${describe(record)}`);
      const again = await this.#around.connectAgain(signal);
      failure = again.ok ? await this.#undo(record, again.value, signal) : again.failure;
      if (again.ok) await again.value.close();
    }
    return failure;
  }

  #left(record: ChangeRecord, why: string): string {
    const text = `Could not be undone (${why}): ${describe(record)}. The next scan of the machine tries again.`;
    this.#around.log(text);
    return text;
  }

  /** What is not there was undone by somebody, or has yet to come: its record stays for as long as that can be. */
  async #undo(record: ChangeRecord, connection: LiveConnection, signal: AbortSignal): Promise<WireFailure | undefined> {
    const { share, service } = record;
    // Said before it looks at the others: of two that end at once, each would leave it to the other.
    if (service && record.id === this.#record?.id) await this.#journal.write({ ...record, ending: true });
    const others = service ? await this.#journal.of(record.machine) : [];
    const isUsed = others.some(
      ({ record: { id, service: used, ending }, runs }) => runs && !ending && id !== record.id && used,
    );
    const undone = await connection.change(async (changes) => {
      let isComplete = true;
      if (share !== undefined) {
        const removed = await changes.removeShare(share);
        isComplete &&= removed || this.#acknowledged.has(share);
        if (removed) this.#around.log(`removed the temporary share ${share}`);
      }
      if (service && !isUsed) {
        const stopped = await changes.stopService(service.name);
        isComplete &&= stopped || (record.id === this.#record?.id && this.#acknowledged.has(service.name));
        if (service.disabled) await changes.setStartType(service.name, 'disabled');
        await waitFor(changes, 'stopped', signal);
        if (stopped) this.#around.log(`stopped the service ${service.name}`);
        if (service.disabled) this.#around.log(`made the service ${service.name} disabled again`);
      }
      return isComplete;
    }, signal);
    if (!undone.ok) return undone.failure;
    const isOver = undone.value || Date.now() - Date.parse(record.made) > STILL_COMING_MS;
    if (isOver) await this.#journal.remove(record);
    else if (record.id !== this.#record?.id) this.#notFound.push(record);
    if (this.#record?.id === record.id) this.#record = undefined;
    return undefined;
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

/** Who the machine says that it is: it may be asked for by several names. */
function keyOf({ names: { computer, dnsComputer }, address }: LiveConnection): string {
  return [computer ?? address, dnsComputer].join(' ').toLowerCase();
}

function describe({ share, service }: Change): string {
  const all = [
    ...(share === undefined ? [] : [`the temporary share ${share}`]),
    ...(service ? [`the service ${service.name}, which was ${service.disabled ? 'disabled' : 'stopped'}`] : []),
  ];
  return all.join(' and ');
}
