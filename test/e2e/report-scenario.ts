/** The report: filters, links to the source, and what a hostile machine holds, as plain text wherever it shows. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import assert from 'node:assert/strict';
import { colourOf, rowsDrawnAfter, smoothness } from './in-page.ts';
import type { Locator } from 'playwright-core';
import type { Step } from './stage.ts';
import type { Workbench } from './workbench.ts';

const SAMPLE = '7-zip.detect';
const SNAPSHOT = 'machines/ws01.snapshot.json';
const CHECK = 'installed when version >= 24.7';

/** What a machine could hold to break out of where it is shown: Markdown, HTML, an icon, a terminal's escape, a control. */
const HOSTILE =
  '[run](command:workbench.action.files.newUntitledFile) <img src=x onerror=alert(1)><script>alert(1)</script> $(zap) \u001b[31m\u0007</code>';
const HOSTILE_KEY = 'HKLM\\SOFTWARE\\Hostile';
const HOSTILE_SCRIPT = `product hostile.agent "Hostile Agent" {
  installed when key "${HOSTILE_KEY}" value "Name" = "an agent"
}

patch HOSTILE-1 "Hostile Agent, renamed" fixes windows {
  installed when key "${HOSTILE_KEY}" value "Name" = "a plain name"
}
`;

export const REPORT_STEPS: readonly Step[] = [
  {
    title: 'the report is filtered by text, status and severity, and says so where nothing fits',
    run: async ({ workbench: wb, picture }) => {
      await wb.command('View: Close All Editors');
      await wb.command('Patchlab: Scan Snapshot...');
      await wb.choose(SNAPSHOT);
      const report = wb.report();
      const shown = report.locator('.patch:visible');
      await report.locator('.patch', { hasText: 'SZ-2024-07' }).first().waitFor();
      await report.locator('.filter-status').selectOption('missing');
      assert.equal(await report.locator('.status-head:visible').count(), 1);
      await report.locator('.filter-severity').selectOption('critical');
      await report.locator('.filter-text').fill('7z.exe');
      await shown.filter({ hasText: 'SZ-2024-07' }).waitFor();
      assert.equal(await shown.count(), 1);
      assert.match(await report.locator('.filter-shown').innerText(), /^1 \/ \d+$/);
      await picture('report-filter');
      await report.locator('.filter-text').fill('nowhere to be found');
      await report.locator('.filter-none:visible').waitFor();
      assert.equal(await shown.count(), 0);
      await report.locator('.filter-clear').click();
      await shown.nth(5).waitFor();
    },
  },
  {
    title: 'a check of the report leads to its line in the script',
    run: async ({ workbench: wb }) => {
      const patch = wb.report().locator('.status.missing .patch', { hasText: 'SZ-2024-07' }).first();
      const link = patch.locator('.trace .source-link', { hasText: /^7-zip\.detect:\d+$/ }).last();
      const line = /:(\d+)$/.exec(await link.innerText())?.[1] ?? '';
      await link.click();
      await wb.page.locator(`.tab.active[data-resource-name="${SAMPLE}"]`).waitFor();
      await wb.page.locator('.statusbar', { hasText: `Ln ${line}, Col` }).waitFor();
      await wb.script.beside(CHECK, '✗ 18.1.0.0');
    },
  },
  {
    title: 'what a hostile machine holds is plain text beside the line, in the hover and in the report',
    run: async ({ workbench: wb, editor, picture }) => {
      writeHostile(editor.workspace);
      await wb.openFromExplorer('hostile.detect');
      await wb.command('Patchlab: Scan Snapshot...');
      await wb.choose('machines/hostile.snapshot.json');
      const patch = await findPatch(wb, 'HOSTILE-1');
      if ((await patch.locator('.facts:visible').count()) === 0) await patch.locator('.title').first().click();
      await patch.locator('.facts dd', { hasText: '[run](command:' }).first().waitFor();
      const said = await patch.innerText();
      assert.ok(
        said.includes('<img src=x onerror=alert(1)><script>alert(1)</script> $(zap) \\u001b[31m\\u0007</code>'),
      );
      assert.equal(await patch.locator('a, img, script, .codicon').count(), 0);
      await picture('report-hostile');
      await wb.openFile('hostile.detect');
      await wb.script.beside('a plain name', '[run](command:workbench.action.files.newUntitledFile) <img');
      const hover = await wb.script.hoverOver('a plain name');
      const text = textOf(await hover.innerText());
      assert.match(text, /\[run\]\(command:workbench\.action\.files\.newUntitledFile\)/);
      assert.match(text, /<script>alert\(1\)<\/script> \$\(zap\) \\u001b\[31m/);
      assert.equal(await hover.locator('a[data-href^="command:"], img, script, .codicon-zap').count(), 0);
      await wb.page.keyboard.press('Escape');
    },
  },
  {
    title: 'a recording that is broken is said plainly, and the command to see it by hand can be copied as it stands',
    run: async ({ workbench: wb, editor, picture }) => {
      writeFileSync(path.join(editor.workspace, 'machines', BROKEN), '{ "schema": "something-else/1" ');
      await wb.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await wb.command('Patchlab: Scan Snapshot...');
      await wb.page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: 'broken' }).first().click();
      const failure = wb.report().locator('.failure');
      await failure.filter({ hasText: 'Remedy' }).waitFor();
      assert.equal(await wb.report().locator('img, a, .scan script').count(), 0);
      const toast = wb.toast('error PL410');
      assert.match(await toast.innerText(), /<img src=x onerror=alert\(1\)> \[run\] \(command:x\)/);
      assert.equal(await toast.locator('.notification-list-item-message a').count(), 0);
      await wb.command('Notifications: Clear All Notifications');
      const command = failure.locator('dd', { has: wb.report().locator('.copy') }).last();
      const text = await command.locator('code').innerText();
      assert.ok(text.length > 0);
      await command.locator('.copy').click();
      await wb.page.locator('.statusbar', { hasText: 'Copied' }).waitFor();
      // The focus is still in the report's frame, which would get the keys.
      await wb.command('View: Focus Active Editor Group');
      await wb.page.keyboard.press('F1');
      await wb.input().waitFor();
      await wb.page.keyboard.press('Control+V');
      assert.equal(textOf(await wb.input().inputValue()).replace(/^>/, ''), textOf(text));
      assert.match(text, /^[^\u0000-\u001f]*$/);
      await wb.page.keyboard.press('Escape');
      await picture('report-failed');
    },
  },
  {
    title: 'five thousand patches scroll smoothly, with at most two hundred rows in the document',
    run: async ({ workbench: wb, editor, picture }) => {
      writeFileSync(path.join(editor.workspace, 'bulk.detect'), bulkScript(5000));
      await wb.openFromExplorer('bulk.detect');
      await wb.command('Patchlab: Scan Snapshot...');
      await wb.choose(SNAPSHOT);
      const report = wb.report();
      // The filter stays from one scan to the next.
      await report.locator('.filter-clear').click();
      await report.locator('.status-head.missing', { hasText: /50\d\d/ }).waitFor({ timeout: 40_000 });
      const rows = report.locator('.rows > *');
      const drawnAfter = await rows.first().evaluate(rowsDrawnAfter);
      // A machine that is busy with other tests stretches a task; what is the page's own work is long in each of three walks.
      let most = 0;
      const longest: number[] = [];
      do {
        const watched = report.locator('.rows').evaluate(smoothness, 3000);
        const down = longest.length % 2 === 0 ? 3000 : -3000;
        if (longest.length === 0) await report.locator('.patch').nth(5).hover();
        for (let turn = 0; turn < 40; turn++) await wb.page.mouse.wheel(0, down);
        const walk = await watched;
        longest.push(Math.round(walk.longest));
        most = Math.max(most, walk.most);
      } while (Math.min(...longest) > 50 && longest.length < 3);
      console.log(
        `# 5,000 patches were drawn ${Math.round(drawnAfter)} ms after the page began; longest task ${longest.join(', ')} ms`,
      );
      assert.ok(most > 0 && most <= 200, `${most} rows`);
      assert.ok(Math.min(...longest) <= 50, `tasks took ${longest.join(', ')} ms`);
      // 500 ms are what is aimed at, and bench:editor measures it; three times that is for a machine that is busy with other tests.
      assert.ok(drawnAfter < 1500, `they were drawn after ${Math.round(drawnAfter)} ms`);
      // A second walk has led back to the top.
      if (longest.length % 2 === 0) await wb.page.mouse.wheel(0, 60_000);
      await report
        .locator('.patch', { hasText: /BULK-[1-4]\d{3}/ })
        .first()
        .waitFor();
      await report.locator('.filter-text').fill('bulk-4321');
      await report.locator('.patch', { hasText: 'BULK-4321' }).waitFor();
      assert.equal(await report.locator('.patch').count(), 1);
      await picture('report-thousands');
    },
  },
  {
    title: 'without a mouse: the list is walked with arrows, and a patch opened and closed',
    run: async ({ workbench: wb }) => {
      const report = wb.report();
      await report.locator('.filter-text').press('Control+A');
      await report.locator('.filter-text').press('Delete');
      await report.locator('.patch').nth(8).waitFor();
      await report.locator('.filter-text').press('ArrowDown');
      await report.locator('.fold:focus').waitFor();
      await wb.page.keyboard.press('ArrowDown');
      await wb.page.keyboard.press('ArrowDown');
      const focused = report.locator('.rows :focus');
      assert.equal(await focused.count(), 1);
      const details = report.locator('details.patch', { has: report.locator(':focus') });
      const before = await details.getAttribute('open');
      await wb.page.keyboard.press('Enter');
      assert.notEqual(await details.getAttribute('open'), before);
      await wb.page.keyboard.press('End');
      await report.locator('[role=listitem]:focus, [role=listitem]:has(:focus)').waitFor();
      const row = report.locator('[role=listitem]:focus, [role=listitem]:has(:focus)');
      assert.equal(await row.getAttribute('aria-posinset'), await row.getAttribute('aria-setsize'));
      await wb.page.keyboard.press('Home');
      await report.locator('.fold:focus').first().waitFor();
    },
  },
  {
    title: 'the report takes the colours of a light theme',
    run: async ({ workbench: wb, editor, picture }) => {
      rmSync(path.join(editor.workspace, 'bulk.detect'));
      await wb.command('View: Close All Editors');
      await wb.command('Patchlab: Scan Snapshot...');
      await wb.choose(SNAPSHOT);
      await wb.report().locator('.patch', { hasText: 'SZ-2024-07' }).first().waitFor();
      const ink = (): Promise<string> => wb.report().locator('h1').evaluate(colourOf);
      const dark = await ink();
      await wb.command('Preferences: Toggle between Light/Dark Themes');
      await wb.page.locator('.monaco-workbench.vs').waitFor();
      await wb.report().locator('body.vscode-light').waitFor();
      assert.notEqual(await ink(), dark);
      await picture('report-light');
      await wb.command('Preferences: Toggle between Light/Dark Themes');
      await wb.page.locator('.monaco-workbench.vs-dark').waitFor();
    },
  },
];

