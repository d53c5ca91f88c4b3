/** What each of the seven steps came to, with its time; and the progress that a scan tells. */
import type { Progress, ScanOptions } from './options.ts';
import type { ScanError, StepReport } from './result.ts';
import { watchSilence, type Silence } from './silence.ts';
import type { StepOutcome } from './steps/outcome.ts';
import type { StepNumber } from './error-table.ts';

export const STEP_NAMES: Readonly<Record<StepNumber, string>> = {
  1: 'resolve',
  2: 'share',
  3: 'registry',
  4: 'os',
  5: 'detect',
  6: 'status',
  7: 'deliver',
};

const DOING: Readonly<Record<StepNumber, string>> = {
  1: 'Resolving the machine',
  2: 'Connecting to the admin share',
  3: 'Connecting to remote registry',
  4: 'Determining the operating system',
  5: 'Detecting products',
  6: 'Determining patch status',
  7: 'Delivering the result',
};

const STEPS = [1, 2, 3, 4, 5, 6, 7] as const;

function describe({ code, meaning, raw }: ScanError): string {
  return `error ${code}: ${meaning} Raw cause: ${raw}`;
}

/** Collects step reports; a step that was never run is skipped. */
export class StepLog {
  readonly #reports = new Map<StepNumber, StepReport>();
  readonly #onProgress: ScanOptions['onProgress'];
  readonly #onLog: ScanOptions['onLog'];
  readonly #silence: Silence | undefined;

  /** With `silence`, progress says how long a live machine has said nothing. */
  constructor({ onProgress, onLog }: Pick<ScanOptions, 'onProgress' | 'onLog'>, silence?: Silence) {
    this.#onProgress = onProgress;
    this.#onLog = onLog;
    this.#silence = silence;
  }

  /** Runs one step, times it, and keeps its error. What it rejects with goes on as it is. */
  async run<T>(
    step: StepNumber,
    work: (tell: (detail: string) => void) => Promise<StepOutcome<T>>,
  ): Promise<StepOutcome<T>> {
    this.#tell(step, DOING[step]);
    this.#onLog?.(`step ${step}: ${DOING[step]}`);
    const begun = performance.now();
    let said = '';
    const end =
      this.#silence &&
      watchSilence(this.#silence, (waiting) => {
        this.#tell(step, `${DOING[step]} (${said}${waiting})`);
      });
    const outcome = await work((detail) => {
      said = `${detail}, `;
      this.#tell(step, `${DOING[step]} (${detail})`);
    }).finally(end);
    const ms = Math.round((performance.now() - begun) * 10) / 10;
    const name = STEP_NAMES[step];
    const came = outcome.ok
      ? `ok${outcome.warning === undefined ? '' : `, warning: ${outcome.warning}`}`
      : describe(outcome.error);
    this.#onLog?.(`step ${step}: ${came} after ${ms} ms`);
    if (!outcome.ok) this.#reports.set(step, { step, name, status: 'failed', ms, error: outcome.error });
    else {
      const { warning } = outcome;
      this.#reports.set(step, { step, name, status: 'ok', ms, ...(warning !== undefined && { warning }) });
    }
    return outcome;
  }

  /** Marks a step whose outcome is known before it has run: the document says of itself that it was delivered. */
  assumeOk(step: StepNumber): void {
    this.#reports.set(step, { step, name: STEP_NAMES[step], status: 'ok', ms: 0 });
  }

  /** All seven, in order. */
  reports(): readonly StepReport[] {
    return STEPS.map(
      (step) => this.#reports.get(step) ?? { step, name: STEP_NAMES[step], status: 'skipped' as const, ms: 0 },
    );
  }

  #tell(step: StepNumber, message: string): void {
    this.#onProgress?.({ step, steps: STEPS.length, name: STEP_NAMES[step], message } satisfies Progress);
  }
}
