/** What stands beside a line after a keystroke: how soon the old verdict is gone, and how soon the new one stands there. */
import { missingPatches } from './content.ts';
import type { Judged } from '../../e2e/in-page.ts';
import { command, inWorkbench, scanRecording, untilQuiet, type Opened, type Tools } from './stage.ts';

const SCRIPT = '7-zip.detect';
/** In a hundred kilobytes. */
const PATCHES_OF_LARGE = 420;

export interface TruthTimes {
  readonly small: readonly Judged[];
  readonly large: readonly Judged[];
}

export async function measureTruth(tools: Tools, rounds: number): Promise<TruthTimes> {
  const small = await inWorkbench(tools, {}, async (opened) => {
    await scanRecording(opened);
    await command(opened, 'View: Close All Editors');
    await opened.workbench.openFile(SCRIPT);
    await opened.workbench.script.goToLine(36);
    return await measure(opened, { before: 'version >= 24', line: 'file-at-least', rounds });
  });
  const large = await inWorkbench(tools, { 'large.detect': missingPatches(PATCHES_OF_LARGE) }, async (opened) => {
    await scanRecording(opened);
    await command(opened, 'View: Close All Editors');
    await opened.workbench.openFile('large.detect');
    // The search goes on to the one after the first that it meets.
    await opened.workbench.script.find('BULK-0209');
    return await measure(opened, { before: 'version >= 3', line: '1.210', rounds });
  });
  return { small, large };
}

interface Edited {
  /** What comes next and stands before the cursor then; its last digit goes and comes again, and the verdict with it. */
  readonly before: string;
  /** A text of the line that stays. */
  readonly line: string;
  readonly rounds: number;
}

async function measure(opened: Opened, { before, line, rounds }: Edited): Promise<readonly Judged[]> {
  const { workbench: wb } = opened;
  await wb.script.find(before);
  await wb.script.beside(line, /[✓✗]/);
  await wb.page.keyboard.press('ArrowRight');
  const digit = before.at(-1) ?? '';
  const seen: Judged[] = [];
  for (let round = -2; round < rounds; round++) {
    await untilQuiet(opened, 500);
    const judged = await wb.script.verdictAfterKey(line, round % 2 === 0 ? 'Backspace' : digit);
    if (round >= 0) seen.push(judged);
  }
  return seen;
}