/** Only what is in view is in the page: a patch further down is found by the filter. */
export async function findPatch(wb: Workbench, id: string): Promise<Locator> {
  const report = wb.report();
  const patch = report.locator('.patch', { hasText: id });
  for (let tries = 0; ; tries++) {
    await report.locator('.filter-text').fill(id);
    try {
      await patch.first().waitFor({ timeout: 3000 });
      return patch;
    } catch (error) {
      // The report of the scan before may have been the one that was filtered.
      if (tries === 5) throw error;
    }
  }
}

/** A file's name is a text from elsewhere, too. */
const BROKEN = 'broken <img src=x onerror=alert(1)> [run](command:x).snapshot.json';

const bulkScript = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) =>
      `patch BULK-${String(index).padStart(4, '0')} "One of very many" fixes windows { missing always "bulk" }\n`,
  ).join('');

/** Hovers keep their blanks together by others that do not break. */
const textOf = (shown: string): string => shown.replaceAll('\u00a0', ' ');

/** A recording whose one value is hostile, and a script that reads it. */
function writeHostile(workspace: string): void {
  const snapshot = JSON.parse(readFileSync(path.join(workspace, SNAPSHOT), 'utf8')) as {
    registry: Record<string, unknown>;
  };
  snapshot.registry[HOSTILE_KEY] = { exists: true, values: { Name: { type: 'REG_SZ', data: HOSTILE } } };
  writeFileSync(path.join(workspace, 'machines/hostile.snapshot.json'), JSON.stringify(snapshot));
  writeFileSync(path.join(workspace, 'hostile.detect'), HOSTILE_SCRIPT);
}
