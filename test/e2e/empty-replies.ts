/** Puts a server that can empty the answers to one request in the place of an installed extension's own. */
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { METHOD_FILE, NOTES_FILE } from './emptying-server.ts';

const STAND_IN = path.join(import.meta.dirname, 'emptying-server.ts');

/** Says which answers are emptied, and how many were. */
export interface Emptying {
  /** From now on those to this request; without one, none. */
  readonly of: (method?: string) => void;
  /** How many answers to a request were emptied so far. */
  readonly count: (method: string) => number;
  /** Puts the stand-in into the folder that the packaged extension was installed into. */
  readonly install: (extensions: string) => void;
  readonly end: () => void;
}

export function startEmptying(): Emptying {
  const folder = mkdtempSync(path.join(tmpdir(), 'patchlab-emptying-'));
  const [method, notes] = [path.join(folder, METHOD_FILE), path.join(folder, NOTES_FILE)];
  writeFileSync(notes, '');
  return {
    of: (named) => (named === undefined ? rmSync(method, { force: true }) : writeFileSync(method, named)),
    count: (named) =>
      readFileSync(notes, 'utf8')
        .split('\n')
        .filter((line) => line === named).length,
    install: (extensions) => putBefore(extensions, folder),
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function putBefore(extensions: string, folder: string): void {
  const installed = readdirSync(extensions).find((name) => name.startsWith('patchlab.'));
  if (installed === undefined) throw new Error(`there is no extension in ${extensions}`);
  const server = path.join(extensions, installed, 'dist/patchlab.js');
  const own = path.join(path.dirname(server), 'patchlab-own.js');
  renameSync(server, own);
  const args = JSON.stringify([STAND_IN, folder, own]);
  // The editor starts it as it would start the real one; stdio is handed on as it is.
  writeFileSync(
    server,
    `const { spawn } = require('node:child_process');
if (!process.argv.includes('lsp')) require(${JSON.stringify(own)});
else {
  const child = spawn(process.execPath, [...${args}, ...process.argv.slice(2)], { stdio: 'inherit' });
  child.on('exit', (code) => process.exit(code ?? 1));
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill(signal));
}
`,
  );
}
