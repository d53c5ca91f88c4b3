/** What goes wrong while somebody works: the server dies, the window closes in the middle of a scan. */
import { readdirSync, readFileSync } from 'node:fs';
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { configure, labText, press, showMachines } from './machines-view.ts';
import type { Stage, Step } from './stage.ts';

const SAMPLE = '7-zip.detect';
const SNAPSHOT = 'machines/ws01.snapshot.json';

export const FAULTS_STEPS: readonly Step[] = [
  {
    title: 'a language server that dies is started again, which is said, and what is not saved is kept and checked on',
    run: async ({ workbench: wb, editor }) => {
      await wb.openFile(SAMPLE);
      await wb.page.keyboard.press('Control+End');
      await wb.type('\n# not saved yet');
      const [pid] = serversOf(editor.userData);
      assert.ok(pid !== undefined, 'there is no language server');
      process.kill(pid, 'SIGKILL');
      const said = wb.toast('language server ended unexpectedly and was started again');
      await said.waitFor();
      await until(() => serversOf(editor.userData).some((one) => one !== pid));
      await wb.type('\nlet newest = versoin');
      await wb.page.keyboard.press('Escape');
      await wb.squiggles().first().waitFor();
      await wb.line(/not.saved.yet/).waitFor();
      await wb.command('File: Revert File');
      await wb.squiggles().first().waitFor({ state: 'detached' });
    },
  },
  {
    title: 'while one scan goes on a second, of a recording or of a group, is refused and says what to wait for',
    run: async (stage) => {
      const { workbench: wb, machine, stalling } = stage;
      configure(stage, labText('lab', [stalling.target]));
      await beginScan(stage);
      const refused = wb.toast('one scan runs at a time');
      await wb.command('Patchlab: Scan Snapshot...');
      await wb.choose(SNAPSHOT);
      await refused.waitFor();
      await refused.hover();
      await refused.locator('.codicon-notifications-clear').click();
      await refused.waitFor({ state: 'detached' });
      await showMachines(wb);
      await press(wb, 'lab', 'Scan Group');
      await refused.waitFor();
      assert.equal(await wb.page.locator('.monaco-dialog-box').count(), 0);
      await wb.toast(`Scanning ${stalling.target}`).locator('.monaco-button', { hasText: 'Cancel' }).click();
      await wb.status('cancelled').waitFor();
      stalling.setFaults({});
      await until(async () => (await machine.sessions()).length === 0);
      await wb.command('Notifications: Clear All Notifications');
    },
  },
  {
    title: 'a window that closes in the middle of a scan leaves no session at the machine',
    run: async (stage) => {
      const { workbench: wb, machine, stalling } = stage;
      await beginScan(stage);
      await until(async () => (await machine.sessions()).length > 0);
      await wb.leave();
      await wb.enter();
      stalling.setFaults({});
      await until(async () => (await machine.sessions()).length === 0);
    },
  },
];

/** A scan that has logged on and hears nothing more. */
async function beginScan({ workbench: wb, machine, stalling }: Stage): Promise<void> {
  stalling.setFaults({ stallAfter: 3000 });
  await wb.command('Patchlab: Scan Machine...');
  const other = wb.row('Another machine...').first();
  if (
    await other.waitFor({ timeout: 3000 }).then(
      () => true,
      () => false,
    )
  )
    await other.click();
  await wb.answer('HOST:PORT', stalling.target);
  await wb.answer('administrator rights', machine.user);
  const asked = wb.page.locator('.quick-input-widget:visible', { hasText: 'The password of' });
  const saved = wb.row('Use the saved password').first();
  await asked.or(saved).first().waitFor();
  if (await saved.isVisible()) await saved.click();
  else await wb.answer('The password of', machine.password);
  await wb
    .toast(`Scanning ${stalling.target}`)
    .filter({ hasText: /[2-6]\/7/ })
    .waitFor();
}

/** The language servers of this editor, by their process ids: their arguments name its folder. */
function serversOf(userData: string): readonly number[] {
  const folder = userData.replace(/\/user-data$/, '');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const line = argumentsOf(pid);
      return line.includes(folder) && line.includes('dist/patchlab.js') && line.includes('lsp');
    });
}

function argumentsOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; await sleep(100)) if (await holds()) return;
  throw new Error('it did not come about in 20 s');
}
