/** What goes wrong while somebody works: the server dies, the window closes in the middle of a scan. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { holdings } from '../live/holdings.ts';
import { FAULTS_SCAN_STEPS } from './faults-scan-scenario.ts';
import { beginScan, killServer, pressIn, serversOf, until, untilNothingLeft } from './faults.ts';
import type { Step } from './stage.ts';

const SAMPLE = '7-zip.detect';
const SNAPSHOT = 'machines/ws01.snapshot.json';
/** A server that ends more often than this within three minutes is not started again. */
const RESTARTS = 4;

export const FAULTS_STEPS: readonly Step[] = [
  {
    title: 'a language server that dies is started again, which is said, and what is not saved is kept and checked on',
    run: async ({ workbench: wb, editor }) => {
      await wb.openFile(SAMPLE);
      await wb.page.keyboard.press('Control+End');
      await wb.type('\n# not saved yet');
      const pid = await killServer(editor.userData, wb);
      await wb.toast('language server ended unexpectedly and was started again').waitFor();
      await until(() => serversOf(editor.userData).some((one) => one !== pid));
      await wb.type('\nlet newest = versoin');
      await wb.page.keyboard.press('Escape');
      await wb.script.squiggles().first().waitFor();
      await wb.script.line(/not.saved.yet/).waitFor();
      await wb.command('File: Revert File');
      await wb.script.squiggles().first().waitFor({ state: 'detached' });
    },
  },
  {
    title:
      'a language server that dies again and again, also while it starts, stays off, which is said, and Restart brings it back',
    run: async ({ workbench: wb, editor }) => {
      const staysOff = wb.toast('again and again, and stays off');
      await wb.openFile(SAMPLE);
      await wb.page.keyboard.press('Control+End');
      await wb.type('\n# kept through it all');
      // Each time it is let come up, as one that dies of what it is asked does.
      for (let died = 0; died <= RESTARTS && !(await staysOff.isVisible()); died++) {
        const pid = await killServer(editor.userData, wb);
        await until(async () => serversOf(editor.userData).some((one) => one !== pid) || (await staysOff.isVisible()));
      }
      await staysOff.waitFor();
      // Nothing starts it behind the user's back.
      await sleep(3000);
      if (serversOf(editor.userData).length > 0) throw new Error('it was started again all the same');
      await wb.script.line(/kept.through.it.all/).waitFor();
      await pressIn(staysOff, 'Restart');
      await until(() => serversOf(editor.userData).length > 0);
      await wb.type('\nlet newest = versoin');
      await wb.page.keyboard.press('Escape');
      await wb.script.squiggles().first().waitFor();
      await wb.command('File: Revert File');
      await wb.script.squiggles().first().waitFor({ state: 'detached' });
      await wb.command('Notifications: Clear All Notifications');
    },
  },
  ...FAULTS_SCAN_STEPS,
  {
    title:
      'a window that closes in the middle of a scan leaves no session, share, service or open thing at the machine',
    run: async (stage) => {
      const { workbench: wb, machine, stalling } = stage;
      const before = await holdings(machine);
      await beginScan(stage);
      await until(async () => (await holdings(machine)).trees > before.trees);
      await wb.leave();
      await wb.enter();
      stalling.setFaults({});
      await untilNothingLeft(machine, before);
      // Whoever comes back can go on, as soon as the extension is there: a palette that was opened before does not know it.
      await wb.status(stalling.target).waitFor();
      await wb.command('Patchlab: Scan Snapshot...');
      await wb.choose(SNAPSHOT);
      await wb.report().locator('.patch').first().waitFor();
    },
  },
  {
    title:
      'a recording that breaks after it was scanned is said plainly, and what it showed is said to be of the earlier scan',
    run: async ({ workbench: wb, editor }) => {
      const file = path.join(editor.workspace, SNAPSHOT);
      const text = readFileSync(file, 'utf8');
      await wb.openFile(SAMPLE);
      await wb.script.goToLine(1);
      await wb.script.beside('product sevenzip', '18.1.0.0');
      writeFileSync(file, text.slice(0, text.length / 2));
      await wb.command('Patchlab: Scan All Content');
      await wb.toast('error PL410').waitFor();
      await wb.openFile(SAMPLE);
      await wb.script.goToLine(1);
      await wb.script.beside('product sevenzip', /^earlier scan: .*18\.1\.0\.0/);
      writeFileSync(file, text);
      await wb.command('Patchlab: Scan All Content');
      await wb.script.beside('product sevenzip', /^WS01: 18\.1\.0\.0/);
      await wb.command('Notifications: Clear All Notifications');
    },
  },
];
