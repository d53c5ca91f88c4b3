/** The list of results as a user handles it, and scans that fill it. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import type { Stage } from './stage.ts';
import type { Workbench } from './workbench.ts';

export const SAMPLE = '7-zip.detect';
export const SNAPSHOT = 'machines/ws01.snapshot.json';
/** A patch that the recorded machine misses. */
export const PATCH = 'SZ-2024-07';

export const pane = (wb: Workbench): Locator =>
  wb.page.locator('.sidebar .pane', { has: wb.page.locator('.pane-header', { hasText: 'Results' }) });
export const rows = (wb: Workbench): Locator => pane(wb).locator('.monaco-list-row');

export async function showResults(wb: Workbench): Promise<void> {
  await wb.command('Patchlab: Focus on Results View');
  await rows(wb).first().waitFor();
}

/**
 * A command of a row's menu. A menu takes no click in its first moment, for that may be what opened it; and it goes when a
 * page that has just loaded takes the focus: who finds it gone opens it again, as a user would.
 */
export async function contextMenu(wb: Workbench, row: Locator, title: string): Promise<void> {
  const exactly = new RegExp(`^${title.replaceAll('.', '\\.')}$`);
  const action = wb.page.locator('.monaco-menu .action-label', { hasText: exactly });
  for (let tries = 0; tries < 6; tries++) {
    if (!(await action.isVisible())) await row.click({ button: 'right' });
    const isPressed = await action.click({ timeout: 4000 }).then(
      () => true,
      () => false,
    );
    const isGone = action.waitFor({ state: 'detached', timeout: 1500 }).then(
      () => true,
      () => false,
    );
    if (isPressed && (await isGone)) return;
  }
  throw new Error(`the menu does not take "${title}"`);
}

export async function scanSnapshot(wb: Workbench, name: string): Promise<void> {
  await wb.command('Patchlab: Scan Snapshot...');
  await wb.choose(name);
  await wb.report().locator('.patch').first().waitFor();
}

/** The folder of the editor's own history, as soon as a scan has made it. */
export async function history({ editor, workbench: wb }: Stage): Promise<string> {
  for (const until = Date.now() + 15_000; Date.now() < until; await wb.page.waitForTimeout(100)) {
    const found = readdirSync(editor.userData, { recursive: true, encoding: 'utf8' }).find(
      (name) => /patchlab[^/\\]*[/\\]results$/.test(name) && statSync(path.join(editor.userData, name)).isDirectory(),
    );
    if (found !== undefined) return path.join(editor.userData, found);
  }
  throw new Error('no scan has been kept');
}
