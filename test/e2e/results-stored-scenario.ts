/** Results that leave as files, that are broken, and a store of thousands of them. */
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
import { digestOf } from '../../server/src/results/digest.ts';
import { openSqliteStore } from '../../server/src/results/sqlite.ts';
import type { ScanResult } from '../../server/src/scan/result.ts';
import { contextMenu, history, rows, showResults } from './results-view.ts';
import type { Step } from './stage.ts';
import type { Workbench } from './workbench.ts';

/** The result that was shown last is of a machine named OTHER. */
export const STORED_STEPS: readonly Step[] = [
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
];

/** Waits until a file is there whole. */
async function written(wb: Workbench, file: string): Promise<void> {
  for (const until = Date.now() + 15_000; Date.now() < until; await wb.page.waitForTimeout(50))
    if (existsSync(file) && statSync(file).size > 0) return;
  throw new Error(`${file} was not written`);
}

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
