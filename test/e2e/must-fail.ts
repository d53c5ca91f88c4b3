/** A run against a server whose answers to one request are emptied: what stands on that request must fail. */
import { featureRows } from './feature-table.ts';
import type { Workbench } from './workbench.ts';

/** What waits in vain need not wait as long as on a busy machine. */
const PATIENCE_MS = 10_000;

/** Steps that the table says to stand on a request. */
export function stepsOn(method: string): ReadonlySet<string> {
  const titles = featureRows().flatMap(({ requests, steps }) => (requests.includes(method) ? steps : []));
  if (titles.length === 0) throw new Error(`docs/editor-features.md names no step that stands on ${method}`);
  return new Set(titles);
}

export function expectFailures(workbench: Workbench): void {
  workbench.waitAtMost(PATIENCE_MS);
}

/** Leaves nothing of a step that failed to the next one: each is to fail, or pass, by itself. */
export async function tidyUp(workbench: Workbench): Promise<void> {
  for (let times = 0; times < 3; times++) await workbench.page.keyboard.press('Escape');
  for (const title of ['Notifications: Clear All Notifications', 'File: Revert File', 'View: Close All Editors']) {
    await workbench.command(title).catch(() => workbench.page.keyboard.press('Escape'));
  }
}

/** Says which of those steps went on as if nothing were missing; the number of them. */
export function reportPassing(method: string, passed: ReadonlySet<string>, ran: readonly string[]): number {
  const named = stepsOn(method);
  const wanted = ran.filter((title) => named.has(title));
  const wrong = wanted.filter((title) => passed.has(title));
  for (const title of wrong) console.log(`passed with empty answers to ${method}: ${title}`);
  const failed = wanted.length - wrong.length;
  console.log(`with empty answers to ${method} ${failed} of ${wanted.length} steps failed that stand on it`);
  return wanted.length === 0 ? 1 : wrong.length;
}
