/** The view of machines as a user handles it, and the machine behind it, with a tap that hears what goes to it. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { startWireTap, type WireTap } from '../live/wire-tap.ts';
import type { Stage } from './stage.ts';
import type { Workbench } from './workbench.ts';

const NTLM = 'NTLMSSP';
/** Nothing listens there. */
export const NOBODY = '127.0.0.1:9';

let tap: WireTap | undefined;

/** The machine, by an address at which all that is said to it is heard. */
export async function tapped({ machine }: Stage): Promise<WireTap> {
  tap ??= await startWireTap(machine);
  return tap;
}

/** No test goes on over it. */
export async function closeTap(): Promise<void> {
  await tap?.close();
  tap = undefined;
}

export const ntlmTo = (one: WireTap): boolean => one.bytes().includes(NTLM);

export function configure({ editor }: Pick<Stage, 'editor'>, text: string): void {
  writeFileSync(path.join(editor.workspace, 'patchlab.json'), text);
}

export function labText(group: string, hosts: readonly string[]): string {
  return `{\n  // The lab.\n  "groups": {\n    "${group}": { "hosts": ${JSON.stringify(hosts)} }\n  }\n}\n`;
}

/** The view of machines, opened by its icon. */
export async function showMachines(wb: Workbench): Promise<void> {
  await wb.command('Patchlab: Focus on Machines View');
  await rows(wb).first().waitFor();
  // Only rows that can be seen are in the document: the other views make room.
  const others = wb.page.locator('.sidebar .pane-header[aria-expanded=true]', { hasNotText: 'Machines' });
  for (let left = await others.count(); left > 0; left--) {
    await others.first().click({ position: { x: 40, y: 10 } });
    await others.nth(left - 1).waitFor({ state: 'detached' });
  }
}

const pane = (wb: Workbench): Locator =>
  wb.page.locator('.sidebar .pane', { has: wb.page.locator('.pane-header', { hasText: 'Machines' }) });
export const rows = (wb: Workbench): Locator => pane(wb).locator('.monaco-list-row');

/** The first row whose name is a text. */
export function row(wb: Workbench, label: string | RegExp): Locator {
  const exactly = typeof label === 'string' ? new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`) : label;
  return rows(wb)
    .filter({ has: wb.page.locator('.label-name', { hasText: exactly }) })
    .first();
}

/**
 * Opens a row that is closed, until what should be seen in it is. The tree draws a row anew when it learns something, and a click
 * at that moment is nobody's: the row is opened again, which is told.
 */
export async function expand(wb: Workbench, label: string | RegExp, seen?: Locator): Promise<void> {
  const one = row(wb, label);
  const closed = one.and(wb.page.locator('[aria-expanded=false]'));
  for (let tries = 0; tries < 5; tries++) {
    await one.waitFor();
    if (tries > 0) console.log(`# "${String(label)}" was opened ${tries + 1} times`);
    if (await closed.isVisible()) await one.locator('.monaco-tl-twistie').click();
    await closed.waitFor({ state: 'detached', timeout: 2000 }).catch(() => undefined);
    await wb.page.waitForTimeout(50);
    if (!(await closed.isVisible()) && (!seen || (await isThere(seen, 4000)))) return;
  }
  throw new Error(`"${String(label)}" does not open`);
}

const isThere = (one: Locator, timeout: number): Promise<boolean> =>
  one.waitFor({ timeout }).then(
    () => true,
    () => false,
  );

/**
 * One of the buttons of a row. The tree draws a row anew when it learns something, and a click at that moment is nobody's:
 * where what should be seen of it is not, the button is pressed again.
 */
export async function press(wb: Workbench, label: string | RegExp, action: string, seen?: Locator): Promise<void> {
  const one = row(wb, label);
  await one.waitFor();
  // A file that has just been written may be told of twice.
  await wb.page.waitForTimeout(250);
  for (let tries = 0; tries < 5; tries++) {
    // A row that was drawn anew under a mouse at rest does not show its buttons: the mouse comes from elsewhere.
    await wb.page.mouse.move(700, 600);
    await one.hover();
    const sign = one.locator(`.action-label[aria-label^="${action}"]`).first();
    const isPressed = await sign.click({ timeout: 3000 }).then(
      () => true,
      () => false,
    );
    if (isPressed && (!seen || (await isThere(seen, 4000)))) return;
  }
  throw new Error(`"${action}" does nothing that is seen`);
}

export const dialog = (wb: Workbench): Locator => wb.page.locator('.monaco-dialog-box');
export const button = (wb: Workbench, text: string): Locator => dialog(wb).locator('.monaco-button', { hasText: text });
