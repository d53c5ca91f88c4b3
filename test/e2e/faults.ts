/** What goes wrong on purpose: a machine that falls silent in the middle of a scan, a language server that is killed. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import { holdings, type Holdings } from '../live/holdings.ts';
import type { LabMachine } from '../lab/lab.ts';
import type { Stage } from './stage.ts';
import type { Workbench } from './workbench.ts';

/** Behind the logon and the first answers, before a scan has what it needs. */
const LOGGED_ON_BYTES = 3000;

/** Asks for a scan of the machine behind the faults, by hand. */
export async function askForScan({ workbench: wb, machine, stalling }: Stage): Promise<void> {
  await wb.command('Patchlab: Scan Machine...');
  const other = wb.row('Another machine...').first();
  const typed = wb.page.locator('.quick-input-widget:visible', { hasText: 'HOST:PORT' });
  await other.or(typed).first().waitFor();
  if (await other.isVisible()) await other.click();
  await wb.answer('HOST:PORT', stalling.target);
  await wb.answer('administrator rights', machine.user);
  const asked = wb.page.locator('.quick-input-widget:visible', { hasText: 'The password of' });
  const saved = wb.row('Use the saved password').first();
  await asked.or(saved).first().waitFor();
  if (await saved.isVisible()) await saved.click();
  else await wb.answer('The password of', machine.password);
}

/** A scan that has logged on and hears nothing more. */
export async function beginScan(stage: Stage): Promise<void> {
  stage.stalling.setFaults({ stallAfter: LOGGED_ON_BYTES });
  await askForScan(stage);
  await scanning(stage)
    .filter({ hasText: /[2-6]\/7/ })
    .waitFor();
}

/** The progress of the scan of the machine behind the faults. */
export const scanning = ({ workbench: wb, stalling }: Stage): Locator => wb.toast(`Scanning ${stalling.target}`);

/** Presses a button of a message. */
export async function pressIn(message: Locator, text: string): Promise<void> {
  await message.hover();
  await message.locator('.monaco-button', { hasText: text }).click();
}

/** The same where the message has gone from sight: whoever presses Escape puts it aside. */
export async function pressLater(wb: Workbench, says: string, text: string): Promise<void> {
  await wb.command('Notifications: Show Notifications');
  const kept = wb.page.locator('.notifications-center .monaco-list-row', { hasText: says }).first();
  await kept.click({ position: { x: 60, y: 12 } });
  await kept.locator('.monaco-button', { hasText: text }).click();
}

/** Waits until nobody is connected to the machine, nothing is open there, and its shares and services are as they were. */
export async function untilNothingLeft(machine: LabMachine, before: Holdings): Promise<void> {
  const expected = JSON.stringify({ ...before, sessions: 0, trees: 0, files: 0 });
  let now = '';
  await until(
    async () => (now = JSON.stringify(await holdings(machine))) === expected,
    () => `the machine has ${now}, not ${expected}`,
  );
}

export async function until(holds: () => boolean | Promise<boolean>, why?: () => string): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; await sleep(100)) if (await holds()) return;
  throw new Error(why?.() ?? 'it did not come about in 20 s');
}

/** Kills the language server, and gives its process id. */
export async function killServer(userData: string, wb: Workbench): Promise<number> {
  let pid: number | undefined;
  await until(() => (pid = serversOf(userData)[0]) !== undefined);
  if (pid === undefined) throw new Error('there is no language server');
  process.kill(pid, 'SIGKILL');
  const killed = pid;
  await until(() => !serversOf(userData).includes(killed));
  await wb.page.waitForTimeout(50);
  return killed;
}

/** The language servers of this editor, by their process ids: their arguments name its folder. */
export function serversOf(userData: string): readonly number[] {
  const folder = path.dirname(userData);
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
