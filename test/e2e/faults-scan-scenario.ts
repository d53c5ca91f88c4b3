/** Scans that go wrong: a machine that goes away, one that is not there, one that is asked for while another scan goes on. */
import assert from 'node:assert/strict';
import { holdings } from '../live/holdings.ts';
import { askForScan, beginScan, pressIn, pressLater, scanning, untilNothingLeft } from './faults.ts';
import { configure, dialog, expand, labText, NOBODY, press, showMachines } from './machines-view.ts';
import type { Step } from './stage.ts';
import type { Workbench } from './workbench.ts';

const SAMPLE = '7-zip.detect';
const SNAPSHOT = 'machines/ws01.snapshot.json';
const CHECK = 'installed when version >= 24.7';
/** A machine that says nothing is given up after 15 s, and one more look. */
const GIVEN_UP_MS = 60_000;

export const FAULTS_SCAN_STEPS: readonly Step[] = [
  {
    title:
      'a machine that goes away in the middle of a scan: progress tells how long it is silent, then the error and its report; what was seen is kept as the earlier scan’s',
    run: async (stage) => {
      const { workbench: wb, machine, stalling, picture } = stage;
      const before = await holdings(machine);
      stalling.setFaults({});
      await askForScan(stage);
      await wb.status(new RegExp(`${stalling.target}: \\d+ missing`)).waitFor();
      await showCheck(wb);
      await wb.script.beside(CHECK, /^✗ 18\.1\.0\.0/);
      await beginScan(stage);
      await scanning(stage)
        .filter({ hasText: /no answer for \d+ s/ })
        .waitFor();
      const failed = wb.toast(`${stalling.target}: error`);
      await failed.waitFor({ timeout: GIVEN_UP_MS });
      const said = await failed.innerText();
      assert.match(said, /error (PL\d{3}|\d{3}) in step [2-6]/);
      assert.match(said, /REQUEST_TIMEOUT/);
      await wb.report().locator('.failure', { hasText: 'REQUEST_TIMEOUT' }).waitFor();
      // The lines say whose they are, and of which scan.
      await showCheck(wb);
      await wb.script.beside(CHECK, /^earlier scan: ✗ 18\.1\.0\.0/);
      const hover = await (await wb.script.hoverOver(CHECK)).innerText();
      assert.match(hover.replaceAll('\u00a0', ' '), /of the earlier scan at .*: the latest one failed/);
      await wb.page.keyboard.press('Escape');
      await wb.status(`${stalling.target}, earlier scan`).waitFor();
      await wb.status(new RegExp(`${stalling.target}: error`)).waitFor();
      await picture('faults-gone');
      await wb.command('View: Close All Editors');
      await pressLater(wb, 'REQUEST_TIMEOUT', 'Show Report');
      await wb.report().locator('.steps tr.failed').first().waitFor();
      await wb.report().locator('.failure dt', { hasText: 'Remedy' }).waitFor();
      stalling.setFaults({});
      await untilNothingLeft(machine, before);
      // With the next scan that succeeds nothing is of an earlier one any more.
      await wb.command('Patchlab: Scan All Content');
      await showCheck(wb);
      await wb.script.beside(CHECK, /^✗ 18\.1\.0\.0/);
    },
  },
  {
    title:
      'a machine that cannot be scanned takes neither the place of the current target nor what another one showed, and can be tested from its error',
    run: async ({ workbench: wb, machine }) => {
      await wb.command('Patchlab: Scan Snapshot...');
      await wb.choose(SNAPSHOT);
      await wb.report().locator('.patch').first().waitFor();
      await showCheck(wb);
      await wb.script.beside(CHECK, /^✗ 18\.1\.0\.0/);
      const target = wb.status(/ws01\.snapshot\.json: \d+ missing/);
      await target.waitFor();
      await wb.command('Patchlab: Scan Machine...');
      await wb.choose('Another machine...');
      await wb.answer('HOST:PORT', NOBODY);
      await wb.answer('administrator rights', machine.user);
      await wb.answer('The password of', machine.password);
      const failed = wb.toast(`${NOBODY}: error 261`);
      await failed.waitFor();
      await showCheck(wb);
      await wb.script.beside(CHECK, /^✗ 18\.1\.0\.0/);
      await target.waitFor();
      assert.equal(await wb.status(NOBODY).count(), 0);
      await pressLater(wb, `${NOBODY}: error 261`, 'Test Connection');
      await wb.answer('The password of', machine.password);
      await wb.toast(`${NOBODY} cannot be scanned: TCP port 9`).waitFor();
      await wb.command('Notifications: Clear All Notifications');
    },
  },
  {
    title:
      'while one scan goes on a second, of a recording, a group, a connection, a comparison or a check, is refused, says what goes on, and can cancel it',
    run: async (stage) => {
      const { workbench: wb, machine, stalling } = stage;
      const before = await holdings(machine);
      configure(stage, labText('lab', [stalling.target]));
      await beginScan(stage);
      const refused = wb.toast('one scan runs at a time');
      const isRefused = async (): Promise<void> => {
        await refused.filter({ hasText: `Scanning ${stalling.target} is still going on` }).waitFor();
        assert.equal(await wb.input().count(), 0);
        assert.equal(await dialog(wb).count(), 0);
        await refused.hover();
        await refused.locator('.codicon-notifications-clear').click();
        await refused.waitFor({ state: 'detached' });
      };
      await wb.command('Patchlab: Scan Snapshot...');
      await wb.choose(SNAPSHOT);
      await isRefused();
      await wb.openFile(SAMPLE);
      await wb.command('Patchlab: Why Not Detected?...');
      await isRefused();
      // What the current target was asked for already is told meanwhile; what it was not waits.
      await showCheck(wb);
      await wb.command('Patchlab: Evaluate Selection on Target');
      await wb.script.beside(CHECK, /= ✗ 18\.1\.0\.0 on WS01/);
      await showMachines(wb);
      await expand(wb, 'lab');
      await press(wb, stalling.target, 'Set as Current Target', wb.status(stalling.target));
      await press(wb, stalling.target, 'Test Connection', refused);
      await isRefused();
      await press(wb, 'lab', 'Scan Group', refused);
      await refused.waitFor();
      await pressIn(refused, 'Cancel It');
      await wb.status(`Scan of ${stalling.target} cancelled`).waitFor();
      stalling.setFaults({});
      await untilNothingLeft(machine, before);
      await wb.command('Notifications: Clear All Notifications');
    },
  },
];

/** The sample, at the check that decides. */
async function showCheck(wb: Workbench): Promise<void> {
  await wb.openFile(SAMPLE);
  await wb.script.find('version >= 24.7');
}
