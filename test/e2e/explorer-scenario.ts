/** The explorer of the target: over the recorded machine, a recording with 5,000 keys and hostile names, and the live lab machine. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Stage, Step } from './stage.ts';
import type { Workbench } from './workbench.ts';

const SNAPSHOT = 'machines/ws01.snapshot.json';
const HOSTILE =
  '<img src=x onerror=alert(1)> [run](command:workbench.action.quit) $(error) \u001b[31mred\u202e"${x}%PATH%';

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

/** Closes all rows: what was open stays so when it is read anew. */
async function collapse(wb: Workbench): Promise<void> {
  await pane(wb).locator('.pane-header').hover();
  await pane(wb).locator('.pane-header .action-label[aria-label^="Collapse All"]').first().click();
  await rows(wb).and(wb.page.locator('[aria-expanded=true]')).first().waitFor({ state: 'detached' });
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

async function press(wb: Workbench, label: string | RegExp, action: string): Promise<void> {
  const one = await find(wb, label);
  await one.hover();
  await one.locator(`.action-label[aria-label^="${action}"]`).first().click();
}

async function menu(wb: Workbench, label: string | RegExp, action: string): Promise<void> {
  await (await find(wb, label)).click({ button: 'right' });
  const entry = wb.page.locator('.monaco-menu:visible .action-label', { hasText: action }).first();
  await entry.waitFor();
  // A menu that has just opened takes no mouse button yet: the one that opened it may come up over it.
  for (let tries = 0; tries < 5 && (await entry.isVisible()); tries++) {
    await wb.page.waitForTimeout(200);
    await entry.click({ timeout: 2000 }).catch(() => undefined);
    await entry.waitFor({ state: 'hidden', timeout: 1000 }).catch(() => undefined);
  }
  await entry.waitFor({ state: 'hidden' });
}

async function target(wb: Workbench, label: string): Promise<void> {
  await wb.command('Patchlab: Choose Target...');
  await wb.choose(label);
}

/** All that the active script says. */
async function scriptText(wb: Workbench): Promise<string> {
  const lines = await wb.page.locator('.editor-instance .view-line').allInnerTexts();
  return lines.join('\n').replaceAll('\u00a0', ' ');
}

async function newScript(wb: Workbench, text: string): Promise<void> {
  await wb.command('Patchlab: New Detection Script');
  await wb.page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
  // It begins with a snippet; what replaces that must not fill its places.
  await wb.script.line(/^patch.ACME/).waitFor();
  await wb.page.keyboard.press('Escape');
  await wb.page.keyboard.press('Control+A');
  await wb.page.keyboard.press('Delete');
  await wb.page.keyboard.insertText(text);
}

function writeMany({ editor }: Stage): void {
  const file = path.join(editor.workspace, SNAPSHOT);
  const snapshot = JSON.parse(readFileSync(file, 'utf8')) as { registry: Record<string, unknown> };
  const subkeys = Array.from({ length: 5000 }, (_, index) => `key ${String(index).padStart(4, '0')}`);
  snapshot.registry['HKLM\\SOFTWARE\\Many'] = { subkeys, complete: true };
  const values = { [HOSTILE.replaceAll('\\', '')]: { type: 'REG_SZ', data: HOSTILE } };
  snapshot.registry['HKLM\\SOFTWARE\\Hostile'] = { subkeys: [], values, complete: true };
  writeFileSync(path.join(editor.workspace, 'machines/many.snapshot.json'), JSON.stringify(snapshot));
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
      await collapse(wb);
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
  {
    title: 'Insert as Check writes the condition that fits the cursor, in the view that it was seen in',
    run: async ({ workbench: wb }) => {
      await newScript(wb, 'product acme "Acme" {}');
      await wb.page.keyboard.press('ArrowLeft');
      await wb.page.keyboard.press('Enter');
      await show(wb);
      await collapse(wb);
      await expand(wb, 'Registry', '32-bit view', 'HKLM', 'SOFTWARE', 'Fabrikam', 'VPN Client');
      await press(wb, 'Version', 'Insert as Check');
      await wb.script.line(/installed.when.key.*view.32.value.*Version.*>=/).waitFor();
      await wb.script.squiggles().first().waitFor({ state: 'detached' });
      await wb.command('View: Revert and Close Editor');
    },
  },
  {
    title: 'Create Product from This Uninstall Entry writes a product that the scan of the machine finds',
    run: async ({ workbench: wb }) => {
      await wb.openFile('fabrikam-vpn.detect');
      await wb.page.keyboard.press('Control+End');
      await show(wb);
      await collapse(wb);
      await expand(wb, 'Installed Programs');
      await menu(wb, '7-Zip 18.01 (x64)', 'Create Product from This Uninstall Entry');
      await wb.script.line(/product.seven\.zip/).waitFor();
      assert.match(await scriptText(wb), /installed when file "\$\{location\}\\7z\.exe" exists/);
      await wb.script.goToEndOf('product seven.zip');
      await wb.script.clickLens('Scan', 'product seven.zip');
      await wb.script.beside('product seven.zip', '18.1.0.0');
      await wb.command('File: Revert File');
    },
  },
  {
    title: 'a search below a part of the machine lists what it finds, and shows the chosen one in the tree',
    run: async ({ workbench: wb }) => {
      await show(wb);
      await collapse(wb);
      await menu(wb, 'Registry', 'Search Target...');
      await wb.answer('A part of a name', 'fabrikam');
      await wb.page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: 'InstallPath' }).first().click();
      const found = await find(wb, /^Found: fabrikam$/);
      await found.waitFor();
      await pane(wb).locator('.monaco-list-row.focused', { hasText: 'InstallPath' }).first().waitFor();
    },
  },
  {
    title: 'a key of 5,000 comes a thousand at a time, and only what can be seen is in the document',
    run: async (stage) => {
      const { workbench: wb } = stage;
      writeMany(stage);
      await target(wb, 'machines/many.snapshot.json');
      await show(wb);
      await expand(wb, 'Registry', '64-bit view', 'HKLM', 'SOFTWARE', 'Many');
      await (await find(wb, 'key 0000')).click();
      await wb.page.keyboard.press('End');
      const more = row(wb, 'Show More');
      await more.waitFor();
      assert.equal(await row(wb, 'key 1000').count(), 0);
      await more.click();
      await row(wb, 'key 1000').waitFor();
      assert.ok((await rows(wb).count()) < 200);
    },
  },
  {
    title: 'names and values that a machine chose are text in the tree, and in what is written of them',
    run: async ({ workbench: wb }) => {
      await collapse(wb);
      await expand(wb, 'Registry', '64-bit view', 'HKLM', 'SOFTWARE', 'Hostile');
      const value = await find(wb, /onerror/);
      const text = (await value.innerText()).replaceAll('\u00a0', ' ');
      // What would be a link in other places is torn apart in all.
      const shown = '<img src=x onerror=alert(1)> [run] (command:workbench.action.quit) $(error) \\u001b[31mred';
      assert.equal(text.slice(0, shown.length), shown);
      assert.doesNotMatch(text, /[\u001b\u202e]/);
      // The links that are there are the row's own: its name and its buttons.
      const made = value.locator('img, a:not(.label-name, .action-label), .codicon-error');
      assert.deepEqual(await made.allInnerTexts(), []);
    },
  },
  {
    title: 'a recording that cannot be read says so with code and remedy, and Retry reads it once it is mended',
    run: async ({ workbench: wb, editor }) => {
      const file = path.join(editor.workspace, 'machines/many.snapshot.json');
      const text = readFileSync(file, 'utf8');
      writeFileSync(file, '{');
      await collapse(wb);
      await wb.command('Patchlab: Refresh Explorer');
      await expand(wb, 'Services');
      await (await find(wb, /^Error PL410/)).waitFor();
      writeFileSync(file, text);
      await (await find(wb, 'Retry')).click();
      await (await find(wb, 'Spooler')).waitFor();
    },
  },
  {
    title: 'the live machine is browsed with the password that the user gives, and its programs become content',
    run: async ({ workbench: wb, machine, picture }) => {
      await collapse(wb);
      await wb.command('Patchlab: Choose Target...');
      await wb.choose('Another machine...');
      await wb.answer('HOST:PORT', machine.target);
      await wb.answer('administrator rights', machine.user);
      await show(wb);
      await (await find(wb, 'Services')).locator('.monaco-tl-twistie').click();
      // What stands there of the machine before goes when this one is asked, for which a password is wanted once.
      const asks = wb.page.locator('.quick-input-widget:visible', { hasText: 'The password of' });
      const services = (await find(wb, 'Services')).and(wb.page.locator('[aria-expanded=true]'));
      for (let quiet = 0; quiet < 8; quiet = (await row(wb, 'Spooler').isVisible()) ? quiet + 1 : 0) {
        if (await asks.isVisible()) await wb.answer('The password of', machine.password);
        await wb.page.waitForTimeout(250);
      }
      await services.waitFor();
      await collapse(wb);
      await expand(wb, 'Files', 'C:\\', 'Program Files', '7-Zip', '7z.exe');
      assert.match(await (await find(wb, 'File version')).innerText(), /18\.1\.0\.0/);
      await wb.command('Preferences: Toggle between Light/Dark Themes');
      await picture('explorer-light');
      await wb.command('Preferences: Toggle between Light/Dark Themes');
      await wb.openFile('7-zip.detect');
      await wb.page.keyboard.press('Control+End');
      await show(wb);
      await collapse(wb);
      await expand(wb, 'Installed Programs');
      await menu(wb, '7-Zip 18.01 (x64)', 'Create Product from This Uninstall Entry');
      await wb.script.line(/product.seven\.zip/).waitFor();
      await wb.script.goToEndOf('product seven.zip');
      await wb.script.clickLens('Scan', 'product seven.zip');
      await wb.script.beside('product seven.zip', '18.1.0.0');
      await wb.command('File: Revert File');
    },
  },
];
