/** Writing: completion, hover, quick fix, rename, hints and reference counts, in a script and in XML that belong together. */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import assert from 'node:assert/strict';
import type { Step } from './stage.ts';

const SCRIPT = 'acme-viewer.detect';
const XML = 'exchange.patches.xml';

const SCRIPT_TEXT = `# The viewer of the house, found by its Uninstall entry.
product acme.viewer "Acme Viewer" {
  vendor "Acme"
  each app in programs where app.name starts with "Acme Viewer"
  let location = app.location
  let version  = file "\${location}\\viewer.exe" version
  installed when file "\${location}\\viewer.exe" exists
  one per location
}

patch ACME-2025-01 "Acme Viewer 4.1" fixes acme.viewer {
  severity  important
  released  2025-02-11
  installed when version >= 4.1
}

patch ACME-2025-02 "Acme Viewer 4.2" fixes acme.viewer {
  severity   critical
  released   2025-04-08
  supersedes ACME-2025-01
  installed when version >= 4.2 and check file-at-least("\${location}\\codec.dll", 4.2)
}
`;
const XML_TEXT = `<?xml version="1.0" encoding="utf-8"?>
<patches xmlns="urn:patchlab:patches:1">
  <!-- From the exchange with the vendor. -->
  <patch id="ACME-2025-03" title="Acme Viewer 4.3" severity="critical" released="2025-06-10">
    <fixes><product ref="acme.viewer"/></fixes>
    <supersedes ref="ACME-2025-02"/>
    <installed-when>
      <name of="version" at-least="4.3"/>
      <check ref="file-at-least">
        <argument><text value="\${location}\\codec.dll"/></argument>
        <argument><literal value="4.3"/></argument>
      </check>
    </installed-when>
  </patch>
</patches>
`;

