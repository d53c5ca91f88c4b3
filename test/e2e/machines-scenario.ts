/** Machines, groups and templates, in their view: over the live lab machine, behind a tap that hears what goes to it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { startTrap } from '../live/trap.ts';
import { startWireTap, type WireTap } from '../live/wire-tap.ts';
import type { Stage, Step } from './stage.ts';
import type { Workbench } from './workbench.ts';

const NTLM = 'NTLMSSP';
/** Nothing listens there. */
const NOBODY = '127.0.0.1:9';

let tap: WireTap | undefined;

/** The machine, by an address at which all that is said to it is heard. */
async function tapped({ machine }: Stage): Promise<WireTap> {
  tap ??= await startWireTap(machine);
  return tap;
}

const ntlmTo = (one: WireTap): boolean => one.bytes().includes(NTLM);

function configure({ editor }: Pick<Stage, 'editor'>, text: string): void {
  writeFileSync(path.join(editor.workspace, 'patchlab.json'), text);
}

function labText(group: string, hosts: readonly string[]): string {
  return `{\n  // The lab.\n  "groups": {\n    "${group}": { "hosts": ${JSON.stringify(hosts)} }\n  }\n}\n`;
}

/** The view of machines, opened by its icon. */
async function showMachines(wb: Workbench): Promise<void> {
  await wb.command('Patchlab: Focus on Machines View');
  await rows(wb).first().waitFor();
  // Only rows that can be seen are in the document: the other views make room.
  const others = wb.page.locator('.sidebar .pane-header[aria-expanded=true]', { hasNotText: 'Machines' });
  for (let left = await others.count(); left > 0; left--) {
    await others.first().click({ position: { x: 40, y: 10 } });
    await others.nth(left - 1).waitFor({ state: 'detached' });
  }
}

const pane = (wb: Workbench): Locator =>
  wb.page.locator('.sidebar .pane', { has: wb.page.locator('.pane-header', { hasText: 'Machines' }) });
const rows = (wb: Workbench): Locator => pane(wb).locator('.monaco-list-row');

