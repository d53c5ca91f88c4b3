/** What the editor's server does for the view of machines, over stdio: no credential goes anywhere that it was not told to. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  CONNECTION_STEP,
  GROUP_SCAN_REQUEST,
  LOCATE_REQUEST,
  MACHINE_SCANNED,
  TEST_CONNECTION_REQUEST,
  type ConnectionStep,
  type GroupScanReply,
  type LocateReply,
  type MachineScanned,
} from '../../server/src/protocol/machines.ts';
import { SCAN_REQUEST, type ScanReply } from '../../server/src/protocol/scan.ts';
import { startMachine, type LabMachine } from '../lab/lab.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { bundleCommandLine, type Bundle } from '../support/bundle.ts';
import { LspClient } from '../support/lsp-client.ts';
import { startWireTap, type WireTap } from './wire-tap.ts';

const CONTENT = `patch P-1 "One" fixes windows { missing always "shown" }
patch P-2 "Two" fixes windows { severity critical missing always "shown" }
`;
const NTLM = 'NTLMSSP\0';

let bundle: Bundle;
let machine: LabMachine;
let tap: WireTap;
let client: LspClient;
let folder: string;
let uri: string;
let scanned: MachineScanned[] = [];
let steps: ConnectionStep[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'patchlab-machines-'));
  uri = pathToFileURL(path.join(folder, 'patchlab.json')).href;
  [bundle, machine] = await Promise.all([bundleCommandLine(), startMachine(ws01)]);
  tap = await startWireTap(machine);
  writeFileSync(path.join(folder, 'a.detect'), CONTENT);
  client = await LspClient.start(bundle.file, folder);
  client.connection.onNotification(MACHINE_SCANNED, (said: MachineScanned) => void scanned.push(said));
  client.connection.onNotification(CONNECTION_STEP, (said: ConnectionStep) => void steps.push(said));
}, 60_000);
afterAll(async () => {
  await client.stop();
  await tap.close();
  await machine.stop();
  bundle.remove();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  [scanned, steps] = [[], []];
  tap.reset();
});

const configure = (more: object = {}): void => {
  const lab = { hosts: [tap.target, '127.0.0.1:9'], groups: ['nowhere'] };
  const groups = { lab, nowhere: { hosts: ['nowhere.invalid'] } };
  writeFileSync(path.join(folder, 'patchlab.json'), JSON.stringify({ groups, ...more }));
};
const heard = (): string => tap.bytes().toString('latin1');
const located = (machineName?: string): Promise<LocateReply> =>
  client.connection.sendRequest<LocateReply>(LOCATE_REQUEST, {
    ...{ token: 't', uri, group: 'lab' },
    ...(machineName !== undefined && { machine: machineName }),
  });

it('finds the machines of a group without a word to them, and tells those that nobody knows', async () => {
  configure();
  const reply = await located();
  expect(reply.machines.map((each) => each.machine)).toEqual([tap.target, '127.0.0.1:9']);
  expect(reply.machines[0]).toMatchObject({ foundBy: 'address', origins: [`lab: ${tap.target}`] });
  expect(reply.failures).toMatchObject([{ machine: 'nowhere.invalid', failed: { step: 1 } }]);
  expect(heard()).toBe('');
});

it('finds one of them, also when its port is another now, and says when it is gone', async () => {
  configure();
  const [host = ''] = tap.target.split(':');
  expect((await located(`${host}:1`)).machines.map((each) => each.machine)).toEqual([tap.target]);
  await expect(located('gone.invalid')).rejects.toThrow(/not in the group "lab"/);
});

it('tests a connection without a credential: steps, and no NTLM', async () => {
  const params = { token: 't', machine: tap.target };
  expect(await client.connection.sendRequest<boolean>(TEST_CONNECTION_REQUEST, params)).toBe(true);
  expect(steps.map(({ name, status }) => `${name}: ${status}`)).toContain('logon and C$: not tested');
  expect(heard()).not.toContain(NTLM);
});

it('tests a connection with a credential to its end, and names the first that fails with remedy and command', async () => {
  const credential = { user: machine.user, password: machine.password };
  const params = { token: 't', machine: tap.target, credential };
  expect(await client.connection.sendRequest<boolean>(TEST_CONNECTION_REQUEST, params)).toBe(true);
  expect(steps.at(-1)).toMatchObject({ name: 'service control', status: 'ok' });
  expect(heard()).toContain(NTLM);
  const wrong = { ...params, credential: { ...credential, password: 'example-wrong' } };
  expect(await client.connection.sendRequest<boolean>(TEST_CONNECTION_REQUEST, wrong)).toBe(false);
  expect(steps.at(-1)).toMatchObject({ name: 'logon and C$', status: 'failed', code: '451' });
  expect(steps.at(-1)?.command).toMatch(/net use/);
  expect(JSON.stringify(steps)).not.toContain(machine.password);
});

it('scans a group: a machine that fails harms no other, and a template leaves out what it names', async () => {
  configure({ templates: { critical: { scan: { severities: ['critical'] } } } });
  const { machines } = await located();
  const credential = { user: machine.user, password: machine.password };
  const params = {
    ...{ token: 't', uri, template: { uri, name: 'critical' } },
    machines: machines.map(({ machine: name, addresses, foundBy }) => {
      return { machine: name, found: { addresses, foundBy }, credential };
    }),
  };
  const reply = await client.connection.sendRequest<GroupScanReply>(GROUP_SCAN_REQUEST, params);
  expect(reply.left).toEqual([]);
  const byName = new Map(scanned.map((one) => [one.machine, one]));
  expect(byName.get(tap.target)).toMatchObject({ missing: 1, failed: null, loggedOn: true });
  expect(byName.get('127.0.0.1:9')).toMatchObject({ failed: { code: '261' }, loggedOn: false });
  expect(scanned.map(({ done, of }) => `${done}/${of}`)).toEqual(['1/2', '2/2']);
});

it('holds a single scan to the template and to the address that was allowed', async () => {
  configure({ templates: { critical: { scan: { severities: ['critical'] } } } });
  const [host = '', port = ''] = tap.target.split(':');
  const reply = await client.connection.sendRequest<ScanReply>(SCAN_REQUEST, {
    ...{ token: 's', include: [], template: { uri, name: 'critical' } },
    target: {
      ...{ kind: 'machine', host: `ws01:${port}`, user: machine.user, password: machine.password },
      found: { addresses: [host], foundBy: 'dns' },
    },
  });
  expect(reply.summary.missing).toBe(1);
  expect(heard()).toContain(NTLM);
});