export const WRITING_STEPS: readonly Step[] = [
  {
    title: 'a script has hints: titles behind ids, parameters before values, how many patches supersede one',
    run: async ({ editor, workbench: wb }) => {
      writeFileSync(path.join(editor.workspace, SCRIPT), SCRIPT_TEXT);
      writeFileSync(path.join(editor.workspace, XML), XML_TEXT);
      await wb.command('View: Close All Editors');
      await wb.openFromExplorer(SCRIPT);
      await wb.script.line(/patch.ACME-2025-01.*superseded.by.2/).waitFor();
      await wb.script.line(/supersedes.ACME-2025-01.*Acme.Viewer.4\.1/).waitFor();
      await wb.script.line(/file-at-least\(path:/).waitFor();
    },
  },
  {
    title: 'completion offers the patches of all files, in scripts and XML, and says what each is',
    run: async ({ workbench: wb, picture }) => {
      await wb.page.keyboard.press('Control+End');
      await wb.type('\npatch ACME-2025-04 "Acme Viewer 4.4" fixes acme.viewer {\nsupersedes AC');
      await wb.page.keyboard.press('Escape');
      await wb.page.keyboard.press('Control+Space');
      await wb.script.suggestion('ACME-2025-03').waitFor();
      await wb.script.suggestion('ACME-2025-02').waitFor();
      const details = wb.page.locator('.suggest-details-container:visible');
      if (!(await details.isVisible())) await wb.page.keyboard.press('Control+Space');
      for (let down = 0; down < 2; down++) await wb.page.keyboard.press('ArrowDown');
      await details.filter({ hasText: 'From the exchange with the vendor' }).waitFor();
      await picture('completion', { keepsPointer: true, editorHeight: 760 });
      await wb.script.suggestion('ACME-2025-03').click();
      await wb.type('\ninstalled when version >= 4.4');
      await wb.script.line(/superseded.by.3/).waitFor();
    },
  },
  {
    title: 'hover says what a shared check is, and takes what it is from another file',
    run: async ({ workbench: wb }) => {
      const hover = await wb.script.hoverOn('file-at-least', 'a file of at least a version');
      assert.match(await hover.innerText(), /path, least/);
      await wb.page.keyboard.press('Escape');
    },
  },
  {
    title: 'a quick fix mends a name that is nearly right',
    run: async ({ workbench: wb }) => {
      await wb.script.goToEndOf('supersedes ACME-2025-01');
      await wb.type('l');
      await wb.page.keyboard.press('Escape');
      await wb.page.locator('.editor-instance .squiggly-warning').first().waitFor();
      await wb.page.keyboard.press('Control+.');
      const fix = wb.page.locator('.action-widget:visible .monaco-list-row', { hasText: /Change to/ }).first();
      await fix.waitFor();
      await fix.click();
      await wb.script.line(/supersedes.ACME-2025-01(?!l)/).waitFor();
      await wb.page.locator('.editor-instance .squiggly-warning').first().waitFor({ state: 'detached' });
    },
  },
  {
    title: 'the count of references above a product leads to them, in scripts and XML',
    run: async ({ workbench: wb }) => {
      await wb.page.keyboard.press('Control+Home');
      await wb.script.clickLens('4 references', 'product acme.viewer');
      const peek = wb.page.locator('.peekview-widget');
      await peek.locator('.ref-tree', { hasText: XML }).waitFor();
      await wb.page.keyboard.press('Escape');
      await peek.waitFor({ state: 'detached' });
    },
  },
  {
    title: 'XML has the same: hints, problems, hover and definition across',
    run: async ({ workbench: wb }) => {
      await wb.openFromExplorer(XML);
      await wb.script.line(/product.ref="acme\.viewer".*Acme.Viewer/).waitFor();
      assert.equal(await wb.script.squiggles().count(), 0);
      const hover = await wb.script.hoverOn('acme.viewer', 'The viewer of the house');
      await wb.page.keyboard.press('Escape');
      await hover.waitFor({ state: 'hidden' });
    },
  },
  {
    title: 'an element and the name in it are completed in XML, and the hover says what the element is for',
    run: async ({ workbench: wb }) => {
      await wb.script.goToEndOf('</installed-when>');
      await wb.type('\n<superseded');
      await wb.script.suggestion('superseded-by').click();
      await wb.script.line(/superseded-by.ref=/).waitFor();
      await wb.type('ACME-2025-01');
      await wb.script.suggestion('ACME-2025-01').click();
      await wb.script.line(/superseded-by.ref=.ACME-2025-01/).waitFor();
      await wb.script.hoverOn('superseded-by', 'A newer patch or bulletin');
      await wb.page.keyboard.press('Escape');
      await wb.command('Delete Line');
      await wb.script.line(/superseded-by/).waitFor({ state: 'detached' });
      await wb.script.squiggles().first().waitFor({ state: 'detached' });
    },
  },
  {
    title: 'a rename in XML renames in the script as well',
    run: async ({ workbench: wb, picture }) => {
      await wb.page.keyboard.press('Control+B');
      await wb.command('View: Split Editor Right');
      await wb.openFile(SCRIPT);
      await wb.command('View: Focus Left Editor Group');
      await wb.script.goToEndOf('ref="acme.viewer"');
      await wb.script.find('acme.viewer');
      await wb.page.keyboard.press('F2');
      const input = wb.page.locator('.rename-box:visible input');
      await input.waitFor();
      await input.fill('acme.reader');
      await picture('rename', { keepsPointer: true, editorHeight: 470 });
      await wb.page.keyboard.press('Enter');
      await wb.script.line('ref="acme.reader"').waitFor();
      await wb.script.line(/product.acme\.reader/).waitFor();
      assert.equal(await wb.script.squiggles().count(), 0);
      await wb.page.keyboard.press('Control+B');
    },
  },
  {
    title: 'nothing of it is left for what follows',
    run: async ({ editor, workbench: wb }) => {
      await wb.command('File: Save All Files').catch(() => undefined);
      await wb.command('View: Close All Editors');
      for (const file of [SCRIPT, XML]) rmSync(path.join(editor.workspace, file));
      await wb.openFile('7-zip.detect');
      await (await wb.problems()).page().locator('.markers-panel .message-box-container').waitFor();
    },
  },
];
