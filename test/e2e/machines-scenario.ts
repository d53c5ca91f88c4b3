/** Groups of machines in their view: chosen, asked about, scanned and tested, over the live lab machine. */
import assert from 'node:assert/strict';
import { startTrap } from '../live/trap.ts';
import { MACHINES_GROUP_STEPS } from './machines-group-scenario.ts';
import { MACHINES_KEPT_STEPS } from './machines-kept-scenario.ts';
import {
  button,
  configure,
  dialog,
  expand,
  labText,
  NOBODY,
  ntlmTo,
  press,
  row,
  showMachines,
  tapped,
} from './machines-view.ts';
import type { Step } from './stage.ts';
import type { Workbench } from './workbench.ts';

/** Scans a group up to the question whether the credential may go there, which names what it must. */
async function askedAbout(wb: Workbench, group: string, words: readonly string[]): Promise<void> {
  await press(wb, group, 'Scan Group', dialog(wb));
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
      await press(wb, 'machines/ws01.snapshot.json', 'Set as Current Target', wb.status('ws01.snapshot.json'));
      await row(wb, 'machines/ws01.snapshot.json').filter({ hasText: 'current target' }).waitFor();
      await press(wb, target, 'Set as Current Target', wb.status(target));
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
      await press(wb, 'lab', 'Scan Group', wb.input());
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
      await press(wb, 'lab', 'Scan Group', wb.input());
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
  ...MACHINES_GROUP_STEPS,
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
  ...MACHINES_KEPT_STEPS,
];
