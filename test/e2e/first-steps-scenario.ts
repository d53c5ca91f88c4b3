/** The walkthrough of six first steps, in a window and a folder of its own. */
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { shownPage } from './shown-page.ts';
import type { Step } from './stage.ts';
import type { Workbench } from './workbench.ts';

const SAMPLE = '7-zip.detect';
const SNAPSHOT = 'machines/ws01.snapshot.json';
const CHECKED = '.getting-started-step .codicon-getting-started-step-checked';

/** The window of the walkthrough, which opens a folder of its own. */
let firstSteps: Workbench | undefined;

export const FIRST_STEPS: readonly Step[] = [
  {
    title: 'the first of the six first steps opens a copy of the samples in a folder of its own, and is checked there',
    run: async ({ editor, workbench }) => {
      const wb = await workbench.another(`${new URL(editor.url).origin}/?ew=true`);
      firstSteps = wb;
      await openFirstSteps(wb);
      await pressButton(wb, 'samples', 'Open Samples');
      await wb.choose('A new temporary folder');
      await wb.page.waitForURL(/patchlab-samples/);
      await wb.page
        .locator('.explorer-folders-view .monaco-list-row', { hasText: SAMPLE })
        .waitFor({ timeout: 40_000 });
      await checked(wb, 'samples').waitFor();
      assert.equal(await wb.page.locator(CHECKED).count(), 1);
    },
  },
  {
    title:
      'the other five are done on the recorded machine, without a lab, and each is checked once its command has run',
    run: async ({ picture, workbench }) => {
      const wb = firstSteps;
      if (!wb) throw new Error('there is no window of the walkthrough');
      await wb.command('Workspaces: Manage Workspace Trust');
      await wb.grantTrust();
      await wb.closeEditor();
      await doStep(wb, 'script', 'Show a Script');
      await wb.page.locator(`.tab[data-resource-name="${SAMPLE}"]`).waitFor();
      await picture('walkthrough', { of: wb, keepsPointer: true });
      await doStep(wb, 'check', 'Check All Content');
      await wb.page.locator('.part.panel:visible').waitFor();
      await doStep(wb, 'target', 'Choose Target', () => wb.choose(SNAPSHOT));
      await wb.status('ws01.snapshot.json').waitFor();
      await doStep(wb, 'scan', 'Scan All Content');
      await wb.status(/\d+ missing/).waitFor();
      await doStep(wb, 'report', 'Show Report', async () => {
        await wb.page.locator('.tab.active', { hasText: 'Report' }).waitFor();
        await shownPage(wb).locator('.patch', { hasText: 'SZ-2024-07' }).first().waitFor();
      });
      assert.equal(await wb.page.locator(CHECKED).count(), 6);
      await wb.leave();
      await workbench.page.bringToFront();
    },
  },
];

function stepOf({ page }: Workbench, id: string): Locator {
  return page.locator(`.getting-started-step[data-step-id$="#${id}"]`);
}

function checked(wb: Workbench, id: string): Locator {
  return stepOf(wb, id).locator('.codicon-getting-started-step-checked').first();
}

/** Opens the walkthrough, in a window too that has yet to learn which commands there are. */
async function openFirstSteps(wb: Workbench): Promise<void> {
  const row = wb.page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: 'Patchlab: First Steps' });
  for (let tries = 0; tries < 8; tries++) {
    await wb.page.keyboard.press('F1');
    await wb.page.locator('.quick-input-widget:visible input.input').fill('>Patchlab: First Steps');
    const isThere = await row
      .first()
      .waitFor({ timeout: 3000 })
      .then(
        () => true,
        () => false,
      );
    if (isThere) return await row.first().click();
    await wb.page.keyboard.press('Escape');
  }
  throw new Error('the walkthrough cannot be opened');
}

/** Opens a step of the walkthrough, and presses its button. */
async function pressButton(wb: Workbench, id: string, button: string): Promise<void> {
  const step = stepOf(wb, id);
  await step.waitFor({ timeout: 40_000 });
  const one = step.locator('.monaco-button:visible', { hasText: button });
  if (!(await one.isVisible())) await step.click();
  await one.click();
}

/** Comes back to the walkthrough, does a step, and sees it checked. */
async function doStep(wb: Workbench, id: string, button: string, answer?: () => Promise<void>): Promise<void> {
  await openFirstSteps(wb);
  assert.equal(await checked(wb, id).count(), 0);
  await pressButton(wb, id, button);
  await answer?.();
  await openFirstSteps(wb);
  await checked(wb, id).waitFor();
}