/** The first row whose name is a text. */
function row(wb: Workbench, label: string | RegExp): Locator {
  const exactly = typeof label === 'string' ? new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`) : label;
  return rows(wb)
    .filter({ has: wb.page.locator('.label-name', { hasText: exactly }) })
    .first();
}

/** Opens a row that is closed. */
async function expand(wb: Workbench, label: string | RegExp): Promise<void> {
  const one = row(wb, label);
  await one.waitFor();
  if ((await one.getAttribute('aria-expanded')) === 'false') await one.locator('.monaco-tl-twistie').click();
  await wb.page.waitForTimeout(50);
}

/** One of the buttons of a row. */
async function press(wb: Workbench, label: string | RegExp, action: string): Promise<void> {
  const one = row(wb, label);
  await one.waitFor();
  // A file that has just been written may be told of twice.
  await wb.page.waitForTimeout(250);
  await one.hover();
  await one.locator(`.action-label[aria-label^="${action}"]`).first().click();
}

const dialog = (wb: Workbench): Locator => wb.page.locator('.monaco-dialog-box');
const button = (wb: Workbench, text: string): Locator => dialog(wb).locator('.monaco-button', { hasText: text });

/** Scans a group up to the question whether the credential may go there, which names what it must. */
async function askedAbout(wb: Workbench, group: string, words: readonly string[]): Promise<void> {
  await press(wb, group, 'Scan Group');
  await dialog(wb).waitFor();
  const text = await dialog(wb).innerText();
  for (const word of words) assert.ok(text.includes(word), `the question does not say "${word}": ${text}`);
}

export const MACHINES_STEPS: readonly Step[] = [
  {
    title: 'the Machines view shows the groups of patchlab.json beside recordings, and a machine becomes the target',
    run: async (stage) => {
      const { workbench: wb } = stage;
      const { target } = await tapped(stage);
      configure(stage, labText('lab', [target, NOBODY]));
      await showMachines(wb);
      await row(wb, 'lab').filter({ hasText: '2 hosts' }).waitFor();
      await expand(wb, 'lab');
      await expand(wb, 'Recorded machines');
      await row(wb, 'machines/ws01.snapshot.json').waitFor();
      await press(wb, 'machines/ws01.snapshot.json', 'Set as Current Target');
      await wb.status('ws01.snapshot.json').waitFor();
      await row(wb, 'machines/ws01.snapshot.json').filter({ hasText: 'current target' }).waitFor();
      await press(wb, target, 'Set as Current Target');
      await wb.status(target).waitFor();
      await row(wb, target).locator('.codicon-pass-filled').waitFor();
      assert.equal(await row(wb, 'machines/ws01.snapshot.json').locator('.codicon-pass-filled').count(), 0);
    },
  },
  {
    title: 'a machine that a workspace names is asked about before anything is said to it, and a no is a no',
    run: async (stage) => {
      const { workbench: wb, machine } = stage;
      const trap = await tapped(stage);
      trap.reset();
      await press(wb, 'lab', 'Scan Group');
      await wb.answer('administrator rights', machine.user);
      await dialog(wb).waitFor();
      const text = await dialog(wb).innerText();
      const [host = '', port = ''] = trap.target.split(':');
      for (const word of [host, `port ${port}`, 'group lab', machine.user])
        assert.ok(text.includes(word), `the question does not say "${word}": ${text}`);
      await stage.picture('machines-question', { keepsPointer: true });
      assert.equal(trap.bytes().length, 0);
      await button(wb, 'Cancel').click();
      await dialog(wb).waitFor({ state: 'detached' });
      assert.equal(trap.bytes().length, 0);
    },
  },
  {
    title: 'with a yes the group is scanned: a machine that fails harms no other, and each says what came of it',
    run: async (stage) => {
      const { workbench: wb, machine, picture } = stage;
      const trap = await tapped(stage);
      await press(wb, 'lab', 'Scan Group');
      await wb.answer('administrator rights', machine.user);
      await button(wb, 'Log On').click();
      await wb.answer('The password of', machine.password);
      await wb.toast(/Group lab: 1 scanned, \d+ patches missing, 1 failed/).waitFor();
      await row(wb, trap.target)
        .filter({ hasText: /\d+ missing/ })
        .waitFor();
      await row(wb, NOBODY).filter({ hasText: 'error 261' }).waitFor();
      assert.ok(ntlmTo(trap));
      await wb.command('Notifications: Clear All Notifications');
      await picture('machines');
    },
  },
  {
    title: 'it is asked once: the next scan of the same machines asks nothing',
    run: async (stage) => {
      const { workbench: wb } = stage;
      const trap = await tapped(stage);
      configure(stage, labText('lab', [trap.target]));
      await row(wb, NOBODY).waitFor({ state: 'detached' });
      trap.reset();
      await press(wb, 'lab', 'Scan Group');
      await wb.toast(/Group lab: 1 scanned, \d+ patches missing\./).waitFor();
      assert.ok(ntlmTo(trap));
      await wb.command('Notifications: Clear All Notifications');
    },
  },
  {
    title: 'another port, group or host in patchlab.json asks again before a credential is used',
    run: async (stage) => {
      const { workbench: wb, machine } = stage;
      const known = await tapped(stage);
      const [host = ''] = known.target.split(':');
      const other = await startTrap(machine.port + 1, host);
      try {
        known.reset();
        configure(stage, labText('lab', [`${host}:${other.port}`]));
        await expand(wb, 'lab');
        await row(wb, `${host}:${other.port}`).waitFor();
        await press(wb, 'lab', 'Scan Group');
        await wb.answer('administrator rights', machine.user);
        await dialog(wb)
          .filter({ hasText: `port ${other.port}` })
          .waitFor();
        assert.deepEqual([other.connections(), known.bytes().length], [0, 0]);
        await button(wb, 'Cancel').click();
        configure(stage, labText('servers', [known.target]));
        await row(wb, 'servers').waitFor();
        await askedAbout(wb, 'servers', ['group servers']);
        assert.equal(known.bytes().length, 0);
        await button(wb, 'Cancel').click();
        // The target that was chosen before means the machine of a group that is no more: no scan, and no question.
        await wb.command('Patchlab: Scan All Content');
        await wb.toast('no group "lab" any more').waitFor();
        assert.deepEqual([other.connections(), known.bytes().length], [0, 0]);
        await wb.command('Notifications: Clear All Notifications');
      } finally {
        await other.close();
      }
    },
  },
  {
    title:
      'Test Connection shows each step beneath the machine, and of the one that fails the remedy and a command to copy',
    run: async (stage) => {
      const { workbench: wb, machine, picture } = stage;
      const { target } = await tapped(stage);
      configure(stage, labText('servers', [target, NOBODY]));
      await expand(wb, 'servers');
      await row(wb, NOBODY).waitFor();
      await press(wb, NOBODY, 'Test Connection');
      await wb.answer('administrator rights', machine.user);
      await button(wb, 'Log On').click();
      await wb.answer('The password of', machine.password);
      await wb.toast(`${NOBODY} cannot be scanned: TCP port 9`).waitFor();
      const failed = row(wb, 'TCP port 9');
      await failed.filter({ hasText: 'ECONNREFUSED' }).waitFor();
      await row(wb, /Server service|firewall|port/i).waitFor();
      await press(wb, 'TCP port 9', 'Copy Command');
      await wb.command('Notifications: Clear All Notifications');
      await picture('machines-test');
      await wb.command('Preferences: Toggle between Light/Dark Themes');
      await wb.page.locator('.monaco-workbench.vs').waitFor();
      await picture('machines-test-light');
      await wb.command('Preferences: Toggle between Light/Dark Themes');
      await wb.page.locator('.monaco-workbench.vs-dark').waitFor();
    },
  },
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
      await press(wb, 'machines/ws01.snapshot.json', 'Set as Current Target');
      const missing = async (): Promise<number> => {
        await wb.command('Patchlab: Scan All Content');
        const status = wb.status(/ws01\.snapshot\.json: \d+ missing/);
        await status.waitFor();
        return Number(/: (\d+) missing/.exec(await status.innerText())?.[1]);
      };
      const some = await missing();
      await press(wb, 'All content', 'Choose Scan Template');
      await wb.page.locator('.statusbar-item .codicon-filter').waitFor({ state: 'detached' });
      await press(wb, 'machines/ws01.snapshot.json', 'Set as Current Target');
      await wb.status(/^ *ws01\.snapshot\.json$/).waitFor();
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
      await expand(wb, 'Credentials');
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
      await fromMenu(wb, row(wb, 'mine.example'), 'Remove Machine');
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
      await tap?.close();
      tap = undefined;
    },
  },
];

/** A command of a row's menu, which takes no click in its first tenth of a second. */
async function fromMenu(wb: Workbench, one: Locator, text: string): Promise<void> {
  await one.click({ button: 'right' });
  const item = wb.page.locator('.monaco-menu .action-label', { hasText: text }).first();
  await item.waitFor();
  await wb.page.waitForTimeout(300);
  await item.click();
}

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
    await fromMenu(wb, own.first(), 'Remove Machine');
    await own.nth(left - 1).waitFor({ state: 'detached' });
  }
}
