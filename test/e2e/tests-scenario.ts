/** Tests of content: run by the lens above one, from the test explorer and by a task; what failed is shown with the reason. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { runTask } from './run-task.ts';
import type { Stage, Step } from './stage.ts';
import type { Workbench } from './workbench.ts';

const FILE = 'wish.detect';
const TASK = 'run the tests';
const wish = (status: string): string => `test "a wish" {
  machine "machines/ws01.snapshot.json"
  expect SZ-2024-07 ${status}
}
`;

function write({ editor }: Stage, text: string): void {
  writeFileSync(path.join(editor.workspace, FILE), text);
}

/** The sign in the margin of a test. */
const sign = (wb: Workbench, state: string): Locator =>
  wb.page.locator(`.editor-instance .glyph-margin-widgets .testing-run-glyph.codicon-testing-${state}-icon`).first();

export const TESTS_STEPS: readonly Step[] = [
  {
    title: 'Run Test above a test that is not met shows at its expect what is so instead, and the check that decided',
    run: async (stage) => {
      const { workbench: wb, picture } = stage;
      write(stage, wish('installed'));
      await wb.openFromExplorer(FILE);
      await wb.script.clickLens('Run Test', 'test "a wish"');
      const peek = wb.page.locator('.test-output-peek').first();
      await peek.filter({ hasText: 'missing for sevenzip' }).waitFor();
      await peek.filter({ hasText: 'version >= 24.7: false; 18.1.0.0' }).waitFor();
      await sign(wb, 'failed').waitFor();
      await picture('test-failed', { keepsPointer: true });
      await wb.page.keyboard.press('Escape');
      await peek.waitFor({ state: 'detached' });
      const inline = wb.page.locator('.editor-instance .test-error-content-widget:visible');
      await inline.filter({ hasText: 'but it is missing for sevenzip' }).first().waitFor();
    },
  },
  {
    title: 'a test that is mended passes when it is run again, and its margin says so',
    run: async (stage) => {
      const { workbench: wb } = stage;
      write(stage, wish('missing'));
      await wb.script.line('expect SZ-2024-07 missing').waitFor();
      await wb.script.clickLens('Run Test', 'test "a wish"');
      await sign(wb, 'passed').waitFor();
      await wb.status('Passed: a wish').waitFor();
    },
  },
  {
    title: 'Testing lists the tests of all files, runs them together, and says which one failed',
    run: async (stage) => {
      const { workbench: wb, picture } = stage;
      write(stage, wish('installed'));
      await wb.script.line('expect SZ-2024-07 installed').waitFor();
      await wb.command('Testing: Focus on Test Explorer View');
      const rows = wb.page.locator('.test-explorer .monaco-list-row');
      await rows.filter({ hasText: '7-zip.detect' }).waitFor();
      await rows.filter({ hasText: 'hardening.detect' }).waitFor();
      await wb.command('Test: Run All Tests');
      const failed = rows.filter({ hasText: FILE }).filter({ has: wb.page.locator('.codicon-testing-failed-icon') });
      await failed.waitFor();
      const passed = rows.filter({ hasText: '7-zip.detect' });
      await passed.filter({ has: wb.page.locator('.codicon-testing-passed-icon') }).waitFor();
      await picture('test-explorer', { keepsPointer: true });
      await wb.command('View: Show Explorer');
    },
  },
  {
    title: 'the task that runs all tests makes a problem of what is not met, at the line of its expect',
    run: async ({ editor, workbench: wb }) => {
      const task = { label: TASK, type: 'patchlab', verb: 'test', problemMatcher: '$patchlab-test' };
      mkdirSync(path.join(editor.workspace, '.vscode'), { recursive: true });
      const tasks = JSON.stringify({ version: '2.0.0', tasks: [task] });
      writeFileSync(path.join(editor.workspace, '.vscode/tasks.json'), tasks);
      await (await wb.problems()).page().locator('.markers-panel').waitFor();
      await runTask(wb, TASK);
      await wb.page.locator('.part.panel:visible .xterm').first().waitFor();
      const rows = await wb.problems();
      const problem = rows.filter({ hasText: 'Expected SZ-2024-07 to be installed' });
      await problem.waitFor();
      assert.match(await problem.innerText(), /patchlab test[\s\S]*test-failed[\s\S]*Ln 3, Col 3/);
      assert.equal(await rows.filter({ hasText: 'test-failed' }).count(), 1);
    },
  },
  {
    title: 'the problem of a test is gone when the test is met and the task has run again',
    run: async (stage) => {
      const { workbench: wb } = stage;
      write(stage, wish('missing'));
      await wb.script.line('expect SZ-2024-07 missing').waitFor();
      await runTask(wb, TASK);
      const rows = await wb.problems();
      await rows.filter({ hasText: 'test-failed' }).waitFor({ state: 'detached' });
      await wb.command('View: Hide Panel');
    },
  },
];
