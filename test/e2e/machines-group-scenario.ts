/** The scan of a group while it goes on, cancelled, of machines that a directory names, and of a host that has changed. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import assert from 'node:assert/strict';
import { DOMAIN, READER, startDirectory } from '../lab/directory.ts';
import { startDns } from '../lab/dns-server.ts';
import { holdings } from '../live/holdings.ts';
import { startWireTap } from '../live/wire-tap.ts';
import { untilNothingLeft } from './faults.ts';
import { button, configure, dialog, expand, labText, NOBODY, ntlmTo, press, row, tapped } from './machines-view.ts';
import type { Step } from './stage.ts';

/** What a row says of earlier scans. */
const found = (row: string): string | undefined => /\d+ missing|error \S+/.exec(row)?.[0];

/** They go on where the first group was scanned, and leave it as it was. */
export const MACHINES_GROUP_STEPS: readonly Step[] = [
  {
    title: 'a changed host alone asks again: not one byte goes there before the answer, and none after a no',
    run: async (stage) => {
      const { workbench: wb, machine } = stage;
      const known = await tapped(stage);
      const other = await startWireTap(machine);
      const [host = '', port = ''] = other.target.split(':');
      // Nothing else has changed: not the port, not the group.
      assert.ok(known.target.endsWith(`:${port}`) && known.target !== other.target);
      try {
        known.reset();
        configure(stage, labText('lab', [other.target]));
        await row(wb, known.target).waitFor({ state: 'detached' });
        for (const answer of ['Cancel', 'Log On']) {
          await press(wb, 'lab', 'Scan Group', wb.input());
          await wb.answer('administrator rights', machine.user);
          await dialog(wb).filter({ hasText: host }).filter({ hasText: 'group lab' }).waitFor();
          assert.deepEqual([other.bytes().length, known.bytes().length], [0, 0]);
          await button(wb, answer).click();
          await dialog(wb).waitFor({ state: 'detached' });
          if (answer === 'Cancel') assert.deepEqual([other.bytes().length, known.bytes().length], [0, 0]);
        }
        assert.equal(other.bytes().length, 0);
        await wb.answer('The password of', machine.password);
        await wb.toast(/Group lab: 1 scanned, \d+ patches missing\./).waitFor();
        assert.ok(ntlmTo(other));
        assert.equal(known.bytes().length, 0);
        await wb.command('Notifications: Clear All Notifications');
      } finally {
        await other.close();
      }
    },
  },
  {
    title:
      'while a group is scanned its progress counts, each row says what came of it or that it is being scanned; a cancel leaves nothing',
    run: async (stage) => {
      const { workbench: wb, machine, stalling, picture } = stage;
      const { target } = await tapped(stage);
      const before = await holdings(machine);
      stalling.setFaults({ stallAfter: 3000 });
      configure(stage, labText('lab', [target, stalling.target, NOBODY]));
      await expand(wb, 'lab', row(wb, stalling.target));
      // An earlier part may have scanned it.
      const foundBefore = found(await row(wb, stalling.target).innerText());
      // As whom is known: one of its machines has taken a password before.
      await press(wb, 'lab', 'Scan Group', dialog(wb));
      await button(wb, 'Log On').click();
      await wb.answer('The password of', machine.password);
      const progress = wb.toast('Scanning lab');
      await progress.filter({ hasText: '2 of 3' }).waitFor();
      await row(wb, target)
        .filter({ hasText: /\d+ missing/ })
        .waitFor();
      await row(wb, NOBODY).filter({ hasText: 'error 261' }).waitFor();
      await row(wb, stalling.target).filter({ hasText: 'being scanned' }).locator('.codicon-loading').waitFor();
      await picture('machines-scanning', { keepsPointer: true });
      await progress.hover();
      await progress.locator('.monaco-button', { hasText: 'Cancel' }).click();
      const said = wb.toast(/Group lab: 1 scanned, \d+ patches missing, 1 failed \(127\.0\.0\.1:9\), cancelled\./);
      await said.waitFor();
      await row(wb, stalling.target).filter({ hasText: 'being scanned' }).waitFor({ state: 'detached' });
      // What was found is kept, and nothing is claimed of the one that was not.
      await row(wb, target)
        .filter({ hasText: /\d+ missing/ })
        .waitFor();
      assert.deepEqual(found(await row(wb, stalling.target).innerText()), foundBefore);
      stalling.setFaults({});
      await untilNothingLeft(machine, before);
      await wb.command('Notifications: Clear All Notifications');
    },
  },
  {
    title:
      'a group of a directory is asked of it with a credential of its own, and its machines are asked about before they are scanned',
    run: async (stage) => {
      const { workbench: wb, machine, editor } = stage;
      const unit = 'ou=Berlin';
      const address = (name: string): 'nxdomain' | readonly string[] =>
        name === `ws01.${DOMAIN}` ? [machine.address] : 'nxdomain';
      const dns = await startDns({ address });
      const directory = await startDirectory({
        units: [unit],
        computers: ['WS01', 'GONE'].map((name) => ({ name, parent: unit })),
      });
      try {
        const binds = (): number => directory.log().split('BIND dn="cn=reader').length - 1;
        writeFileSync(path.join(editor.workspace, 'ca.pem'), directory.authority.pem);
        const servers = [`${directory.address}:${directory.securePort}`];
        const directories = { head: { domain: DOMAIN, servers, ca: 'ca.pem', dns: [dns.target] } };
        const groups = { office: { ous: ['head/Berlin'], port: machine.port } };
        configure(stage, JSON.stringify({ directories, groups }));
        await row(wb, 'office').filter({ hasText: '1 directory part' }).waitFor();
        await press(wb, 'office', 'Scan Group', wb.input());
        await wb.answer('may read the directory', READER.user);
        await dialog(wb)
          .filter({ hasText: directory.address })
          .filter({ hasText: 'gets the password itself' })
          .waitFor();
        assert.equal(binds(), 0);
        await button(wb, 'Give It the Password').click();
        await wb.answer('The password of', READER.password);
        await wb.answer('administrator rights', machine.user);
        await dialog(wb)
          .filter({ hasText: `ws01.${DOMAIN} at ${machine.address}, port ${machine.port}` })
          .waitFor();
        assert.ok(binds() > 0);
        await button(wb, 'Log On').click();
        await wb.answer('The password of', machine.password);
        await wb.toast(/Group office: 1 scanned, \d+ patches missing, 1 failed \(gone\.lab\.example/).waitFor();
        await wb.command('Notifications: Clear All Notifications');
      } finally {
        await directory.stop();
        await dns.stop();
      }
    },
  },
];
