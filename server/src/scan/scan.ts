/** The scan of one machine: the seven steps in order, one result document at the end. */
import { createMemo, type DetectedProduct } from '../evaluate/context.ts';
import type { LiveConnection } from '../machine/live/live.ts';
import { RecordingMachine } from '../machine/snapshot/recording.ts';
import { Changes } from './changes/changes.ts';
import { NO_COST, patchResults, productResults } from './compose.ts';
import { KeptMachine } from './kept.ts';
import { dearestOf } from './dearest.ts';
import { Known } from './known.ts';
import { errorOfFailure, netbiosAlone, type NetworkStep } from './error-causes.ts';
import type { RawFailure } from './failure.ts';
import { formatMachine, parseMachine, SMB_PORT } from './machine-name.ts';
import { Observer } from './observe.ts';
import type { ScanOptions, ScanTarget } from './options.ts';
import { variablesOf } from './os/variables.ts';
import { RESULT_SCHEMA, type PatchResult, type ScanResult } from './result.ts';
import { newScanId } from './scan-id.ts';
import type { Reached } from './source.ts';
import { StepLog } from './step-log.ts';
import { deliver } from './steps/deliver.ts';
import { detect } from './steps/detect.ts';
import { determineOs, type OsStepValue } from './steps/os.ts';
import { openRegistry } from './steps/registry.ts';
import type { StepOutcome } from './steps/outcome.ts';
import { resolve, type ResolvedMachine, type ResolveLimits } from './steps/resolve.ts';
import { connect, openShare, type ConnectInput } from './steps/share.ts';
import { openSnapshot } from './steps/snapshot.ts';
import { determineStatus } from './steps/status.ts';

const DEADLINE_MS = 15 * 60 * 1000;
const REQUEST_TIMEOUT_MS = 15_000;

/**
 * Scans one machine. What the machine does or does not do is in the result, as failed steps and unknown statuses; rejects
 * only with the signal's reason when cancelled. The connection is closed in every case.
 */
export async function scanMachine(options: ScanOptions): Promise<ScanResult> {
  const scan = new Scan(options);
  try {
    await scan.run();
  } finally {
    await scan.close();
  }
  return scan.finish();
}

class Scan {
  readonly #options: ScanOptions;
  readonly #started = new Date();
  readonly #log: StepLog;
  readonly #cancel: AbortSignal;
  readonly #deadline: AbortSignal;
  #connection: LiveConnection | undefined;
  #changes: Changes | undefined;
  /** What could not be undone. */
  #left: string | undefined;
  #reached: Reached | undefined;
  #observer: Observer | undefined;
  #os: OsStepValue | undefined;
  #detected: readonly DetectedProduct[] = [];
  #patches: readonly PatchResult[] = [];

  constructor(options: ScanOptions) {
    this.#options = options;
    const { target, requestTimeout: patience = REQUEST_TIMEOUT_MS } = options;
    const heardAt = (): number | undefined => this.#connection?.heardAt;
    this.#log = new StepLog(options, target.kind === 'machine' ? { heardAt, patience } : undefined);
    this.#cancel = options.signal ?? new AbortController().signal;
    this.#deadline = AbortSignal.timeout(options.deadline ?? DEADLINE_MS);
  }

