/** Puts a server that empties the answers to one request in the place of an installed extension's own. */
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const STAND_IN = path.join(import.meta.dirname, 'emptying-server.ts');

/** `extensions` is the folder that the packaged extension was installed into. */
export function emptyReplies(extensions: string, method: string): void {
  const installed = readdirSync(extensions).find((name) => name.startsWith('patchlab.'));
  if (installed === undefined) throw new Error(`there is no extension in ${extensions}`);
  const server = path.join(extensions, installed, 'dist/patchlab.js');
  const own = path.join(path.dirname(server), 'patchlab-own.js');
  renameSync(server, own);
  const args = JSON.stringify([STAND_IN, method, own]);
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
