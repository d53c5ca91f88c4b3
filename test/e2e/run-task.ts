/** Running a task as a user does. */
import type { Workbench } from './workbench.ts';

/** Runs a task by its name in tasks.json, which the editor may be about to read. */
export async function runTask(wb: Workbench, label: string): Promise<void> {
  const row = wb.page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: label }).first();
  for (let tries = 0; tries < 6; tries++) {
    await wb.command('Tasks: Run Task');
    const isThere = await row.waitFor({ timeout: 3000 }).then(
      () => true,
      () => false,
    );
    if (isThere) return await row.click();
    await wb.page.keyboard.press('Escape');
  }
  throw new Error(`there is no task "${label}"`);
}
