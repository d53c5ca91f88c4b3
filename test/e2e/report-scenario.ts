/** The report: filters, links to the source, and what a hostile machine holds, as plain text wherever it shows. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import assert from 'node:assert/strict';
import type { Step } from './scenario.ts';

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
      assert.equal(await report.locator('.status:visible').count(), 1);
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
      await wb.beside(CHECK, '✗ 18.1.0.0');
    },
  },
  {
    title: 'what a hostile machine holds is plain text beside the line, in the hover and in the report',
    run: async ({ workbench: wb, editor, picture }) => {
      writeHostile(editor.workspace);
      await wb.openFromExplorer('hostile.detect');
      await wb.command('Patchlab: Scan Snapshot...');
      await wb.choose('machines/hostile.snapshot.json');
      const patch = wb.report().locator('.patch', { hasText: 'HOSTILE-1' });
      await patch.first().waitFor();
      if ((await patch.locator('.facts:visible').count()) === 0) await patch.locator('.title').first().click();
      await patch.locator('.facts dd', { hasText: '[run](command:' }).first().waitFor();
      const said = await patch.innerText();
      assert.ok(
        said.includes('<img src=x onerror=alert(1)><script>alert(1)</script> $(zap) \\u001b[31m\\u0007</code>'),
      );
      assert.equal(await patch.locator('a, img, script, .codicon').count(), 0);
      await picture('report-hostile');
      await wb.openFile('hostile.detect');
      await wb.beside('a plain name', '[run](command:workbench.action.files.newUntitledFile) <img');
      const hover = await wb.hoverOver('a plain name');
      const text = textOf(await hover.innerText());
      assert.match(text, /\[run\]\(command:workbench\.action\.files\.newUntitledFile\)/);
      assert.match(text, /<script>alert\(1\)<\/script> \$\(zap\) \\u001b\[31m/);
      assert.equal(await hover.locator('a[data-href^="command:"], img, script, .codicon-zap').count(), 0);
      await wb.page.keyboard.press('Escape');
    },
  },
];

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
