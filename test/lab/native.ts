/** Builds the lab's two small C programs once, for this machine, into `.cache/lab/`. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runOrThrow } from './run-program.ts';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.dirname(path.dirname(HERE));

/** Paths of what `native/` builds to: the library that Samba loads, and the program that keeps a machine. */
export interface NativeParts {
  readonly shim: string;
  readonly keeper: string;
}

async function build(source: string, flags: readonly string[], libraries: readonly string[]): Promise<string> {
  const from = path.join(HERE, 'native', source);
  const digest = createHash('sha256').update(readFileSync(from)).digest('hex').slice(0, 16);
  const folder = path.join(ROOT, '.cache', 'lab');
  const to = path.join(folder, `${path.basename(source, '.c')}-${digest}`);
  if (existsSync(to)) return to;
  mkdirSync(folder, { recursive: true });
  const unfinished = `${to}.${process.pid}`;
  await runOrThrow('gcc', ['-O2', '-Wall', '-Wextra', ...flags, '-o', unfinished, from, ...libraries]);
  renameSync(unfinished, to);
  return to;
}

let built: Promise<NativeParts> | undefined;

/** Builds what is not built yet, by content: a changed source is built anew. Machines that start at once share one build. */
export function nativeParts(): Promise<NativeParts> {
  built ??= buildParts();
  return built;
}

async function buildParts(): Promise<NativeParts> {
  const [shim, keeper] = await Promise.all([
    build('shim.c', ['-shared', '-fPIC'], ['-ldl']),
    build('keeper.c', [], []),
  ]);
  return { shim, keeper };
}
