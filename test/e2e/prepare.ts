/** Brings the workbench into the state that a part begins with, whatever the part before it left behind. */
import { cpSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Part, Stage } from './stage.ts';

const SNAPSHOT = 'machines/ws01.snapshot.json';
const TRUSTS = '.workspace-trust-editor';

/** After a part that failed the page is loaded anew, too, without what was unsaved. */
export async function prepare(stage: Stage, { needs }: Part, hasFailed: boolean): Promise<void> {
  const { workbench } = stage;
  if (hasFailed || !(await closeAll(stage).then(always, never))) await startOver(stage);
  if (needs !== undefined) await trust(stage);
  if (needs === 'scan') {
    await workbench.command('Patchlab: Scan Snapshot...');
    await workbench.choose(SNAPSHOT);
    await workbench.report().locator('.patch').first().waitFor();
    await closeAll(stage);
  }
}

const always = (): boolean => true;
const never = (): boolean => false;

async function closeAll({ editor, workbench: wb }: Stage): Promise<void> {
  await leaveWidgets(wb.page);
  await wb.command('Notifications: Clear All Notifications');
  if ((await wb.page.locator('.part.editor .tab').count()) > 0) {
    await wb.command('View: Close All Editors');
    const keepNothing = wb.page.locator('.monaco-dialog-box .monaco-button', { hasText: "Don't Save" });
    const empty = wb.page.locator('.part.editor .tab').first();
    await Promise.race([
      empty.waitFor({ state: 'detached', timeout: 5000 }),
      keepNothing.click({ timeout: 5000 }).then(() => empty.waitFor({ state: 'detached', timeout: 5000 })),
    ]);
  }
  if (await wb.page.locator('.part.panel').isVisible()) await wb.command('View: Hide Panel');
  await wb.command('View: Show Explorer');
  await wb.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  restore(editor);
}

async function leaveWidgets(page: Stage['workbench']['page']): Promise<void> {
  for (let times = 0; times < 3; times++) await page.keyboard.press('Escape');
}

/** A new page of the same user: what the editor keeps of its windows stays, what was unsaved does not. */
async function startOver(stage: Stage): Promise<void> {
  const { editor, workbench } = stage;
  await workbench.leave();
  rmSync(path.join(editor.userData, 'Backups'), { recursive: true, force: true });
  rmSync(path.join(editor.userData, 'User/Backups'), { recursive: true, force: true });
  await workbench.enter();
  await closeAll(stage);
}

/** The workspace as it was copied. */
function restore({ workspace, content }: Stage['editor']): void {
  const own = new Set(readdirSync(content, { recursive: true }).map(String));
  for (const entry of readdirSync(workspace, { recursive: true }).map(String)) {
    if (!own.has(entry)) rmSync(path.join(workspace, entry), { recursive: true, force: true });
  }
  cpSync(content, workspace, { recursive: true, preserveTimestamps: true });
}

/** Editors whose workspace is known to be trusted; it stays so. */
const trusted = new WeakSet<Stage['editor']>();

/** Trusts the workspace as a user would, where it is not trusted yet. */
async function trust({ editor, workbench: wb }: Stage): Promise<void> {
  if (trusted.has(editor)) return;
  // The editor says so a moment after it has begun.
  const restricted = wb.page.locator('.statusbar-item', { hasText: 'Restricted Mode' });
  const isRestricted = await restricted.waitFor({ timeout: 4000 }).then(always, never);
  trusted.add(editor);
  if (!isRestricted) return;
  await wb.command('Workspaces: Manage Workspace Trust');
  await wb.grantTrust();
  await wb.command('View: Close All Editors');
  await wb.page.locator(TRUSTS).waitFor({ state: 'detached' });
}
