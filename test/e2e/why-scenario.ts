/** Why not detected? Two machines, recorded or live, and the first check at which they come apart. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import assert from 'node:assert/strict';
import type { LabMachine } from '../lab/lab.ts';
import { colourOf } from './in-page.ts';
import type { Step } from './stage.ts';
import type { Workbench } from './workbench.ts';

const SAMPLE = '7-zip.detect';
const WS01 = 'machines/ws01.snapshot.json';
const FIXED = 'machines/fixed.snapshot.json';
const GONE = 'machines/gone.snapshot.json';
const BROKEN = 'machines/broken.snapshot.json';
const COMMAND = 'Patchlab: Why Not Detected?...';
const HOSTILE = 'Seven [run](command:x) <img src=x onerror=alert(1)>';

const BULK_KEY = 'HKLM\\SOFTWARE\\Bulk';
const BULK = `product bulk "Very many" {
  each k in keys "${BULK_KEY}\\*"
  installed when k value "Kind" = "one"
}
`;
const MANY = 5000;

export const WHY_STEPS: readonly Step[] = [
  {
    title: 'Why Not Detected? names the first check at which two recordings come apart, with both observations',
    run: async ({ workbench: wb, editor, picture }) => {
      writeMachines(editor.workspace);
      await wb.openFile(SAMPLE);
      await why(wb, { id: 'SZ-2024-07', left: WS01, right: FIXED });
      const page = wb.report();
      await page.locator('#answer', { hasText: 'missing on WS01, installed on WS09.' }).waitFor();
      const first = page.locator('#first');
      await first.locator('.check', { hasText: 'version >= 24.7' }).waitFor();
      assert.deepEqual(await first.locator('.observed').allInnerTexts(), ['18.1.0.0', '24.7.0.0']);
      assert.deepEqual(await first.locator('.outcome').allInnerTexts(), ['false', 'true']);
      assert.match(await first.locator('.expected').innerText(), />= 24\.7/);
      assert.equal(await page.locator('.row.is-first').count(), 1);
      await picture('why');
    },
  },
  {
    title: 'all checks can be shown without a mouse, and each leads to its line',
    run: async ({ workbench: wb }) => {
      const page = wb.report();
      const before = await page.locator('.row').count();
      await page.locator('#all').focus();
      await wb.page.keyboard.press('Space');
      await page.locator('.row', { hasText: 'on windows' }).first().waitFor();
      assert.ok((await page.locator('.row').count()) > before);
      await page.locator('.row button').first().focus();
      await wb.page.keyboard.press('End');
      await page.locator('[role=listitem]:last-child :focus').waitFor();
      const check = page.locator('#first .check');
      await check.focus();
      await wb.page.keyboard.press('Enter');
      await wb.page.locator(`.tab.active[data-resource-name="${SAMPLE}"]`).waitFor();
      await wb.script.line('installed when version >= 24.7').waitFor();
    },
  },
  {
    title: 'a product that is not detected shows which entry does not fit any more, and hostile names stay text',
    run: async ({ workbench: wb, picture }) => {
      await why(wb, { id: 'sevenzip', left: WS01, right: GONE });
      const page = wb.report();
      await page.locator('#answer', { hasText: 'installed on WS01, not detected on WS08.' }).waitFor();
      const first = page.locator('#first');
      await first.locator('.check', { hasText: 'app.name matches' }).waitFor();
      const [left, right] = await first.locator('.observed').allInnerTexts();
      assert.equal(left, '"7-Zip 18.01 (x64)"');
      assert.equal(right, `"${HOSTILE}"`);
      assert.equal(await page.locator('img, a').count(), 0);
      await picture('why-product');
    },
  },
  {
    title: 'where nothing diverges, that is what it says',
    run: async ({ workbench: wb }) => {
      await wb.openFile(SAMPLE);
      await why(wb, { id: 'sevenzip', left: WS01, right: WS01 });
      const page = wb.report();
      await page.locator('#answer', { hasText: 'Both machines say installed. Nothing diverges' }).waitFor();
      assert.equal(await page.locator('#first:visible').count(), 0);
    },
  },
  {
    title: 'where a scan fails, it says which, why and what helps, and compares nothing',
    run: async ({ workbench: wb }) => {
      await wb.openFile(SAMPLE);
      await why(wb, { id: 'sevenzip', left: WS01, right: BROKEN });
      const page = wb.report();
      const failure = page.locator('.failure');
      await failure.locator('.meaning', { hasText: 'PL410' }).waitFor();
      await failure.locator('dt', { hasText: 'Remedy' }).waitFor();
      assert.equal(await page.locator('#rest:visible').count(), 0);
    },
  },
  {
    title: 'a live machine is compared with a recording, with the password asked as for a scan',
    run: async ({ workbench: wb, machine }) => {
      await wb.openFile(SAMPLE);
      await why(wb, { id: 'SZ-2024-07', left: FIXED, right: machine });
      const page = wb.report();
      await page.locator('#answer', { hasText: 'installed on WS09, missing on' }).waitFor();
      await page.locator('#first .check', { hasText: 'version >= 24.7' }).waitFor();
      assert.deepEqual(await page.locator('#first .observed').allInnerTexts(), ['24.7.0.0', '18.1.0.0']);
    },
  },
  {
    title: 'five thousand instances that differ are told with at most two hundred rows in the document',
    run: async ({ workbench: wb, editor }) => {
      writeFileSync(path.join(editor.workspace, 'bulk.detect'), BULK);
      await wb.openFromExplorer('bulk.detect');
      await why(wb, { id: 'bulk', left: 'machines/many.snapshot.json', right: 'machines/other.snapshot.json' });
      const page = wb.report();
      await page.locator('#count', { hasText: /further checks are not shown/ }).waitFor();
      await page.locator('#first .observed', { hasText: 'two' }).waitFor();
      assert.ok((await page.locator('.row').count()) <= 200);
    },
  },
  {
    title: 'the page of why takes the colours of a light theme',
    run: async ({ workbench: wb, picture }) => {
      await wb.command('View: Close All Editors');
      await wb.openFile(SAMPLE);
      await why(wb, { id: 'SZ-2024-07', left: WS01, right: FIXED });
      const title = wb.report().locator('h1');
      const ink = (): Promise<string> => title.evaluate(colourOf);
      await title.waitFor();
      const dark = await ink();
      await wb.command('Preferences: Toggle between Light/Dark Themes');
      await wb.report().locator('body.vscode-light').waitFor();
      assert.notEqual(await ink(), dark);
      await picture('why-light');
      await wb.command('Preferences: Toggle between Light/Dark Themes');
      await wb.page.locator('.monaco-workbench.vs-dark').waitFor();
    },
  },
];

interface Question {
  readonly id: string;
  readonly left: string | LabMachine;
  readonly right: string | LabMachine;
}

/** Asks as a user would: the declaration of the open file, then the two machines. */
export async function why(wb: Workbench, { id, left, right }: Question): Promise<void> {
  await wb.command(COMMAND);
  await wb.choose(id);
  for (const [side, which] of [
    [left, 'First machine'],
    [right, 'Second machine'],
  ] as const) {
    await wb.page.locator('.quick-input-widget:visible', { hasText: which }).waitFor();
    if (typeof side === 'string') await wb.choose(side);
    else await chooseLive(wb, side);
  }
  await wb.page.locator('.tab.active', { hasText: `Why ${id}?` }).waitFor();
}

