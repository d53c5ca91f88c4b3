import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCAN_PROGRESS, SCAN_REQUEST, type ScanProgress, type ScanReply } from '../../../server/src/protocol/scan.ts';
import type { ScanResult } from '../../../server/src/scan/result.ts';
import { bundleCommandLine, type Bundle } from '../../support/bundle.ts';
import { comparable } from '../../support/comparable.ts';
import { LspClient } from '../../support/lsp-client.ts';

const SAMPLES = path.resolve(import.meta.dirname, '../../../samples');

let bundle: Bundle;
let folder: string;
let client: LspClient;
const isError = ({ severity }: Diagnostic): boolean => severity === DiagnosticSeverity.Error;
const uriOf = (name: string): string => pathToFileURL(path.join(folder, name)).href;

beforeAll(async () => {
  bundle = await bundleCommandLine();
  folder = mkdtempSync(path.join(tmpdir(), 'patchlab-lsp-'));
  cpSync(SAMPLES, folder, { recursive: true });
  client = await LspClient.start(bundle.file, folder);
});

afterAll(async () => {
  const code = await client.stop();
  rmSync(folder, { recursive: true, force: true });
  bundle.remove();
  expect(code).toBe(0);
});

describe('the bundled server over stdio', () => {
  it('says where a mistake is as soon as it is typed, and takes it back when it is mended', async () => {
    const uri = uriOf('typed.detect');
    await client.open(uri, 'product typed.here "Typed" {\n  installd when file "%windir%\\x.exe" exists\n}\n');
    const first = (await client.diagnostics(uri, (said) => said.some(isError))).find(isError);
    expect(first?.range.start.line).toBe(1);
    expect(first?.source).toBe('patchlab');
    await client.change(uri, 2, 'product typed.here "Typed" {\n  installed when file "%windir%\\x.exe" exists\n}\n');
    await client.diagnostics(uri, (said) => !said.some(isError));
  });

  it('finds a name of a file that is only on disk, and misses it when the file is gone', async () => {
    const other = path.join(folder, 'other.detect');
    writeFileSync(other, 'product on.disk "On disk" { installed when file "C:\\y.exe" exists }\n');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: pathToFileURL(other).href, type: 1 }],
    });
    const uri = uriOf('user.detect');
    await client.open(uri, 'patch USER-1 fixes on.disk { missing always "test" }\n');
    const offered = await client.completion(uri, { line: 0, character: 'patch USER-1 fixes on.d'.length });
    expect(offered.map(({ label }) => label)).toContain('on.disk');
    rmSync(other);
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: pathToFileURL(other).href, type: 3 }],
    });
    const said = (await client.diagnostics(uri, (all) => all.some(isError))).find(isError);
    expect(said?.message).toContain('on.disk');
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  });

  it('outlines a file, and leads from a use to its declaration', async () => {
    const uri = uriOf('outline.detect');
    await client.open(uri, 'product out.line "O" {\n  let here = "C:\\O"\n}\npatch O-1 fixes out.line { note "n" }\n');
    const symbols = await client.connection.sendRequest<{ name: string; children: { name: string }[] }[]>(
      'textDocument/documentSymbol',
      { textDocument: { uri } },
    );
    expect(symbols.map(({ name }) => name)).toEqual(['out.line', 'O-1']);
    expect(symbols[0]?.children.map(({ name }) => name)).toEqual(['here']);
    const use = { textDocument: { uri }, position: { line: 3, character: 18 } };
    const definition = await client.connection.sendRequest('textDocument/definition', use);
    expect(definition).toMatchObject({ uri, range: { start: { line: 0, character: 8 } } });
    const hover = await client.connection.sendRequest<{ contents: { value: string } }>('textDocument/hover', use);
    expect(hover.contents.value).toContain('product');
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  });

  it('scans a recorded machine step by step, and gives the same document as the command line', async () => {
    // Both see the same files: what the other tests opened does not count.
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf('typed.detect') } });
    const snapshot = path.join(folder, 'machines', 'ws01.snapshot.json');
    const steps: number[] = [];
    client.connection.onNotification(SCAN_PROGRESS, (said: ScanProgress) => {
      steps.push(said.step);
    });
    const target = { kind: 'snapshot', path: snapshot };
    const reply = await client.connection.sendRequest<ScanReply>(SCAN_REQUEST, { token: 't', target, include: [] });
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(new Set(steps).size).toBeGreaterThan(2);
    expect(reply.summary.failed).toBeNull();
    expect(reply.summary.missing).toBeGreaterThan(0);
    expect(reply.patches.map(({ html }) => html).join()).toContain('class="trace"');
    expect(reply.html).toContain('class="rows"');

    const args = ['scan', '--content', folder, '--snapshot', snapshot, '--format', 'json', '--trace'];
    const run = spawnSync(process.execPath, [bundle.file, ...args], { encoding: 'utf8' });
    const { results } = JSON.parse(run.stdout) as { results: [ScanResult] };
    expect(comparable(reply.result as ScanResult)).toEqual(comparable(results[0]));
  });

  it('answers for a snapshot that is none with the coded error of its step', async () => {
    const snapshot = path.join(folder, 'broken.snapshot.json');
    writeFileSync(snapshot, '{"schema":"something-else/1"}');
    const target = { kind: 'snapshot', path: snapshot };
    const reply = await client.connection.sendRequest<ScanReply>(SCAN_REQUEST, { token: 't', target, include: [] });
    expect(reply.summary.failed?.code).toBeTruthy();
    expect(reply.summary.failed?.remedy).toBeTruthy();
    expect(reply.html).toContain('failure');
    expect(readFileSync(snapshot, 'utf8')).toContain('something-else');
  });

  it('refuses a snapshot on another host before it is opened', async () => {
    const target = { kind: 'snapshot', path: '\\\\192.0.2.1\\share\\ws01.snapshot.json' };
    const reply = await client.connection.sendRequest<ScanReply>(SCAN_REQUEST, { token: 't', target, include: [] });
    expect(reply.summary.failed).not.toBeNull();
  });
});
