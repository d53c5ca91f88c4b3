/**
 * Summaries of closed files on disk, from one start of the server to the next: never in the workspace, always whole, and of no
 * use to another version of the server. What is wrong with it in any way is as if it were not there.
 */
import { createHash, hash, randomUUID } from 'node:crypto';
import { readFileSync, statSync, utimesSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { ByRule } from '../../lint/by-file.ts';
import { RULES } from '../../lint/rules/index.ts';
import { asciiJson } from '../../model/facts/pack.ts';
import type { Finding } from '../../model/source.ts';
import type { KeptLint } from '../lint-key.ts';
import type { Stamp } from './stamp.ts';
import { fingerprint, SUMMARY_LINES, SUMMARY_VERSION, Summary } from './summary.ts';

/** What rules found, by their codes. */
type FoundByCode = readonly (readonly [code: string, findings: readonly Finding[]])[];

/** A file as it is kept. */
export interface KeptFile {
  readonly stamp: Stamp;
  readonly summary: Summary;
  readonly lint?: KeptLint | undefined;
}

type First = readonly [file: string, stamp: Stamp, lintKey: string | 0, found: FoundByCode];

const NEWLINE = 10;
const NEW_LINE = Buffer.from('\n');
/** So much is written at once. */
const PART = 256 * 1024;
const DAY_MS = 24 * 60 * 60 * 1000;
/** A store that nobody has used for so long is removed. */
const KEPT_DAYS = 30;
/** And of more stores those that were used longest ago. */
const MOST_STORES = 20;
/** What this program calls its files: whatever else lies in the folder is left alone. */
const STORE_NAME = /^[\w-]{24}\.index(\.[\da-f-]{36})?$/;

/** The folder of this user for what can be made again. */
export function cacheFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
  const home = os.homedir();
  if (platform === 'win32')
    return path.join(env.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'), 'patchlab', 'index');
  if (platform === 'darwin') return path.join(home, 'Library', 'Caches', 'patchlab', 'index');
  const wanted = env.XDG_CACHE_HOME ?? '';
  return path.join(path.isAbsolute(wanted) ? wanted : path.join(home, '.cache'), 'patchlab', 'index');
}

/** Where what is known of some folders is kept. */
export const storeOf = (cache: string, folders: readonly string[]): string =>
  path.join(cache, `${fingerprint(folders.toSorted().join('\n'))}.index`);

/** Of the program that runs: another one may find something else in the same text. */
export function programVersion(program = process.argv[1]): string | undefined {
  try {
    const { size, mtimeMs } = statSync(program ?? '');
    return `patchlab index ${SUMMARY_VERSION} ${size} ${mtimeMs}`;
  } catch {
    return undefined;
  }
}

/** What is kept, by file; undefined where there is nothing that can be used. */
export function readStore(file: string, version: string): ReadonlyMap<string, KeptFile> | undefined {
  try {
    const kept = parse(readFileSync(file), version);
    // It is used: that is what keeps it from being removed.
    if (kept) utimesSync(file, new Date(), new Date());
    return kept;
  } catch {
    return undefined;
  }
}

/** The last line says what all before it must be. */
function parse(bytes: Buffer, version: string): ReadonlyMap<string, KeptFile> | undefined {
  const end = bytes.lastIndexOf(NEWLINE, bytes.length - 2) + 1;
  const body = bytes.subarray(0, end);
  if (end === 0 || bytes.toString('latin1', end) !== `${hash('sha256', body, 'hex')}\n`) return undefined;
  let from = body.indexOf(NEWLINE) + 1;
  if (body.toString('latin1', 0, from) !== `${version}\n`) return undefined;
  const files = new Map<string, KeptFile>();
  while (from < end) {
    const second = body.indexOf(NEWLINE, from) + 1;
    const [file, stamp, key, found] = JSON.parse(body.toString('latin1', from, second)) as First;
    let next = second;
    for (let line = 0; line < SUMMARY_LINES; line++) next = body.indexOf(NEWLINE, next) + 1;
    const lint = key === 0 ? undefined : { key, found: byRule(found) };
    files.set(file, { stamp, summary: new Summary(file, body.subarray(second, next - 1)), lint });
    from = next;
  }
  return files;
}

/** What rules found, from how it is kept. */
function byRule(found: FoundByCode): ByRule {
  return new Map(
    found.flatMap(([code, findings]) => {
      const rule = RULES.find((one) => one.code === code);
      return rule ? [[rule, findings] as const] : [];
    }),
  );
}

/** The lines of one file. */
export function linesOf({ stamp, summary, lint }: KeptFile): readonly Buffer[] {
  const found = [...(lint?.found ?? [])].map(([{ code }, findings]) => [code, findings] as const);
  const first: First = [summary.file, stamp, lint?.key ?? 0, found];
  return [Buffer.from(`${asciiJson(first)}\n`, 'latin1'), summary.bytes, NEW_LINE];
}

/** Keeps what `linesOf` gave of all files, a part at a time. Whoever reads meanwhile reads what was kept before. */
export async function writeStore(
  file: string,
  version: string,
  lines: Iterable<Buffer> | AsyncIterable<Buffer>,
): Promise<void> {
  const unfinished = `${file}.${randomUUID()}`;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  try {
    await writeFile(unfinished, inParts(version, lines), { mode: 0o600 });
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function* inParts(version: string, lines: Iterable<Buffer> | AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const sum = createHash('sha256');
  let part: Buffer[] = [Buffer.from(`${version}\n`, 'latin1')];
  let length = 0;
  for await (const line of lines) {
    part.push(line);
    length += line.length;
    if (length < PART) continue;
    const whole = Buffer.concat(part);
    sum.update(whole);
    yield whole;
    [part, length] = [[], 0];
  }
  const last = Buffer.concat(part);
  yield Buffer.concat([last, Buffer.from(`${sum.update(last).digest('hex')}\n`, 'latin1')]);
}

/** Removes stores that nobody has read or written for long, those beyond the last few, and what was left unfinished. */
export async function removeOldStores(cache: string, now = Date.now()): Promise<void> {
  const stores: { readonly file: string; readonly used: number }[] = [];
  for (const name of await readdir(cache)) {
    if (!STORE_NAME.test(name)) continue;
    const file = path.join(cache, name);
    const used = await stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
    if (used === undefined) continue;
    if (!name.endsWith('.index')) {
      if (now - used > DAY_MS) await rm(file, { force: true });
    } else stores.push({ file, used });
  }
  const inOrder = stores.toSorted((a, b) => b.used - a.used);
  for (const [at, { file, used }] of inOrder.entries())
    if (at >= MOST_STORES || now - used > KEPT_DAYS * DAY_MS) await rm(file, { force: true });
}
