/** What a user does, from the first look at a workspace to the missing patch and why: one test a step, in parts. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import assert from 'node:assert/strict';
import { EXPLORER_STEPS } from './explorer-scenario.ts';
import { FAULTS_STEPS } from './faults-scenario.ts';
import { GRAPH_STEPS } from './graph-scenario.ts';
import { HOUSE_STEPS } from './house-scenario.ts';
import { MACHINES_STEPS } from './machines-scenario.ts';
import { findPatch, REPORT_STEPS } from './report-scenario.ts';
import { RESULTS_STEPS } from './results-scenario.ts';
import type { Part, Step } from './stage.ts';
import { TESTS_STEPS } from './tests-scenario.ts';
import { TRUTH_STEPS } from './truth-scenario.ts';
import { WHY_STEPS } from './why-scenario.ts';
import type { Workbench } from './workbench.ts';
import { WRITING_STEPS } from './writing-scenario.ts';

const SAMPLE = '7-zip.detect';
const SNAPSHOT = 'machines/ws01.snapshot.json';
const MISSING = 'SZ-2024-07';

const EDITING_STEPS: readonly Step[] = [
  {
    title: 'a sample opens with its keywords in colour and no problem',
    run: async ({ workbench: wb }) => {
      const banner = wb.page.locator('.banner .codicon-widget-close, .banner .codicon-close');
      if (await banner.isVisible()) await banner.click();
      await wb.openFile(SAMPLE);
      await wb.page
        .locator('.view-line span[class*=mtk]', { hasText: /^product$/ })
        .first()
        .waitFor();
      await (await wb.problems()).page().locator('.markers-panel .message-box-container').waitFor();
      assert.equal(await wb.script.squiggles().count(), 0);
    },
  },
  {
    title: 'a mistake that is typed is marked in the text and listed as a problem',
    run: async ({ workbench: wb, picture }) => {
      await wb.script.goToEndOf('one per location');
      await wb.type('\nlet newest = versoin');
      await wb.page.keyboard.press('Escape');
      await wb.script.squiggles().first().waitFor();
      const problem = (await wb.problems()).filter({ hasText: 'versoin' }).first();
      await problem.waitFor();
      assert.match(await problem.innerText(), /patchlab/);
      await picture('diagnostic');
    },
  },
  {
    title: 'the mark and the problem go when the mistake is mended',
    run: async ({ workbench: wb }) => {
      for (let count = 0; count < 'versoin'.length; count++) await wb.page.keyboard.press('Backspace');
      await wb.type('version');
      await wb.page.keyboard.press('Escape');
      await wb.script.squiggles().first().waitFor({ state: 'detached' });
      await wb.page.locator('.markers-panel .message-box-container').waitFor();
    },
  },
  {
    title: 'a keyword is completed',
    run: async ({ workbench: wb }) => {
      await wb.page.keyboard.press('Control+End');
      await wb.type('\npatch E2E-1 "Typed in the editor" fi');
      await wb.script.suggestion('fixes').click();
      await wb.script.line(/^patch.E2E-1.*fixes$/).waitFor();
    },
  },
  {
    title: 'the name of a product of another file is completed, with its dot',
    run: async ({ workbench: wb }) => {
      await wb.type(' mozilla.fi');
      await wb.script.suggestion('mozilla.firefox').click();
      await wb.type(' { missing always "end to end" }');
      await wb.script.line(/fixes.mozilla\.firefox.*\{.missing.always/).waitFor();
      await wb.page.keyboard.press('Control+S');
      await wb.page.locator('.markers-panel .message-box-container').waitFor();
    },
  },
];

/** In a workspace that is not trusted yet. */
const TRUST_STEPS: readonly Step[] = [
  {
    title: 'a workspace that is not trusted cannot scan, and the command says why',
    run: async ({ workbench: wb }) => {
      await wb.command('Patchlab: Scan Snapshot...');
      const toast = wb.toast('This workspace is not trusted');
      await toast.locator('.monaco-button', { hasText: 'Manage Workspace Trust' }).click();
      await wb.grantTrust();
    },
  },
];

