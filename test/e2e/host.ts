/**
 * A real VS Code workbench, from the npm registry alone and without compiling anything: code-server holds all of it.
 * Installed once into .cache, which git ignores; EDITOR_HOST names a folder that has it already.
 */
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const RECIPE = path.join(import.meta.dirname, 'host');
const FILES = ['package.json', 'package-lock.json'];
const WORKBENCH = 'node_modules/code-server/lib/vscode';

/** The program that serves the workbench; run it with this Node. */
export function ensureHost(): string {
  const given = process.env.EDITOR_HOST;
  const folder = given ?? path.join(ROOT, '.cache', 'editor-host', recipeDigest());
  if (given === undefined) install(folder);
  return path.join(folder, 'node_modules/code-server/out/node/entry.js');
}

function recipeDigest(): string {
  const hash = createHash('sha256');
  for (const file of FILES) hash.update(readFileSync(path.join(RECIPE, file)));
  return hash.digest('hex').slice(0, 16);
}

function install(folder: string): void {
  const done = path.join(folder, 'installed');
  if (existsSync(done)) return;
  console.log('Installing the editor for the end-to-end test (about 800 MB, once)...');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of FILES) copyFileSync(path.join(RECIPE, file), path.join(folder, file));
  npm(folder, ['ci']);
  // Its own packages come with a shrinkwrap that is out of step with their package.json, so `npm ci` refuses them.
  for (const inner of [WORKBENCH, `${WORKBENCH}/extensions`]) {
    npm(path.join(folder, inner), ['install', '--omit=dev', '--no-save']);
  }
  writeFileSync(done, '');
}

function npm(cwd: string, args: readonly string[]): void {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_config_')));
  const run = spawnSync('npm', [...args, ...quiet], { cwd, stdio: ['ignore', 'inherit', 'inherit'], env });
  if (run.status !== 0) throw new Error(`npm ${args[0]} failed in ${cwd}: is the npm registry in reach?`);
}
