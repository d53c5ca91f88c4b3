/** Two results beside each other: of two versions of the content, of two machines, and of thousands of patches. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import assert from 'node:assert/strict';
import { contextMenu, PATCH, rows, SAMPLE, scanSnapshot, showResults, SNAPSHOT } from './results-view.ts';
import type { Step } from './stage.ts';

const OTHER = 'machines/other.snapshot.json';

/** Two scans are compared; the last is of another machine. */
export const COMPARE_STEPS: readonly Step[] = [
  {
    title: 'two versions of the content are compared: which patch changed, by which check, and where it is written',
    run: async ({ workbench: wb, editor, picture }) => {
      const file = path.join(editor.workspace, SAMPLE);
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll('24.7', '18.0'));
      await wb.openFile(SAMPLE);
      await wb.script.line('installed when version >= 18.0').waitFor();
      await scanSnapshot(wb, SNAPSHOT);
      await showResults(wb);
      await rows(wb).nth(1).waitFor();
      await rows(wb).nth(0).click();
      await rows(wb)
        .nth(1)
        .click({ modifiers: ['ControlOrMeta'] });
      await contextMenu(wb, rows(wb).nth(1), 'Compare Results...');
      const page = wb.report();
      const named = page.locator('b', { hasText: new RegExp(`^${PATCH}$`) });
      const patch = page.locator('.change.changed .patch', { has: named });
      await patch.locator('.was', { hasText: 'missing' }).waitFor();
      await patch.locator('.now', { hasText: 'installed' }).waitFor();
      await page.locator('.change:not(.differs)').first().waitFor({ state: 'detached' });
      await patch.locator('summary b').click();
      const check = patch.locator('.checks tr', { hasText: 'version >= 18.0' }).first();
      assert.match(await check.innerText(), /not looked at[\s\S]*18\.1\.0\.0/);
      await patch.locator('.checks tr', { hasText: 'expected >= 24.7' }).waitFor();
      await picture('compare');
      await check.locator('.source-link').click();
      await wb.page.locator(`.tab.active[data-resource-name="${SAMPLE}"]`).waitFor();
    },
  },
  {
    title:
      'two machines are compared: products that one has and the other has not, unknown left unknown; all of it by keys',
    run: async ({ workbench: wb, editor, picture }) => {
      writeOther(editor.workspace);
      await wb.command('Patchlab: Scan Snapshot...');
      await wb.choose(OTHER);
      await wb.report().locator('h1', { hasText: 'OTHER' }).waitFor();
      await wb.report().locator('[data-compare]').focus();
      await wb.page.keyboard.press('Enter');
      await wb.input().waitFor();
      await wb.page.keyboard.type('WS01');
      await wb.page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: 'WS01' }).first().waitFor();
      await wb.page.keyboard.press('Enter');
      const page = wb.report();
      await page.locator('h1', { hasText: 'WS01 and OTHER' }).waitFor();
      const gone = page.locator('.change.gone .patch', { hasText: '7-Zip' });
      await gone.filter({ hasText: '18.1.0.0' }).filter({ hasText: 'absent' }).waitFor();
      const before = await page.locator('.filter-shown').innerText();
      await page.locator('.filter-differences').focus();
      await wb.page.keyboard.press('Space');
      await page.locator('.change.same').first().waitFor();
      assert.notEqual(await page.locator('.filter-shown').innerText(), before);
      await page.locator('.filter-text').fill('7-zip');
      await page.locator('.filter-text').press('ArrowDown');
      await wb.page.keyboard.press('ArrowDown');
      assert.equal(await page.locator('.rows .change:focus, .rows .change:has(:focus)').count(), 1);
      await picture('compare-machines');
    },
  },
];

/** Needs the scans that are kept already. */
export const COMPARE_MANY_STEPS: readonly Step[] = [
  {
    title: 'five thousand patches that appeared are compared, with at most two hundred rows in the document',
    run: async ({ workbench: wb, editor }) => {
      rmSync(path.join(editor.workspace, 'patchlab.json'));
      const bulk = path.join(editor.workspace, 'bulk.detect');
      writeFileSync(bulk, bulkScript(5000));
      await wb.command('View: Show Explorer');
      await wb.openFromExplorer('bulk.detect');
      await scanSnapshot(wb, SNAPSHOT);
      await wb
        .report()
        .locator('.status-head.missing', { hasText: /50\d\d/ })
        .waitFor({ timeout: 40_000 });
      await showResults(wb);
      const bulky = rows(wb).filter({ hasText: /50\d\d missing/ });
      await contextMenu(wb, bulky.first(), 'Compare Results...');
      await wb.input().waitFor();
      await wb.page
        .locator('.quick-input-widget:visible .monaco-list-row', { hasText: /WS01.*, \d\d missing/ })
        .first()
        .click();
      const page = wb.report();
      await page.locator('.chip', { hasText: /5000 of 50\d\d patches differ/ }).waitFor();
      const drawn = page.locator('.rows > *');
      await drawn.nth(5).waitFor();
      await drawn.nth(5).hover();
      let most = 0;
      for (let turn = 0; turn < 20; turn++) {
        await wb.page.mouse.wheel(0, 4000);
        if (turn % 4 === 0) most = Math.max(most, await drawn.count());
      }
      assert.ok(most > 5 && most <= 200, `${most} rows`);
      await page.locator('.filter-text').fill('bulk-4321');
      await page.locator('.change.appeared .patch', { hasText: 'BULK-4321' }).waitFor();
      assert.equal(await page.locator('.change').count(), 1);
      rmSync(bulk);
    },
  },
];

/** Another machine, without 7-Zip. */
function writeOther(workspace: string): void {
  const text = readFileSync(path.join(workspace, SNAPSHOT), 'utf8');
  const document = JSON.parse(text.replaceAll('"WS01"', '"OTHER"')) as {
    registry: Record<string, { subkeys?: string[] }>;
  };
  for (const key of Object.values(document.registry)) {
    if (key.subkeys) key.subkeys = key.subkeys.filter((name) => name !== '7-Zip');
  }
  writeFileSync(path.join(workspace, OTHER), JSON.stringify(document));
}

const bulkScript = (count: number): string =>
  Array.from({ length: count }, (_, index) => {
    const id = `BULK-${String(index).padStart(4, '0')}`;
    return `patch ${id} "One of very many" fixes windows { missing always "bulk" }\n`;
  }).join('');