const SCAN_STEPS: readonly Step[] = [
  {
    title: 'Scan Snapshot... shows the missing patch of the recorded machine with its trace',
    run: async ({ workbench: wb, picture }) => {
      // What is not saved is scanned as well.
      await wb.openFile(SAMPLE);
      await wb.page.keyboard.press('Control+End');
      await wb.type('\npatch E2E-2 "Not saved" fixes windows { missing always "end to end" }');
      await wb.page.keyboard.press('Escape');
      await wb.command('Patchlab: Scan Snapshot...');
      await wb.choose(SNAPSHOT);
      await readMissingPatch(wb);
      await findPatch(wb, 'E2E-2');
      await wb.report().locator('.filter-clear').click();
      await picture('report');
      await wb.openFile(SAMPLE);
      await wb.command('File: Revert File');
      await wb.command('Patchlab: Show Report');
    },
  },
  {
    title:
      'Scan Machine... asks for machine, user and password, and reports a wrong password with code, cause and remedy',
    run: async ({ workbench: wb, machine }) => {
      await scanMachine(wb, machine.target, { user: machine.user, password: 'example-wrong' });
      const toast = wb.toast('error 451');
      await toast.waitFor();
      assert.match(await toast.innerText(), /STATUS_LOGON_FAILURE/);
      await wb.report().locator('.failure', { hasText: 'STATUS_LOGON_FAILURE' }).waitFor();
      assert.equal(await wb.report().locator('.patch').count(), 0);
      await wb.command('Notifications: Clear All Notifications');
    },
  },
  {
    title: 'with the right password it scans the live machine and shows the missing patch with its trace',
    run: async ({ workbench: wb, machine }) => {
      await wb.command('Patchlab: Scan Machine...');
      await wb.choose(machine.target);
      await wb.answer('administrator rights', machine.user);
      await wb.answer('The password of', machine.password);
      await wb.report().locator('.source', { hasText: machine.address }).waitFor();
      await readMissingPatch(wb);
      const sessions = wb.report().locator('.steps tr.ok');
      assert.ok((await sessions.count()) >= 6);
    },
  },
  {
    title: 'the password was kept: the next scan of the machine offers it',
    run: async ({ workbench: wb, machine }) => {
      await wb.command('Patchlab: Scan Machine...');
      await wb.choose(machine.target);
      await wb.answer('administrator rights', machine.user);
      const before = await wb.report().locator('.source').innerText();
      await wb.choose('Use the saved password');
      await wb.report().locator('.source').filter({ hasNotText: before }).waitFor();
      await readMissingPatch(wb);
    },
  },
  {
    title: 'the report stands beside the script, and the script goes on being checked',
    run: async ({ workbench: wb, picture }) => {
      await wb.command('View: Move Editor into Right Group');
      await readMissingPatch(wb);
      // The script stands at its end: the line is brought into sight.
      await wb.command('View: Focus First Editor Group');
      await wb.script.find('supersedes SZ-2023-01');
      await wb.script.goToEndOf('supersedes SZ-2023-01');
      await wb.type('\nwarn "newer than known" when versoin > 26.0');
      await wb.script.line('newer than known').waitFor();
      await wb.page.keyboard.press('Escape');
      await wb.script.squiggles().first().waitFor();
      await wb.page.keyboard.press('Control+B');
      await picture('overview');
      await wb.page.keyboard.press('Control+B');
      await wb.command('File: Revert File');
      await wb.script.squiggles().first().waitFor({ state: 'detached' });
    },
  },
  {
    title: 'a scan of a machine that has fallen silent ends at once when it is cancelled',
    run: async ({ workbench: wb, machine, stalling }) => {
      await wb.command('Patchlab: Scan Machine...');
      await wb.choose('Another machine...');
      await wb.answer('HOST:PORT', stalling.target);
      await wb.answer('administrator rights', machine.user);
      await wb.answer('The password of', machine.password);
      const toast = wb.toast(`Scanning ${stalling.target}`);
      await toast.filter({ hasText: /[2-6]\/7/ }).waitFor();
      const before = performance.now();
      await toast.locator('.monaco-button', { hasText: 'Cancel' }).click();
      await toast.waitFor({ state: 'hidden' });
      await wb.page.locator('.statusbar', { hasText: `Scan of ${stalling.target} cancelled` }).waitFor();
      const ms = performance.now() - before;
      assert.ok(ms < 3000, `it took ${Math.round(ms)} ms`);
    },
  },
];

/** After all that could leave something behind. */
const LAST_STEPS: readonly Step[] = [
  {
    title:
      'no password is in the workspace, in the settings, in the log or in any other file of the editor in clear text',
    run: ({ editor, machine }) => {
      const leaking = [editor.workspace, editor.userData].flatMap(filesBelow).filter((file) => {
        const text = readFileSync(file);
        return text.includes(machine.password) || text.includes('example-wrong');
      });
      assert.deepEqual(leaking, []);
      return Promise.resolve();
    },
  },
  {
    title: 'the page asked for nothing from elsewhere',
    run: ({ workbench }) => {
      assert.deepEqual(workbench.strangers, []);
      return Promise.resolve();
    },
  },
];

/** In order; each also runs alone, by its name. */
export const SCENARIO: readonly Part[] = [
  { name: 'editing', steps: EDITING_STEPS },
  { name: 'writing', steps: WRITING_STEPS },
  { name: 'trust', steps: TRUST_STEPS },
  { name: 'scan', needs: 'trust', steps: SCAN_STEPS },
  { name: 'truth', needs: 'scan', steps: TRUTH_STEPS },
  { name: 'report', needs: 'trust', steps: REPORT_STEPS },
  { name: 'machines', needs: 'scan', steps: MACHINES_STEPS },
  { name: 'results', needs: 'scan', steps: RESULTS_STEPS },
  { name: 'explorer', needs: 'scan', steps: EXPLORER_STEPS },
  { name: 'graph', needs: 'scan', steps: GRAPH_STEPS },
  { name: 'why', needs: 'scan', steps: WHY_STEPS },
  { name: 'faults', needs: 'scan', steps: FAULTS_STEPS },
  { name: 'tests', needs: 'trust', steps: TESTS_STEPS },
  { name: 'house', needs: 'scan', steps: HOUSE_STEPS },
  { name: 'last', steps: LAST_STEPS },
];

async function scanMachine(wb: Workbench, target: string, who: { user: string; password: string }): Promise<void> {
  await wb.command('Patchlab: Scan Machine...');
  await wb.answer('HOST:PORT', target);
  await wb.answer('administrator rights', who.user);
  await wb.answer('The password of', who.password);
}

/** The missing patch, and in its trace what was expected and what was observed. */
async function readMissingPatch(wb: Workbench): Promise<void> {
  const patch = wb.report().locator('.status.missing .patch', { hasText: MISSING }).first();
  await patch.waitFor();
  const trace = await patch.locator('.trace').first().innerText();
  assert.match(trace, />= 24\.7/);
  assert.match(trace, /18\.1\.0\.0/);
  assert.match(trace, /7z\.exe/);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