  async run(): Promise<void> {
    this.#cancel.throwIfAborted();
    const { target } = this.#options;
    const reached = target.kind === 'machine' ? await this.#reachLive(target) : await this.#reachSnapshot(target.path);
    if (!reached) return;
    const { onRecording } = this.#options;
    const recording = onRecording && new RecordingMachine(reached.machine);
    this.#reached = recording ? { ...reached, machine: recording } : reached;
    await this.#evaluate(this.#reached);
    // Where the machine stands in its network is nobody's business who gets the recording.
    if (recording) onRecording(recording.toText({ name: this.#machine().name, address: null, port: null }));
  }

  async #reachLive(target: ScanTarget & { kind: 'machine' }): Promise<Reached | undefined> {
    const { credential } = target;
    const { requestTimeout = REQUEST_TIMEOUT_MS, logonTurn } = this.#options;
    const { signal, within } = this.#timed();
    const resolved = await this.#log.run(1, () =>
      within(1, this.#resolve(target, { signal, timeout: requestTimeout })),
    );
    if (!resolved.ok) return undefined;
    const machine = resolved.value;
    const input = { machine, credential, requestTimeout, logonTurn };
    const changes = (this.#changes = this.#changesTo(input));
    const share = await this.#log.run(2, () =>
      within(
        2,
        openShare({
          ...{ ...input, signal, changes },
          onConnected: (connection) => {
            this.#connection = connection;
          },
        }),
      ),
    );
    if (!share.ok) return undefined;
    const registry = await this.#log.run(3, () =>
      within(3, openRegistry(share.value, { at: machine, signal, changes })),
    );
    return registry.ok ? registry.value : undefined;
  }

  #changesTo(machine: ConnectInput): Changes | undefined {
    const { changes: options, onLog } = this.#options;
    if (!options) return undefined;
    const log = (line: string): void => onLog?.(line);
    return new Changes({ options, log, connectAgain: (signal) => connect(machine, signal) });
  }

