/** Starts the workbench on a loopback port with fresh user data and the packaged extension in it. */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Emptying } from './empty-replies.ts';

export interface Editor {
  readonly url: string;
  /** The workspace: a copy that the test may change. */
  readonly workspace: string;
  /** What the workspace was copied from. */
  readonly content: string;
  readonly userData: string;
  stop(): Promise<void>;
}

/** What makes the workbench the same in every run: no tips, no network, no animation, nothing that steals the focus. */
const SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.quickOpen.closeOnFocusLost': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.colorTheme': 'Default Dark Modern',
  'window.dialogStyle': 'custom',
  'window.commandCenter': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'update.mode': 'none',
  'git.enabled': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
  'files.autoSave': 'off',
};

export interface StartOptions {
  /** The program of the workbench. */
  readonly entry: string;
  readonly vsix: string;
  /** Copied into the workspace. */
  readonly content: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Empties some of the server's answers. */
  readonly emptying?: Emptying | undefined;
}

export async function startEditor({ entry, vsix, content, settings = {}, emptying }: StartOptions): Promise<Editor> {
  const folder = mkdtempSync(path.join(tmpdir(), 'patchlab-editor-'));
  const userData = path.join(folder, 'user-data');
  const workspace = path.join(folder, 'workspace');
  mkdirSync(path.join(userData, 'User'), { recursive: true });
  cpSync(content, workspace, { recursive: true });
  writeFileSync(path.join(userData, 'User/settings.json'), JSON.stringify({ ...SETTINGS, ...settings }));
  writeFileSync(path.join(folder, 'config.yaml'), 'auth: none\n');
  const flags = [
    ...['--config', path.join(folder, 'config.yaml'), '--user-data-dir', userData],
    ...['--extensions-dir', path.join(folder, 'extensions'), '--disable-telemetry', '--disable-update-check'],
    '--disable-getting-started-override',
  ];
  const env = environment(folder);
  const installed = spawnSync(process.execPath, [entry, ...flags, '--install-extension', vsix], { env });
  if (installed.status !== 0) throw new Error(`the extension could not be installed: ${String(installed.stderr)}`);
  emptying?.install(path.join(folder, 'extensions'));

  const port = await freePort();
  const child = spawn(process.execPath, [entry, ...flags, '--bind-addr', `127.0.0.1:${port}`, workspace], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const log: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => log.push(String(data)));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    // The whole process group: extension hosts and language servers are its children.
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGTERM');
    await Promise.race([ended, sleep(3000)]);
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  if (!(await answers(`http://127.0.0.1:${port}/healthz`))) {
    await stop();
    throw new Error(`the editor did not start:\n${log.join('')}`);
  }
  const url = `http://127.0.0.1:${port}/?folder=${encodeURIComponent(workspace)}`;
  return { url, workspace, content, userData, stop };
}

/** Nothing of this machine's own editor settings, and no extension gallery. */
function environment(home: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|VSCODE_|PATCHLAB_)/.test(name));
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_DATA_HOME: home,
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  };
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended already.
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function answers(url: string): Promise<boolean> {
  for (const until = Date.now() + 30_000; Date.now() < until; await sleep(50)) {
    if ((await fetch(url).catch(() => undefined))?.ok) return true;
  }
  return false;
}
