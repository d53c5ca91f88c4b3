/** The YAML language server, from the npm registry, pinned; once into .cache, which git ignores. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FILES = ['package.json', 'package-lock.json'];
const ROOT = path.resolve(import.meta.dirname, '../../..');

/** The arguments that start it over stdio, without the delay that it waits before it looks at a text. */
export function yamlServer(): readonly string[] {
  const lock = readFileSync(path.join(import.meta.dirname, 'package-lock.json'));
  const digest = createHash('sha256').update(lock).digest('hex').slice(0, 16);
  const folder = path.join(ROOT, '.cache', 'bench-yaml', digest);
  install(folder);
  const program = path.join(folder, 'node_modules/yaml-language-server/bin/yaml-language-server');
  return ['--import', path.join(import.meta.dirname, 'no-delay.ts'), program, '--stdio'];
}

function install(folder: string): void {
  const done = path.join(folder, 'installed');
  if (existsSync(done)) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of FILES) copyFileSync(path.join(import.meta.dirname, file), path.join(folder, file));
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_config_')));
  const run = spawnSync('npm', ['ci', ...quiet], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'], env });
  if (run.status !== 0) throw new Error('the YAML language server was not installed: is the npm registry in reach?');
  writeFileSync(done, '');
}
