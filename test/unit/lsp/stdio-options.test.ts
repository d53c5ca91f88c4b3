/** The `lsp` verb as a process: how it ends, and where it keeps what it knows. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ProtocolConnection,
} from 'vscode-languageserver/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleCommandLine, type Bundle } from '../../support/bundle.ts';

/** More than a small workspace has: of those nothing is kept. */
const MANY = 150;

let bundle: Bundle;
let folder: string;
beforeAll(async () => {
  bundle = await bundleCommandLine();
  folder = mkdtempSync(path.join(tmpdir(), 'patchlab-options-'));
  mkdirSync(path.join(folder, 'content'));
  for (let index = 0; index < MANY; index++)
    writeFileSync(
      path.join(folder, 'content', `${index}.detect`),
      `check c${index} { file "C:\\\\${index}" exists }\n`,
    );
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  bundle.remove();
});

interface Server {
  readonly child: ChildProcess;
  readonly connection: ProtocolConnection;
}

async function start(args: readonly string[], initializationOptions: object): Promise<Server> {
  const env = { ...process.env, XDG_CACHE_HOME: path.join(folder, 'system') };
  const child = spawn(process.execPath, [bundle.file, 'lsp', '--stdio', ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env,
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    initializationOptions,
    capabilities: {},
    workspaceFolders: [{ uri: pathToFileURL(path.join(folder, 'content')).href, name: 'content' }],
  });
  await connection.sendNotification('initialized', {});
  return { child, connection };
}

/** Waits for all files, and leaves as an editor does. */
async function leave({ child, connection }: Server): Promise<void> {
  await connection.sendRequest('workspace/symbol', { query: 'c1' });
  const ended = once(child, 'exit');
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  await ended;
  connection.dispose();
}

describe('the language server as a process', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('ends at once on %s', async (signal) => {
    const { child, connection } = await start(['--no-index'], {});
    const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
    const began = performance.now();
    child.kill(signal);
    expect(await ended).toEqual([0, null]);
    expect(performance.now() - began).toBeLessThan(3000);
    connection.dispose();
  });

  it('keeps its index where --index says, whatever the editor wants', async () => {
    const [asked, wanted] = [path.join(folder, 'asked'), path.join(folder, 'wanted')];
    await leave(await start(['--index', asked], { index: wanted }));
    expect(readdirSync(asked)).toEqual([expect.stringMatching(/\.index$/)]);
    expect(existsSync(wanted)).toBe(false);
  });

  it('keeps its index where the editor wants it', async () => {
    const wanted = path.join(folder, 'wanted');
    await leave(await start([], { index: wanted }));
    expect(readdirSync(wanted)).toEqual([expect.stringMatching(/\.index$/)]);
  });

  it('keeps nothing with --no-index', async () => {
    const other = path.join(folder, 'other');
    await leave(await start(['--no-index'], { index: other }));
    expect([existsSync(other), existsSync(path.join(folder, 'system'))]).toEqual([false, false]);
  });

  it('does not start when it is told both', async () => {
    const child = spawn(process.execPath, [bundle.file, 'lsp', '--stdio', '--no-index', '--index', folder]);
    expect(await once(child, 'exit')).toEqual([2, null]);
  });
});
