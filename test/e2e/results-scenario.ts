/** Results: what was scanned is kept, two of them are compared, one leaves as a file; what is broken or much is shown so. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { digestOf } from '../../server/src/results/digest.ts';
import { openSqliteStore } from '../../server/src/results/sqlite.ts';
import type { ScanResult } from '../../server/src/scan/result.ts';
import type { Stage, Step } from './stage.ts';
import type { Workbench } from './workbench.ts';

const SAMPLE = '7-zip.detect';
const SNAPSHOT = 'machines/ws01.snapshot.json';
const OTHER = 'machines/other.snapshot.json';
const PATCH = 'SZ-2024-07';

export const RESULTS_STEPS: readonly Step[] = [
  {
    title: 'the list of results says so where there are none, and has each scan at its top as soon as it ends',
    run: async (stage) => {
      const { workbench: wb, picture } = stage;
      const folder = await history(stage);
      for (const name of readdirSync(folder)) rmSync(path.join(folder, name));
      await wb.command('Patchlab: Focus on Results View');
      await wb.command('Patchlab: Refresh Results');
      await pane(wb).locator('.welcome-view', { hasText: 'No result yet.' }).waitFor();
      await scanSnapshot(wb, SNAPSHOT);
      await rows(wb)
        .filter({ hasText: 'WS01' })
        .filter({ hasText: /\d+ missing/ })
        .waitFor();
      assert.equal(await rows(wb).count(), 1);
      await picture('results');
    },
  },
  {
    title: 'a result that was kept opens again, with its trace and its way to the script',
    run: async ({ workbench: wb }) => {
      await wb.command('View: Close All Editors');
      await rows(wb).first().click();
      const patch = wb.report().locator('.status.missing .patch', { hasText: PATCH }).first();
      await patch.locator('.trace', { hasText: '18.1.0.0' }).waitFor();
      await patch.locator('.trace .source-link', { hasText: SAMPLE }).first().waitFor();
    },
  },
  {
    title: 'the trace is a tree for the keys: down to a check, folded and unfolded, and to its line',
    run: async ({ workbench: wb }) => {
      const report = wb.report();
      const tree = report.locator('.patch', { hasText: PATCH }).first().locator('[role=tree]').first();
      const items = tree.locator('[role=treeitem]');
      const block = tree.locator('[role=treeitem][aria-expanded]').first();
      await block.focus();
      const seen = await items.locator('visible=true').count();
      await wb.page.keyboard.press('ArrowLeft');
      assert.equal(await block.getAttribute('aria-expanded'), 'false');
      assert.ok((await items.locator('visible=true').count()) < seen);
      await wb.page.keyboard.press('ArrowRight');
      assert.equal(await block.getAttribute('aria-expanded'), 'true');
      await wb.page.keyboard.press('ArrowDown');
      const check = tree.locator('[role=treeitem]:focus');
      assert.equal(await check.count(), 1);
      const line = /:(\d+)/.exec(await check.locator('.source-link').first().innerText())?.[1] ?? '';
      await wb.page.keyboard.press('Enter');
      await wb.page.locator(`.tab.active[data-resource-name="${SAMPLE}"]`).waitFor();
      await wb.page.locator('.statusbar', { hasText: `Ln ${line}, Col` }).waitFor();
    },
  },
  {
    title: 'the dearest checks and the batches of reads stand in the report, and each column sorts them',
    run: async ({ workbench: wb }) => {
      await wb.command('Patchlab: Show Report');
      const table = wb.report().locator('.dearest');
      await table.locator('tbody tr').nth(3).waitFor();
      const numbers = async (): Promise<number[]> =>
        (await table.locator('tbody td:nth-child(3)').allInnerTexts()).map(Number);
      const first = await numbers();
      assert.deepEqual(
        first,
        first.toSorted((one, other) => other - one),
      );
      assert.ok((first[0] ?? 0) > 1);
      const heading = table.locator('th', { hasText: 'Looked at' });
      await heading.locator('button').click();
      assert.equal(await heading.getAttribute('aria-sort'), 'ascending');
      const turned = await numbers();
      assert.deepEqual(
        turned,
        turned.toSorted((one, other) => one - other),
      );
      await wb.report().locator('.rounds tbody tr').first().waitFor();
    },
  },
  {
    title: 'two versions of the content are compared: which patch changed, by which check, and where it is written',
    run: async ({ workbench: wb, editor, picture }) => {
      const file = path.join(editor.workspace, SAMPLE);
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll('24.7', '18.0'));
      await wb.openFile(SAMPLE);
      await wb.line('installed when version >= 18.0').waitFor();
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
  {
    title: 'a report leaves as HTML without scripts, as CSV and as the JSON document',
    run: async ({ workbench: wb, editor }) => {
      await wb.command('Patchlab: Show Report');
      const saved: Record<string, string> = {};
      for (const format of ['html', 'csv', 'json']) {
        const file = path.join(editor.workspace, `out.${format}`);
        await wb.report().locator(`[data-export="${format}"]`).click();
        const dialog = wb.page.locator('.quick-input-widget:visible', { hasText: 'Export Report' });
        await dialog.waitFor();
        // The dialog looks at the folder before it takes another name.
        await dialog.locator('.monaco-list-row').first().waitFor();
        await wb.input().fill(file);
        await dialog.locator('.monaco-button', { hasText: /^(OK|Export)$/ }).click();
        await written(wb, file);
        saved[format] = readFileSync(file, 'utf8');
      }
      const { html = '', csv = '', json = '' } = saved;
      assert.match(html, /Content-Security-Policy" content="default-src 'none'/);
      assert.doesNotMatch(html, /<script|<a |src=/);
      assert.match(html, /OTHER/);
      assert.match(csv.split('\r\n')[0] ?? '', /^"scan","started","machine"/);
      assert.ok(csv.includes('"OTHER"'));
      const { digest, ...document } = JSON.parse(json) as ScanResult & { digest: string };
      assert.equal(digest, digestOf(document));
      assert.equal(document.machine.name, 'OTHER');
    },
  },
  {
    title: 'a result file that is broken is said plainly in the list, opens nothing, and can be deleted',
    run: async (stage) => {
      const { workbench: wb } = stage;
      const folder = await history(stage);
      const newest = readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .map((name) => path.join(folder, name))
        .toSorted((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs)[0];
      truncateSync(newest ?? '', 1000);
      await showResults(wb);
      await wb.command('Patchlab: Refresh Results');
      const broken = rows(wb).filter({ hasText: 'cannot be read: it is no JSON' });
      await broken.click();
      await wb.toast(/cannot be read: it is no JSON/).waitFor();
      await wb.command('Notifications: Clear All Notifications');
      const before = await rows(wb).count();
      await contextMenu(wb, broken, 'Delete Results');
      await wb.page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Delete' }).click();
      await broken.waitFor({ state: 'detached' });
      assert.equal(await rows(wb).count(), before - 1);
    },
  },
  {
    title:
      'a store of five thousand results is listed in pages, and each opens; one that is no store is said to be none',
    run: async ({ workbench: wb, editor }) => {
      writeFileSync(path.join(editor.workspace, 'patchlab.json'), '{ "store": "data/results.sqlite" }\n');
      mkdirSync(path.join(editor.workspace, 'data'), { recursive: true });
      const store = path.join(editor.workspace, 'data/results.sqlite');
      writeFileSync(store, 'this is no database at all, whatever its name says'.repeat(20));
      await showResults(wb);
      await wb.command('Patchlab: Refresh Results');
      await rows(wb).filter({ hasText: 'results.sqlite cannot be read' }).waitFor();
      rmSync(store);
      await fillStore(store, 5000);
      await wb.command('Patchlab: Refresh Results');
      await rows(wb).filter({ hasText: 'results.sqlite cannot be read' }).waitFor({ state: 'detached' });
      await rows(wb).first().click();
      await wb.page.keyboard.press('End');
      const older = rows(wb).filter({ hasText: /^48\d\d older results/ });
      await older.waitFor();
      assert.ok((await rows(wb).count()) < 200);
      await older.click();
      const oldest = rows(wb).filter({ hasText: /^46\d\d older results/ });
      // What comes in with the page is further down than what was last before.
      for (let looks = 0; looks < 100 && (await oldest.count()) === 0; looks++) {
        await wb.page.keyboard.press('End');
        await wb.page.waitForTimeout(100);
      }
      await oldest.waitFor();
      await rows(wb).filter({ hasText: 'HOST-' }).last().click();
      await wb.report().locator('h1', { hasText: 'HOST-' }).waitFor();
      await wb.command('View: Close All Editors');
    },
  },
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
  {
    title: 'the list of results, the report and a comparison take the colours of a light theme',
    run: async ({ workbench: wb, picture }) => {
      await wb.command('View: Close All Editors');
      await showResults(wb);
      await wb.command('Preferences: Toggle between Light/Dark Themes');
      await wb.page.locator('.monaco-workbench.vs').waitFor();
      await rows(wb).nth(0).click();
      await wb.report().locator('body.vscode-light h1').waitFor();
      await picture('results-light');
      await rows(wb)
        .nth(1)
        .click({ modifiers: ['ControlOrMeta'] });
      await contextMenu(wb, rows(wb).nth(1), 'Compare Results...');
      await wb.report().locator('body.vscode-light .sides').waitFor();
      await wb.report().locator('.change').first().waitFor();
      await picture('compare-light');
      await wb.command('Preferences: Toggle between Light/Dark Themes');
      await wb.page.locator('.monaco-workbench.vs-dark').waitFor();
    },
  },
];

const pane = (wb: Workbench): Locator =>
  wb.page.locator('.sidebar .pane', { has: wb.page.locator('.pane-header', { hasText: 'Results' }) });
const rows = (wb: Workbench): Locator => pane(wb).locator('.monaco-list-row');

async function showResults(wb: Workbench): Promise<void> {
  await wb.command('Patchlab: Focus on Results View');
  await rows(wb).first().waitFor();
}

async function contextMenu(wb: Workbench, row: Locator, title: string): Promise<void> {
  await row.click({ button: 'right' });
  const exactly = new RegExp(`^${title.replaceAll('.', '\\.')}$`);
  const action = wb.page.locator('.monaco-menu .action-label', { hasText: exactly });
  // A menu takes no click in its first moment: it may be what opened it.
  for (let tries = 0; tries === 0 || (tries < 5 && (await action.count()) > 0); tries++) {
    await action.click();
    await action.waitFor({ state: 'detached', timeout: 1500 }).catch(() => undefined);
  }
}

async function scanSnapshot(wb: Workbench, name: string): Promise<void> {
  await wb.command('Patchlab: Scan Snapshot...');
  await wb.choose(name);
  await wb.report().locator('.patch').first().waitFor();
}

/** The folder of the editor's own history, as soon as a scan has made it. */
async function history({ editor, workbench: wb }: Stage): Promise<string> {
  for (const until = Date.now() + 15_000; Date.now() < until; await wb.page.waitForTimeout(100)) {
    const found = readdirSync(editor.userData, { recursive: true, encoding: 'utf8' }).find(
      (name) => /patchlab[^/\\]*[/\\]results$/.test(name) && statSync(path.join(editor.userData, name)).isDirectory(),
    );
    if (found !== undefined) return path.join(editor.userData, found);
  }
  throw new Error('no scan has been kept');
}

