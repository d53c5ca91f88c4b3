import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SCAN_PROGRESS, SCAN_REQUEST, type ScanProgress, type ScanReply } from '../../server/src/protocol/scan.ts';
import type { ScanResult } from '../../server/src/scan/result.ts';
import { startMachine, type LabMachine } from '../lab/lab.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { startProxy } from '../lab/proxy.ts';
import { bundleCommandLine, type Bundle } from '../support/bundle.ts';
import { comparable } from '../support/comparable.ts';
import { LspClient } from '../support/lsp-client.ts';

const SAMPLES = path.resolve(import.meta.dirname, '../../samples');

let bundle: Bundle;
let machine: LabMachine;
let client: LspClient;

beforeAll(async () => {
  [bundle, machine] = await Promise.all([bundleCommandLine(), startMachine(ws01)]);
  client = await LspClient.start(bundle.file, SAMPLES);
});

afterAll(async () => {
  await client.stop();
  await machine.stop();
  bundle.remove();
});

const paramsFor = (host: string): object => ({
  token: host,
  target: { kind: 'machine', host, user: machine.user, password: machine.password },
  include: [],
});

it('the editor’s server and the command line give the same document for the same live machine', async () => {
  const reply = await client.connection.sendRequest<ScanReply>(SCAN_REQUEST, paramsFor(machine.target));
  expect(reply.summary).toMatchObject({ failed: null, loggedOn: true });
  expect(reply.summary.missing).toBeGreaterThan(0);

  const args = ['scan', '--content', SAMPLES, '--machine', machine.target, '--user', machine.user, '--trace'];
  const run = spawn(process.execPath, [bundle.file, ...args, '--format', 'json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PATCHLAB_PASSWORD: machine.password },
  });
  const [printed] = await Promise.all([text(run.stdout), once(run, 'exit')]);
  const { results } = JSON.parse(printed) as { results: [ScanResult] };
  expect(comparable(reply.result as ScanResult)).toEqual(comparable(results[0]));
  expect(JSON.stringify(reply)).not.toContain(machine.password);
});

it('a scan of a machine that has fallen silent ends at once when it is cancelled', async () => {
  const proxy = await startProxy(machine, { stallAfter: 2000 });
  const cancellation = new CancellationTokenSource();
  const begun = new Promise<void>((resolve) => {
    client.connection.onNotification(SCAN_PROGRESS, (said: ScanProgress) => {
      if (said.token === proxy.target && said.step >= 2) resolve();
    });
  });
  const scan = client.connection.sendRequest<ScanReply>(SCAN_REQUEST, paramsFor(proxy.target), cancellation.token).then(
    () => 'finished',
    () => 'cancelled',
  );
  await begun;
  await sleep(300);
  const before = performance.now();
  cancellation.cancel();
  expect(await scan).toBe('cancelled');
  // A request may wait 15 s, and a goodbye 1 s: neither is waited for.

  expect(performance.now() - before).toBeLessThan(800);
  await proxy.close();
});
