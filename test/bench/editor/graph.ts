/** The graph of thousands: how soon it is drawn, and how smoothly it is moved and zoomed. */
import { chains } from './content.ts';
import { smoothness, type Smoothness } from '../../e2e/in-page.ts';
import { firstSeen, keepKey, lastKey, watchFirst } from './in-page.ts';
import { command, inWorkbench, untilQuiet, type Opened, type Tools } from './stage.ts';

const MOVE_MS = 5000;

export interface GraphTimes {
  /** From the key that asks for the graph to the frame that shows it. */
  readonly fromKey: readonly number[];
  readonly moves: readonly Smoothness[];
}

export function measureGraph(tools: Tools, patches: number, rounds: number): Promise<GraphTimes> {
  return inWorkbench(tools, { 'chains.detect': chains(patches) }, async (opened) => {
    const { workbench: wb } = opened;
    await wb.page.addInitScript(watchFirst, '#canvas[data-replies]');
    await wb.page.evaluate(keepKey, 'Enter');
    const thousands = new RegExp(`of ${String(patches).slice(0, 1)}\\d{3} patches`);
    const fromKey: number[] = [];
    for (let round = -1; round < rounds; round++) {
      await command(opened, 'View: Close All Editors');
      await untilQuiet(opened);
      await chosenInPalette(opened, 'Patchlab: Show Supersedence Graph');
      await wb.report().locator('#told', { hasText: thousands }).waitFor();
      await untilQuiet(opened, 300);
      const [, drawn] = await wb.report().locator('#canvas').evaluate(firstSeen);
      if (drawn === undefined) throw new Error('the graph was not seen');
      if (round >= 0) fromKey.push(drawn - (await wb.page.evaluate(lastKey)));
    }
    await untilQuiet(opened, 3000);
    const canvas = wb.report().locator('#canvas');
    await canvas.hover();
    const box = await canvas.boundingBox();
    if (!box) throw new Error('the graph is not to be seen');
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const moved: Smoothness[] = [];
    for (let round = -1; round < rounds; round++) {
      await untilQuiet(opened, 500);
      const watched = canvas.evaluate(smoothness, MOVE_MS);
      const until = performance.now() + MOVE_MS - 300;
      for (let turn = 0; performance.now() < until; turn++) {
        await wb.page.mouse.move(middle.x, middle.y);
        await wb.page.mouse.wheel(0, turn % 16 < 8 ? -120 : 120);
        await wb.page.mouse.down();
        await wb.page.mouse.move(middle.x + 15 * ((turn % 9) - 4), middle.y + 40, { steps: 6 });
        await wb.page.mouse.up();
      }
      const seen = await watched;
      if (round >= 0) moved.push(seen);
    }
    return { fromKey, moves: moved };
  });
}

/** As a user does who types a command's name: its row has the focus, and Enter runs it. */
async function chosenInPalette({ workbench: wb }: Opened, title: string): Promise<void> {
  await wb.page.keyboard.press('F1');
  await wb.input().fill(`>${title}`);
  await wb.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title }).waitFor();
  await wb.page.keyboard.press('Enter');
}