/** Waits until a file is there whole. */
async function written(wb: Workbench, file: string): Promise<void> {
  for (const until = Date.now() + 15_000; Date.now() < until; await wb.page.waitForTimeout(50))
    if (existsSync(file) && statSync(file).size > 0) return;
  throw new Error(`${file} was not written`);
}

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

async function fillStore(file: string, count: number): Promise<void> {
  const store = await openSqliteStore(file);
  const results = Array.from({ length: count }, (_, index) => {
    const result = resultOf(index);
    return { result, digest: digestOf(result) };
  });
  await store.add(results);
  await store.close();
}

function resultOf(index: number): ScanResult {
  const number = String(index).padStart(4, '0');
  const started = new Date(Date.UTC(2020, 0, 1) + index * 60_000).toISOString();
  const names = ['resolve', 'share', 'registry', 'os', 'detect', 'status', 'deliver'];
  return {
    ...{ schema: 'patchlab-result/1', scanId: `stored-scan-${number}`, started, finished: started },
    machine: { name: `HOST-${number}`, address: null, port: null, source: 'snapshot', os: null },
    steps: names.map((name, at) => ({ step: (at + 1) as 1, name, status: 'ok', ms: 1 })),
    ...{ products: [], patches: [], cost: { roundTrips: 0, bytes: 0, reads: 0 } },
  };
}
