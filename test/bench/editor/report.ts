/** A report of thousands: how soon it is seen, and how smoothly it scrolls. */
import { smoothness, type Smoothness } from '../../e2e/in-page.ts';
import { firstSeen, keepKey, lastKey, watchFirst } from './in-page.ts';
import { missingPatches } from './content.ts';
import { command, inWorkbench, pressChord, scanRecording, untilQuiet, type Tools } from './stage.ts';

const ROWS = '.rows .patch';
const WALK_MS = 4000;

export interface ReportTimes {
  /** From the key that asks for the report to its rows. */
  readonly fromKey: readonly number[];
  /** From the beginning of its page to its rows. */
  readonly fromPage: readonly number[];
  readonly walks: readonly Smoothness[];
}

export function measureReport(
  tools: Tools,
  { patches, rounds, walks }: { readonly patches: number; readonly rounds: number; readonly walks: number },
): Promise<ReportTimes> {
  return inWorkbench(tools, { 'bulk.detect': missingPatches(patches) }, async (opened) => {
    const { workbench: wb } = opened;
    await scanRecording(opened);
    await wb.page.addInitScript(watchFirst, ROWS);
    await wb.page.evaluate(keepKey, 'r');
    const fromKey: number[] = [];
    const fromPage: number[] = [];
    for (let round = -1; round < rounds; round++) {
      await command(opened, 'View: Close All Editors');
      await untilQuiet(opened);
      await pressChord(opened, 'r');
      const rows = wb.report().locator(ROWS).first();
      await rows.waitFor();
      await untilQuiet(opened, 300);
      const [began, drawn] = await rows.evaluate(firstSeen);
      if (began === undefined || drawn === undefined) throw new Error('the rows were not seen');
      if (round < 0) continue;
      fromKey.push(drawn - (await wb.page.evaluate(lastKey)));
      fromPage.push(drawn - began);
    }
    await untilQuiet(opened);
    const walked: Smoothness[] = [];
    await wb.report().locator(ROWS).nth(3).hover();
    for (let walk = 0; walk < walks; walk++) {
      const watched = wb.report().locator('.rows').evaluate(smoothness, WALK_MS);
      const until = performance.now() + WALK_MS - 200;
      while (performance.now() < until) await wb.page.mouse.wheel(0, walk % 2 === 0 ? 3000 : -3000);
      walked.push(await watched);
    }
    return { fromKey, fromPage, walks: walked };
  });
}
