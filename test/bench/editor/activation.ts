/** How long the extension keeps the editor from going on when it is activated, in new windows; and what it has loaded by then. */
import { appendFileSync, globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Editor } from '../../e2e/editor.ts';
import { command, inWorkbench, type Opened, type Tools } from './stage.ts';

const SCRIPT = '7-zip.detect';
const LOGGER = path.join(import.meta.dirname, 'log-loads.ts');

/** Milliseconds as the editor itself tells them: loading the program and running `activate`. */
export function measureActivation(tools: Tools, rounds: number): Promise<readonly number[]> {
  return inWorkbench(tools, {}, async (opened) => {
    const { workbench: wb } = opened;
    const times: number[] = [];
    for (let round = -1; round < rounds; round++) {
      await wb.leave();
      await wb.enter();
      const ms = await activated(opened);
      if (round >= 0) times.push(ms);
    }
    return times;
  });
}

async function activated(opened: Opened): Promise<number> {
  const { workbench: wb } = opened;
  await wb.openFile(SCRIPT);
  await command(opened, 'Developer: Show Running Extensions');
  const row = wb.page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'Patchlab' });
  const time = row.locator('.activation-time').filter({ hasText: /\d+ms/ });
  const list = wb.page.locator('.runtime-extensions-editor');
  await list.locator('.monaco-list-row').first().hover();
  // The dearest stand first, and only what can be seen is in the document.
  for (let turns = 0; turns < 40 && !(await time.isVisible()); turns++) {
    await wb.page.mouse.wheel(0, 300);
    await wb.page.waitForTimeout(100);
  }
  const said = await time.innerText();
  await wb.page.keyboard.press('Escape');
  await list.waitFor({ state: 'detached' });
  return Number(/(\d+)ms/.exec(said)?.[1]);
}

/** A file of the extension, or a part of Node, that was loaded; sizes in bytes. */
export interface Loaded {
  readonly process: 'editor' | 'server';
  readonly name: string;
  readonly size: number;
}

export interface LoadedSoon {
  readonly files: readonly Loaded[];
  /** Pages of webviews that stand in the window. */
  readonly pages: number;
}

/** What the extension and its server have loaded when a script was opened, and nothing was asked for yet. */
export async function loadedAtActivation(tools: Tools): Promise<LoadedSoon> {
  const folder = mkdtempSync(path.join(tmpdir(), 'patchlab-loads-'));
  const log = path.join(folder, 'loads');
  try {
    const run = async ({ workbench: wb }: Opened): Promise<number> => {
      await wb.openFile(SCRIPT);
      await wb.page.locator('.codelens-decoration a', { hasText: 'Scan' }).first().waitFor();
      await wb.page.waitForTimeout(2000);
      return await wb.page.locator('iframe.webview').count();
    };
    const pages = await inWorkbench(tools, {}, run, (editor) => noteLoads(editor, log));
    return { files: parsed(readFileSync(log, 'utf8')), pages };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The programs of the installed extension begin with what notes all that they load: the editor passes no options on to Node. */
function noteLoads({ userData }: Editor, log: string): void {
  const extensions = path.join(path.dirname(userData), 'extensions');
  for (const file of globSync(`${extensions}/patchlab.*/dist/{extension,patchlab}.js`)) {
    const text = readFileSync(file, 'utf8').replace(/^#!.*/, '');
    const kind = file.endsWith('extension.js') ? 'editor' : 'server';
    const size = Buffer.byteLength(text);
    const first = `${kind}\tdist/${path.basename(file)}\t${size}\n`;
    appendFileSync(log, first);
    writeFileSync(
      file,
      `process.env.LOADS_LOG=${JSON.stringify(log)};process.env.LOADS_OF=${JSON.stringify(kind)};require(${JSON.stringify(LOGGER)});${text}`,
    );
  }
}

function parsed(log: string): readonly Loaded[] {
  const lines = log.trim().split('\n');
  const loaded = lines.map((line): Loaded => {
    const [kind = '', file = '', size = '0'] = line.split('\t');
    return { process: kind === 'server' ? 'server' : 'editor', name: file, size: Number(size) };
  });
  const known = new Map(loaded.map((one) => [`${one.process} ${one.name}`, one]));
  return [...known.values()];
}

export const packageSize = ({ vsix }: Tools): number => statSync(vsix).size;
