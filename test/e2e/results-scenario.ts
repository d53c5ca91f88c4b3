/** Results: what was scanned is kept, opened again and read; two are compared, one leaves as a file. */
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import assert from 'node:assert/strict';
import { COMPARE_MANY_STEPS, COMPARE_STEPS } from './results-compare-scenario.ts';
import { STORED_STEPS } from './results-stored-scenario.ts';
import {
  contextMenu,
  history,
  pane,
  PATCH,
  rows,
  SAMPLE,
  scanSnapshot,
  showResults,
  SNAPSHOT,
} from './results-view.ts';
import type { Step } from './stage.ts';

const READING_STEPS: readonly Step[] = [
  {
    title: 'the list of results says so where there are none, and has each scan at its top as soon as it ends',
    run: async (stage) => {
      const { workbench: wb, picture } = stage;
      const folder = await history(stage);
      for (const name of readdirSync(folder)) rmSync(path.join(folder, name));
      await wb.command('Patchlab: Focus on Results View');
      await wb.command('Patchlab: Refresh Results');
      await pane(wb).locator('.welcome-view', { hasText: 'No result yet.' }).waitFor();
      await scanSnapshot(wb, SNAPSHOT);
      await rows(wb)
        .filter({ hasText: 'WS01' })
        .filter({ hasText: /\d+ missing/ })
        .waitFor();
      assert.equal(await rows(wb).count(), 1);
      await picture('results');
    },
  },
  {
    title: 'a result that was kept opens again, with its trace and its way to the script',
    run: async ({ workbench: wb }) => {
      await wb.command('View: Close All Editors');
      await rows(wb).first().click();
      const patch = wb.report().locator('.status.missing .patch', { hasText: PATCH }).first();
      await patch.locator('.trace', { hasText: '18.1.0.0' }).waitFor();
      await patch.locator('.trace .source-link', { hasText: SAMPLE }).first().waitFor();
    },
  },
  {
    title: 'the trace is a tree for the keys: down to a check, folded and unfolded, and to its line',
    run: async ({ workbench: wb }) => {
      const report = wb.report();
      const tree = report.locator('.patch', { hasText: PATCH }).first().locator('[role=tree]').first();
      const items = tree.locator('[role=treeitem]');
      const block = tree.locator('[role=treeitem][aria-expanded]').first();
      await block.focus();
      const seen = await items.locator('visible=true').count();
      await wb.page.keyboard.press('ArrowLeft');
      assert.equal(await block.getAttribute('aria-expanded'), 'false');
      assert.ok((await items.locator('visible=true').count()) < seen);
      await wb.page.keyboard.press('ArrowRight');
      assert.equal(await block.getAttribute('aria-expanded'), 'true');
      await wb.page.keyboard.press('ArrowDown');
      const check = tree.locator('[role=treeitem]:focus');
      assert.equal(await check.count(), 1);
      const line = /:(\d+)/.exec(await check.locator('.source-link').first().innerText())?.[1] ?? '';
      await wb.page.keyboard.press('Enter');
      await wb.page.locator(`.tab.active[data-resource-name="${SAMPLE}"]`).waitFor();
      await wb.page.locator('.statusbar', { hasText: `Ln ${line}, Col` }).waitFor();
    },
  },
  {
    title: 'the dearest checks and the batches of reads stand in the report, and each column sorts them',
    run: async ({ workbench: wb }) => {
      await wb.command('Patchlab: Show Report');
      const table = wb.report().locator('.dearest');
      await table.locator('tbody tr').nth(3).waitFor();
      const numbers = async (): Promise<number[]> =>
        (await table.locator('tbody td:nth-child(3)').allInnerTexts()).map(Number);
      const first = await numbers();
      assert.deepEqual(
        first,
        first.toSorted((one, other) => other - one),
      );
      assert.ok((first[0] ?? 0) > 1);
      const heading = table.locator('th', { hasText: 'Looked at' });
      await heading.locator('button').click();
      assert.equal(await heading.getAttribute('aria-sort'), 'ascending');
      const turned = await numbers();
      assert.deepEqual(
        turned,
        turned.toSorted((one, other) => one - other),
      );
      await wb.report().locator('.rounds tbody tr').first().waitFor();
    },
  },
];

const LIGHT_STEPS: readonly Step[] = [
  {
    title: 'the list of results, the report and a comparison take the colours of a light theme',
    run: async ({ workbench: wb, picture }) => {
      await wb.command('View: Close All Editors');
      await showResults(wb);
      await wb.command('Preferences: Toggle between Light/Dark Themes');
      await wb.page.locator('.monaco-workbench.vs').waitFor();
      await rows(wb).nth(0).click();
      await wb.report().locator('body.vscode-light h1').waitFor();
      await picture('results-light');
      await rows(wb)
        .nth(1)
        .click({ modifiers: ['ControlOrMeta'] });
      await contextMenu(wb, rows(wb).nth(1), 'Compare Results...');
      await wb.report().locator('body.vscode-light .sides').waitFor();
      await wb.report().locator('.change').first().waitFor();
      await picture('compare-light');
      await wb.command('Preferences: Toggle between Light/Dark Themes');
      await wb.page.locator('.monaco-workbench.vs-dark').waitFor();
    },
  },
];

/** In order: each goes on with the results of those before. */
export const RESULTS_STEPS: readonly Step[] = [
  ...READING_STEPS,
  ...COMPARE_STEPS,
  ...STORED_STEPS,
  ...COMPARE_MANY_STEPS,
  ...LIGHT_STEPS,
];
