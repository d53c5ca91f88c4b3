/**
 * A run in which steps must fail: each is done with the answers to a request emptied that it stands on, must fail then, and is
 * done once more as it should be, so that the next one finds what it needs.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Emptying } from './empty-replies.ts';
import { featureRows } from './feature-table.ts';
import { succeeds } from './parts.ts';
import { prepare } from './prepare.ts';
import type { Part, Stage, Step } from './stage.ts';

/** What waits in vain need not wait as long as on a busy machine. */
const PATIENCE_MS = 10_000;
const LONGEST_STEP_MS = 90_000;

/** All requests that the table names. */
export const EVERY_REQUEST = 'all';

/** A step and the request that it stands on. */
interface Trial {
  readonly step: Step;
  readonly method: string;
}

/**
 * `failed`: with the answers emptied, and the step had asked for them. `with`: it asks for nothing itself, but goes on with what
 * a step before it was answered, which failed without. Anything else is a step that asserts too little, or a wrong table.
 */
type Finding = 'failed' | 'with' | 'passed' | 'never asked' | 'failed without asking' | 'not tried';

interface Found extends Trial {
  readonly finding: Finding;
}

const isShown = ({ finding }: Found): boolean => finding === 'failed' || finding === 'with';

export interface MustFailOptions {
  readonly emptying: Emptying;
  /** A request, or all of them. */
  readonly method: string;
  /** Another editor instead of the one before, as nobody has used it. */
  readonly renew: () => Promise<Stage>;
  /** The folder for pictures of what failed though it should not. */
  readonly failures: string;
}

/** The requests that the table says a step to stand on, of those asked for. */
export function requestsOf(title: string, method: string): readonly string[] {
  const named = featureRows().flatMap(({ requests, steps }) => (steps.includes(title) ? requests : []));
  return [...new Set(named)].filter((one) => method === EVERY_REQUEST || one === method);
}

/** Tries every step of these parts that stands on the request, prints what came of it; how often it was not as it must be. */
export async function runMustFail(parts: readonly Part[], options: MustFailOptions): Promise<number> {
  const found: Found[] = [];
  for (const part of parts) {
    const last = part.steps.findLastIndex(({ title }) => requestsOf(title, options.method).length > 0);
    if (last < 0) continue;
    const run = new PartRun({ ...part, steps: part.steps.slice(0, last + 1) }, await options.renew(), options);
    found.push(...(await run.tryAll()));
  }
  return report(found);
}

class PartRun {
  readonly #part: Part;
  readonly #options: MustFailOptions;
  readonly #found: Found[] = [];
  #stage: Stage;

  constructor(part: Part, stage: Stage, options: MustFailOptions) {
    this.#part = part;
    this.#stage = stage;
    this.#options = options;
  }

  async tryAll(): Promise<readonly Found[]> {
    await prepare(this.#stage, this.#part, false);
    for (const [index, step] of this.#part.steps.entries()) {
      const trials = requestsOf(step.title, this.#options.method).map((method) => ({ step, method }));
      for (const [nth, trial] of trials.entries()) {
        // Each begins where the step begins, and not where the one before has failed.
        if (nth > 0) await this.#replay(index - 1);
        await this.#try(trial);
      }
      if (index === this.#part.steps.length - 1) break;
      if ((await this.#done(step, trials.length > 0)) || (await this.#replay(index))) continue;
      const left = this.#part.steps.slice(index + 1);
      for (const one of left)
        for (const method of requestsOf(one.title, this.#options.method)) this.#say({ step: one, method }, 'not tried');
      break;
    }
    return this.#found;
  }

  async #try(trial: Trial): Promise<void> {
    const { emptying } = this.#options;
    const { workbench } = this.#stage;
    const before = emptying.count(trial.method);
    workbench.waitAtMost(PATIENCE_MS);
    emptying.of(trial.method);
    const failure = await Promise.race([trial.step.run(this.#stage), tooLong()]).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    );
    emptying.of();
    workbench.waitAtMost();
    const asked = emptying.count(trial.method) > before;
    if (failure) await tidyUp(this.#stage);
    this.#say(trial, this.#judge(trial, { asked, failed: failure !== undefined }), failure);
  }

  #judge({ method }: Trial, { asked, failed }: { readonly asked: boolean; readonly failed: boolean }): Finding {
    if (asked) return failed ? 'failed' : 'passed';
    if (failed) return 'failed without asking';
    return this.#found.some((one) => one.method === method && one.finding === 'failed') ? 'with' : 'never asked';
  }

  #say(trial: Trial, finding: Finding, failure?: Error): void {
    this.#found.push({ ...trial, finding });
    const why = failure ? `: ${firstWords(failure)}` : '';
    console.log(`${finding} - ${trial.method} - ${trial.step.title}${why}`);
  }

  /** The step with all answers as they are; what a trial has left behind may keep it from passing, and then that is no news. */
  #done(step: Step, afterTrial = false): Promise<boolean> {
    if (!afterTrial) return succeeds(this.#stage, step, this.#options.failures);
    return Promise.race([step.run(this.#stage), tooLong()]).then(
      () => true,
      () => false,
    );
  }

  /** All of the part again up to a step, in another editor: what was tried has left something behind. */
  async #replay(upTo: number): Promise<boolean> {
    console.log(`# ${this.#part.name} begins once more, up to: ${this.#part.steps[upTo]?.title ?? 'its beginning'}`);
    this.#stage = await this.#options.renew();
    await prepare(this.#stage, this.#part, false);
    for (const step of this.#part.steps.slice(0, upTo + 1)) if (!(await this.#done(step))) return false;
    return true;
  }
}

/** What waits inside the page has no time-out of its own. */
async function tooLong(): Promise<never> {
  await sleep(LONGEST_STEP_MS, undefined, { ref: false });
  throw new Error(`it was not done in ${LONGEST_STEP_MS / 1000} s`);
}

/** What a person would do to go on. */
async function tidyUp({ workbench: wb }: Stage): Promise<void> {
  for (let times = 0; times < 3; times++) await wb.page.keyboard.press('Escape');
  await wb.command('Notifications: Clear All Notifications').catch(() => wb.page.keyboard.press('Escape'));
}

/** Of an error what is enough to see whether it is the right one. */
function firstWords({ message }: Error): string {
  const text = message.replaceAll(/\u001b\[\d+m/g, '').replaceAll(/\s+/g, ' ');
  return text.length > 240 ? `${text.slice(0, 240)}...` : text;
}

/** A line for each request; how many trials showed nothing. */
function report(found: readonly Found[]): number {
  for (const method of [...new Set(found.map((one) => one.method))].toSorted()) {
    const trials = found.filter((one) => one.method === method);
    const shown = trials.filter(isShown).length;
    console.log(`with empty answers to ${method} ${shown} of ${trials.length} steps failed that stand on it`);
  }
  const wrong = found.filter((one) => !isShown(one));
  for (const { finding, method, step } of wrong) console.log(`# ${finding}: ${method}: ${step.title}`);
  console.log(`${found.length - wrong.length} of ${found.length} trials failed as they must`);
  return found.length === 0 ? 1 : wrong.length;
}
