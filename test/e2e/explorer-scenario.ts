/** The explorer of the target: over the recorded machine. */
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Step } from './stage.ts';
import type { Workbench } from './workbench.ts';

const pane = (wb: Workbench): Locator =>
  wb.page.locator('.sidebar .pane', { has: wb.page.locator('.pane-header', { hasText: 'Explorer of the Target' }) });
const rows = (wb: Workbench): Locator => pane(wb).locator('.monaco-list-row');

/** The first row whose name is a text. */
function row(wb: Workbench, label: string | RegExp): Locator {
  const exactly = typeof label === 'string' ? new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`) : label;
  return rows(wb)
    .filter({ has: wb.page.locator('.label-name', { hasText: exactly }) })
    .first();
}

/** The view, with the room of those beside it. */
async function show(wb: Workbench): Promise<void> {
  await wb.command('Patchlab: Focus on Explorer of the Target View');
  await pane(wb).waitFor();
  const others = wb.page.locator('.sidebar .pane-header[aria-expanded=true]', { hasNotText: 'Explorer of the Target' });
  while ((await others.count()) > 0) await others.first().click();
}

/** Brings a row into view: the list draws only what can be seen, and cuts what is at its end. */
async function find(wb: Workbench, label: string | RegExp): Promise<Locator> {
  const found = row(wb, label);
  const list = pane(wb).locator('.monaco-list').first();
  for (let tries = 0; tries < 60; tries++) {
    const box = (await found.isVisible()) ? await found.boundingBox() : null;
    const around = await list.boundingBox();
    if (box && around && box.y >= around.y && box.y + box.height <= around.y + around.height + 1) return found;
    await list.hover({ position: { x: 40, y: 40 } });
    await wb.page.mouse.wheel(0, tries % 30 === 29 ? -50_000 : 120);
    await wb.page.waitForTimeout(100);
  }
  throw new Error(`no row "${String(label)}" came into view`);
}

async function expand(wb: Workbench, ...labels: readonly (string | RegExp)[]): Promise<void> {
  for (const label of labels) {
    const one = await find(wb, label);
    if ((await one.getAttribute('aria-expanded')) === 'false') await one.locator('.monaco-tl-twistie').click();
    await one.and(wb.page.locator('[aria-expanded=true]')).waitFor();
  }
}

export const EXPLORER_STEPS: readonly Step[] = [
  {
    title: 'the explorer opens a key of the recorded machine in its 32-bit view, and says what was not recorded',
    run: async ({ workbench: wb }) => {
      await show(wb);
      await expand(wb, 'Registry', '32-bit view', 'HKLM', 'SOFTWARE', 'Fabrikam', 'VPN Client');
      const value = await find(wb, 'InstallPath');
      assert.match(await value.innerText(), /C:\\Program Files \(x86\)\\Fabrikam\\VPN Client/);
      await (await find(wb, /The recording has only what content asked for/)).waitFor();
    },
  },
  {
    title: 'a file of the recorded machine shows what it says of itself, and services and programs what they are',
    run: async ({ workbench: wb, picture }) => {
      await wb.command('Patchlab: Refresh Explorer');
      await expand(wb, 'Files', 'C:\\', 'Program Files', '7-Zip', '7z.exe');
      assert.match(await (await find(wb, 'File version')).innerText(), /18\.1\.0\.0/);
      await picture('explorer');
      await expand(wb, 'Services');
      assert.match(await (await find(wb, 'Spooler')).innerText(), /running · automatic · Print Spooler/);
      await expand(wb, 'Installed Programs');
      await (await find(wb, '7-Zip 18.01 (x64)')).waitFor();
      await expand(wb, 'Hotfixes');
      await (await find(wb, 'The list of updates was not recorded.')).waitFor();
    },
  },
];
