/** What is kept beside machines: templates, credentials, machines of the user's own, and patchlab.json itself. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import assert from 'node:assert/strict';
import { closeTap, configure, expand, press, row, rows, tapped } from './machines-view.ts';
import { contextMenu } from './results-view.ts';
import type { Step } from './stage.ts';
import type { Workbench } from './workbench.ts';

/** They go on where the groups were left. */
export const MACHINES_KEPT_STEPS: readonly Step[] = [
  {
    title: 'a scan template is made by a few questions, and patchlab.json keeps its comment',
    run: async (stage) => {
      const { workbench: wb, editor } = stage;
      await wb.command('Patchlab: Edit Scan Template...');
      await wb.answer('Its name', 'critical');
      await tick(wb, ['severities']);
      await tick(wb, ['critical']);
      await tick(wb, []);
      await tick(wb, ['superseded']);
      await expand(wb, 'Scan templates');
      await row(wb, 'critical').filter({ hasText: 'only critical · also superseded' }).waitFor();
      const text = readFileSync(path.join(editor.workspace, 'patchlab.json'), 'utf8');
      assert.match(text, /\/\/ The lab\.\n {2}"groups"/);
      await press(wb, 'critical', 'Choose Scan Template');
      await row(wb, 'critical').locator('.codicon-pass-filled').waitFor();
      await wb.page.locator('.statusbar-item', { hasText: 'critical' }).first().waitFor();
    },
  },
  {
    title: 'scans hold to the chosen template',
    run: async (stage) => {
      const { workbench: wb } = stage;
      await expand(wb, 'Recorded machines');
      await press(wb, 'machines/ws01.snapshot.json', 'Set as Current Target', wb.status('ws01.snapshot.json'));
      const missing = async (): Promise<number> => {
        await wb.command('Patchlab: Scan All Content');
        const status = wb.status(/ws01\.snapshot\.json: \d+ missing/);
        await status.waitFor();
        return Number(/: (\d+) missing/.exec(await status.innerText())?.[1]);
      };
      const some = await missing();
      await press(wb, 'All content', 'Choose Scan Template');
      await wb.page.locator('.statusbar-item .codicon-filter').waitFor({ state: 'detached' });
      const plain = wb.status(/^ *ws01\.snapshot\.json$/);
      await press(wb, 'machines/ws01.snapshot.json', 'Set as Current Target', plain);
      assert.ok(some < (await missing()));
    },
  },
  {
    title: 'a credential has a name, and is for a machine once the user has bound it to it',
    run: async (stage) => {
      const { workbench: wb, machine } = stage;
      const { target } = await tapped(stage);
      await wb.command('Patchlab: Add Credential...');
      await wb.answer('A name for it', 'desk');
      await wb.answer('The user:', machine.user);
      await wb.answer('secret storage', machine.password);
      await expand(wb, 'Credentials', row(wb, 'desk'));
      await row(wb, 'desk').filter({ hasText: machine.user }).waitFor();
      assert.ok(!(await row(wb, 'desk').innerText()).includes(target));
      await wb.command('Patchlab: Bind Credential...');
      await wb.answer('HOST:PORT', target);
      await wb.choose('desk');
      await row(wb, 'desk').filter({ hasText: target }).waitFor();
      await press(wb, 'desk', 'Forget Credential');
      await row(wb, 'desk').waitFor({ state: 'detached' });
    },
  },
  {
    title:
      'machines are added and removed in the view: in patchlab.json, which stays as it was written, and for the user alone',
    run: async (stage) => {
      const { workbench: wb, editor } = stage;
      await wb.command('Patchlab: Add Machine...');
      await wb.choose('servers');
      await wb.answer('HOST:PORT', 'added.example');
      await expand(wb, 'servers');
      await row(wb, 'added.example').waitFor();
      const text = readFileSync(path.join(editor.workspace, 'patchlab.json'), 'utf8');
      assert.match(text, /"127\.0\.0\.1:9", ?"added\.example"\]/);
      assert.match(text, /\/\/ The lab\./);
      await wb.command('Patchlab: Add Machine...');
      await wb.choose('My machines');
      await wb.answer('HOST:PORT', 'mine.example');
      await wb.answer('administrator rights', 'LAB\\me');
      await row(wb, 'mine.example').filter({ hasText: 'LAB\\me' }).waitFor();
      await contextMenu(wb, row(wb, 'mine.example'), 'Remove Machine');
      await row(wb, 'mine.example').waitFor({ state: 'detached' });
    },
  },
  {
    title: 'a broken patchlab.json says what is wrong, and leads there',
    run: async (stage) => {
      const { workbench: wb } = stage;
      configure(stage, '{\n  "groups": {\n    "lab": { "prot": 445 }\n  }\n}\n');
      const broken = row(wb, 'patchlab.json cannot be used');
      await broken.filter({ hasText: 'line 3' }).waitFor();
      await broken.filter({ hasText: 'Did you mean' }).waitFor();
      await broken.click();
      await wb.page.locator('.tab.active[data-resource-name="patchlab.json"]').waitFor();
      await wb.page.locator('.statusbar-item', { hasText: 'Ln 3, Col 14' }).waitFor();
      // The schema that comes with the extension says so, too.
      const problem = (await wb.problems()).filter({ hasText: 'prot' }).first();
      await problem.waitFor();
      await wb.command('View: Close All Editors');
      await wb.command('View: Hide Panel');
    },
  },
  {
    title: 'a group of 5,000 machines opens in pages, and only what can be seen is in the document',
    run: async (stage) => {
      const { workbench: wb } = stage;
      const hosts = Array.from({ length: 5000 }, (_, at) => `host-${at}.example`);
      configure(stage, JSON.stringify({ groups: { all: { hosts } } }));
      await row(wb, 'all').filter({ hasText: '5000 hosts' }).waitFor();
      const before = performance.now();
      await expand(wb, 'all');
      await row(wb, '1 to 250 of 5000').waitFor();
      console.log(`# 5,000 machines were there after ${Math.round(performance.now() - before)} ms`);
      await expand(wb, '251 to 500 of 5000');
      await row(wb, 'host-250.example').waitFor();
      assert.ok((await rows(wb).count()) < 200);
    },
  },
  {
    title: 'where there is no machine the view says what can be done; an untrusted workspace says what cannot',
    run: async ({ workbench: wb, editor }) => {
      const folder = mkdtempSync(path.join(os.tmpdir(), 'patchlab-empty-'));
      mkdirSync(path.join(folder, 'content'));
      const url = new URL(editor.url);
      url.searchParams.set('folder', folder);
      rmSync(path.join(editor.workspace, 'patchlab.json'));
      await row(wb, 'all').waitFor({ state: 'detached' });
      await removeOwn(wb);
      const empty = await wb.another(url.href);
      try {
        await empty.page.locator('.activitybar .action-label[aria-label^="Patchlab"]').first().click();
        const view = empty.page.locator('.sidebar .pane', { hasText: 'There is no machine yet' });
        await view.locator('.monaco-button', { hasText: 'Add Machine...' }).waitFor();
        await view.filter({ hasText: 'everything but scanning its machines works' }).waitFor();
        await view.locator('.monaco-button', { hasText: 'Open patchlab.json' }).click();
        await empty.page.locator('.tab.active[data-resource-name="patchlab.json"]').waitFor();
      } finally {
        await empty.leave();
        rmSync(folder, { recursive: true });
      }
      await closeTap();
    },
  },
];

/** Chooses rows of a list in which several can be, and none else. */
async function tick(wb: Workbench, labels: readonly string[]): Promise<void> {
  await wb.page.locator('.quick-input-widget:visible .quick-input-count').waitFor();
  for (const label of labels)
    await wb.row(label).locator('.quick-input-list-checkbox, .monaco-checkbox').first().click();
  await wb.page.locator('.quick-input-widget:visible .monaco-button', { hasText: 'OK' }).click();
}

/** Removes the user's own machines that other parts have added. */
async function removeOwn(wb: Workbench): Promise<void> {
  await expand(wb, 'My machines');
  const own = rows(wb).filter({ hasText: 'Administrator' });
  for (let left = await own.count(); left > 0; left--) {
    await contextMenu(wb, own.first(), 'Remove Machine');
    await own.nth(left - 1).waitFor({ state: 'detached' });
  }
}
