/** Runs parts of the scenario. A step that fails ends its own part: the rest of it counts as failed, and the next part goes on. */
import path from 'node:path';
import { prepare } from './prepare.ts';
import type { Part, Stage } from './stage.ts';

export interface RunOptions {
  /** The folder for pictures of what failed. */
  readonly failures: string;
}

/** The titles of the steps that passed. */
export async function runParts(
  stage: Stage,
  parts: readonly Part[],
  options: RunOptions,
): Promise<ReadonlySet<string>> {
  const passed = new Set<string>();
  let hasFailed = false;
  for (const part of parts) {
    if (part.steps.length === 0) continue;
    const started = performance.now();
    const done = await runPart(stage, { part, hasFailed }, options);
    for (const title of done) passed.add(title);
    hasFailed = done.length < part.steps.length;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`# ${part.name}: ${done.length} passed, ${part.steps.length - done.length} failed (${seconds} s)`);
  }
  return passed;
}

async function runPart(
  stage: Stage,
  { part, hasFailed }: { readonly part: Part; readonly hasFailed: boolean },
  options: RunOptions,
): Promise<readonly string[]> {
  const passed: string[] = [];
  const preparation = { title: `(what ${part.name} begins with)`, run: () => prepare(stage, part, hasFailed) };
  if (!(await succeeds(stage, preparation, options.failures))) return passed;
  for (const step of part.steps) {
    const started = performance.now();
    if (await succeeds(stage, step, options.failures)) {
      passed.push(step.title);
      console.log(`ok - ${step.title} (${Math.round(performance.now() - started)} ms)`);
    } else break;
  }
  return passed;
}

/** Does a step; where it fails, says so with a picture. */
export async function succeeds(stage: Stage, step: Part['steps'][number], failures: string): Promise<boolean> {
  try {
    await step.run(stage);
    return true;
  } catch (error) {
    const name = step.title.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 60);
    const picture = path.join(failures, `editor-${name}.png`);
    await stage.workbench.page.screenshot({ path: picture }).catch(() => undefined);
    console.log(`not ok - ${step.title}\n${error instanceof Error ? error.stack : String(error)}\nSee ${picture}`);
    return false;
  }
}
