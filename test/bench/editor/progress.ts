/** From the key that asks for a scan to the first that is seen of it, of the recorded machine and of a live one. */
import { startMachine } from '../../lab/lab.ts';
import { ws01 } from '../../lab/machines/ws01.ts';
import { fromKeyToText } from './in-page.ts';
import { command, inWorkbench, pressChord, scanRecording, untilQuiet, type Opened, type Tools } from './stage.ts';

const SCRIPT = '7-zip.detect';
const TOAST = '.notifications-toasts .notification-toast';

export interface Progress {
  readonly recorded: readonly number[];
  readonly live: readonly number[];
}

export function measureProgress(tools: Tools, rounds: number): Promise<Progress> {
  return inWorkbench(tools, {}, async (opened) => {
    await scanRecording(opened);
    const recorded = await measure(opened, rounds, 'ws01.snapshot.json');
    const machine = await startMachine(ws01);
    try {
      const { workbench: wb } = opened;
      await command(opened, 'Patchlab: Choose Target...');
      await wb.choose('Another machine...');
      await wb.answer('HOST:PORT', machine.target);
      await wb.answer('administrator rights', machine.user);
      await command(opened, 'Patchlab: Scan All Content');
      await wb.answer('The password of', machine.password);
      await wb.status(new RegExp(`${machine.target}: \\d+ missing`)).waitFor();
      return { recorded, live: await measure(opened, rounds, machine.target) };
    } finally {
      await machine.stop();
    }
  });
}

async function measure(opened: Opened, rounds: number, target: string): Promise<readonly number[]> {
  const { workbench: wb } = opened;
  await command(opened, 'View: Close All Editors');
  await wb.openFile(SCRIPT);
  const times: number[] = [];
  for (let round = -1; round < rounds; round++) {
    await wb.script.goToEndOf('one per location');
    await command(opened, 'Notifications: Clear All Notifications');
    await untilQuiet(opened, 700);
    const seen = wb.page.evaluate(fromKeyToText, { selector: TOAST, text: `Scanning ${target}` });
    await pressChord(opened, 's');
    const ms = await seen;
    if (round >= 0) times.push(ms);
    await wb.page.locator(TOAST, { hasText: `Scanning ${target}` }).waitFor({ state: 'detached' });
  }
  return times;
}