/** Where the machine was scanned before, neither name nor password are asked for again. */
async function chooseLive(wb: Workbench, machine: LabMachine): Promise<void> {
  if ((await wb.row(machine.target).count()) > 0) await wb.choose(machine.target);
  else {
    await wb.choose('Another machine...');
    await wb.answer('HOST:PORT', machine.target);
    await wb.answer('administrator rights', machine.user);
  }
  const asked = wb.page.locator('.quick-input-widget:visible', { hasText: 'The password of' });
  const result = wb.page.locator('.tab.active', { hasText: 'Why ' });
  await asked.or(result).first().waitFor();
  if (await asked.isVisible()) await wb.answer('The password of', machine.password);
}

/** Recordings made of ws01's: with the fixed version, with an entry of another name, broken, with very many keys. */
export function writeMachines(workspace: string): void {
  const text = readFileSync(path.join(workspace, WS01), 'utf8');
  const write = (file: string, name: string, change: (text: string) => string): void => {
    // A machine's own registry says how it is called.
    writeFileSync(path.join(workspace, file), change(text).replaceAll('"WS01"', `"${name}"`));
  };
  write(FIXED, 'WS09', (before) => before.replaceAll('18.1.0.0', '24.7.0.0'));
  write(GONE, 'WS08', (before) => before.replaceAll('7-Zip 18.01 (x64)', HOSTILE));
  writeFileSync(path.join(workspace, BROKEN), '{ "schema": "something-else/1" ');
  write('machines/many.snapshot.json', 'MANY', (before) => withMany(before, 'one'));
  write('machines/other.snapshot.json', 'OTHER', (before) => withMany(before, 'two'));
}

function withMany(text: string, kind: string): string {
  const snapshot = JSON.parse(text) as { registry: Record<string, unknown> };
  const names = Array.from({ length: MANY }, (_, index) => `K${index}`);
  snapshot.registry[BULK_KEY] = { exists: true, subkeys: names };
  for (const name of names) {
    snapshot.registry[`${BULK_KEY}\\${name}`] = { exists: true, values: { Kind: { type: 'REG_SZ', data: kind } } };
  }
  return JSON.stringify(snapshot);
}