  async #resolve(
    target: ScanTarget & { kind: 'machine' },
    limits: ResolveLimits,
  ): Promise<StepOutcome<ResolvedMachine>> {
    const { nameServices, trustNetbios } = this.#options;
    const resolved = target.resolved ?? (await resolve(target.machine, limits, nameServices));
    if (!resolved.ok || resolved.value.foundBy !== 'netbios' || trustNetbios === true) return resolved;
    return { ok: false, error: netbiosAlone(resolved.value) };
  }

  /** Steps 1 to 3 within the scan's deadline: who asks for no answer in time gets the step's error. */
  #timed(): {
    signal: AbortSignal;
    within: <T>(step: NetworkStep, work: Promise<StepOutcome<T>>) => Promise<StepOutcome<T>>;
  } {
    const signal = AbortSignal.any([this.#cancel, this.#deadline]);
    const raw: RawFailure = { kind: 'timeout', code: 'SCAN_DEADLINE', message: 'the time for this machine is over' };
    return {
      signal,
      within: async (step, work) => {
        try {
          return await work;
        } catch (error) {
          this.#cancel.throwIfAborted();
          if (!this.#deadline.aborted) throw error;
          const { host = 'HOST', port = SMB_PORT } = this.#askedFor();
          return { ok: false, error: errorOfFailure(step, raw, { host, port }) };
        }
      },
    };
  }

  async #reachSnapshot(path: string): Promise<Reached | undefined> {
    const opened = await openSnapshot(path);
    if (opened.ok) return opened.value;
    // Step 4 is the first that a snapshot has, so a snapshot that cannot be read fails it.
    await this.#log.run(4, () => Promise.resolve(opened));
    return undefined;
  }

  async #evaluate(reached: Reached): Promise<void> {
    const { content, include = new Set() } = this.#options;
    const known = new Known();
    const { onLog } = this.#options;
    const observer = new Observer(reached, known, { cancel: this.#cancel, deadline: this.#deadline, onLog });
    this.#observer = observer;
    const asked = this.#askedFor();
    const os = await this.#log.run(4, () =>
      determineOs(observer, {
        ...asked,
        challengeNames: reached.challengeNames,
        variableNames: variablesOf(content),
        now: reached.machine.time,
      }),
    );
    if (!os.ok) return;
    this.#os = os.value;
    const { template } = this.#options;
    const common = { content, target: os.value.target, memo: createMemo(), template, host: asked.host ?? 'HOST' };
    observer.step = 5;
    const detected = await this.#log.run(5, (tell) =>
      detect(observer, {
        ...common,
        onRound: (reads) => {
          tell(`${reads} read`);
        },
      }),
    );
    this.#detected = detected.value ?? [];
    if (!detected.ok && !detected.value) return;
    observer.step = 6;
    const judged = await this.#log.run(6, (tell) =>
      determineStatus(observer, {
        ...common,
        ...{ include, detected: this.#detected, recording: this.#options.onRecording !== undefined },
        onRound: (reads) => {
          tell(`${reads} read`);
        },
      }),
    );
    this.#patches = judged.value ?? [];
    if (!judged.ok || !detected.ok) return;
    // A recording lies at hand whole; of a live machine stays what it was asked for.
    const { machine } = reached;
    this.#options.onKept?.(machine.kind === 'snapshot' ? machine : new KeptMachine(known, machine.time));
  }

  async close(): Promise<void> {
    if (this.#connection) this.#left = await this.#changes?.undo(this.#connection);
    if (this.#left !== undefined) this.#options.onLeft?.(this.#left);
    await this.#reached?.machine.close();
    await this.#connection?.close();
  }

  /** Composes the document, and delivers it as it is returned. */
  async finish(): Promise<ScanResult> {
    this.#cancel.throwIfAborted();
    const drop = this.#options.deliver;
    if (!drop) return this.#compose(newScanId(this.#started), new Date());
    const scanId = newScanId(this.#started);
    const finished = new Date();
    this.#log.assumeOk(7);
    const document = this.#compose(scanId, finished);
    const log = new StepLog(this.#options);
    const delivered = await log.run(7, () => deliver(document, drop));
    if (delivered.ok) return document;
    const failed = log.reports().filter(({ step }) => step === 7);
    return { ...document, steps: [...document.steps.filter(({ step }) => step !== 7), ...failed] };
  }

  /** The machine as it was asked for; nothing for a snapshot. */
  #askedFor(): { readonly host?: string; readonly port?: number } {
    const { target } = this.#options;
    if (target.kind === 'snapshot') return {};
    const parsed = parseMachine(target.machine);
    return parsed.ok ? parsed.value : { host: target.machine };
  }

  #compose(scanId: string, finished: Date): ScanResult {
    const trace = this.#options.trace ?? false;
    return {
      schema: RESULT_SCHEMA,
      scanId,
      started: this.#started.toISOString(),
      finished: finished.toISOString(),
      machine: this.#machine(),
      ...(this.#options.template && { template: this.#options.template.name }),
      steps: this.#steps(),
      products: productResults(this.#detected, trace),
      patches: patchResults(this.#patches, trace),
      cost: this.#cost(trace),
    };
  }

  #cost(detailed: boolean): ScanResult['cost'] {
    const cost = this.#reached?.machine.cost() ?? this.#connection?.machine().cost() ?? NO_COST;
    if (!detailed || !this.#observer) return cost;
    return { ...cost, rounds: this.#observer.rounds, dearest: dearestOf(this.#detected, this.#patches) };
  }

  /** What could not be undone stands where it was done: beside the step of the share. */
  #steps(): ScanResult['steps'] {
    const left = this.#left;
    const steps = this.#log.reports();
    return left === undefined ? steps : steps.map((step) => (step.step === 2 ? { ...step, warning: left } : step));
  }

  /** Under the name that the machine gives itself where it was reached; else under the one that was asked for. */
  #machine(): ScanResult['machine'] {
    const { target } = this.#options;
    const own = this.#os?.ownNames[0];
    const os = this.#os?.target.os ?? null;
    if (target.kind === 'snapshot') {
      return { name: own ?? target.path, address: null, port: null, source: 'snapshot', os };
    }
    const { host, port } = this.#askedFor();
    const asked = host !== undefined && port !== undefined ? formatMachine({ host, port }) : target.machine;
    const address = this.#connection?.address ?? null;
    return { name: own ?? asked, address, port: port ?? null, source: 'live', os };
  }
}
