import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSurelySame, stampOf, type Stamp } from '../../../../server/src/lsp/closed/stamp.ts';
import { cacheFolder, readStore, removeOldStores, storeOf } from '../../../../server/src/lsp/closed/store.ts';
import { Workspace } from '../../../../server/src/lsp/workspace.ts';

const MANY = 120;
const VERSION = 'this program';

let folder: string;
let cache: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'patchlab-folder-'));
  cache = mkdtempSync(path.join(tmpdir(), 'patchlab-cache-'));
  for (let index = 0; index < MANY; index++) writeFileSync(fileAt(index), textOf(index, 'C:\\Windows\\a.dll'));
});
afterEach(() => {
  for (const one of [folder, cache]) rmSync(one, { recursive: true, force: true });
});

const fileAt = (index: number): string => path.join(folder, `${index}.detect`);
const textOf = (index: number, file: string): string => {
  const used = index === 6 ? ' check c5' : index > 0 ? ' check c0' : '';
  return `check c${index} "ä" { file "${file}" exists${used} }\n`;
};

async function started(version = VERSION): Promise<Workspace> {
  const workspace = new Workspace(version);
  workspace.cache = cache;
  await workspace.setFolders([pathToFileURL(folder).href]);
  return workspace;
}

const store = (): string => storeOf(cache, [folder]);
const found = (workspace: Workspace): unknown => workspace.analysis.findings();

/** As a server finds it that has nothing to go by. */
async function afresh(): Promise<unknown> {
  const workspace = new Workspace(VERSION);
  await workspace.setFolders([pathToFileURL(folder).href]);
  return found(workspace);
}

/** A first server that has looked at everything. */
async function firstStart(): Promise<void> {
  const workspace = await started();
  workspace.analysis.lookAtAll();
  await workspace.keep();
}

describe('what is kept of a workspace for the next start', () => {
  it('lies in the cache alone, and gives the next server the same findings', async () => {
    const before = readdirSync(folder);
    await firstStart();
    expect(readdirSync(folder)).toEqual(before);
    expect(readStore(store(), VERSION)?.size).toBe(MANY);
    const second = await started();
    expect(found(second)).toEqual(await afresh());
    expect(second.analysis.findings().length).toBeGreaterThanOrEqual(MANY);
  });

  it('is not believed where a file is another with the same size and time of change', async () => {
    await firstStart();
    const { atime, mtime, size } = statSync(fileAt(7));
    writeFileSync(fileAt(7), textOf(7, 'D:\\Windows\\b.dll'));
    utimesSync(fileAt(7), atime, mtime);
    expect(statSync(fileAt(7))).toMatchObject({ size, mtime });
    const second = await started();
    expect(second.analysis.index.closedOf(fileAt(7))?.isText(textOf(7, 'D:\\Windows\\b.dll'))).toBe(true);
    expect(found(second)).toEqual(await afresh());
  });

  it('takes in files that came, went and changed since', async () => {
    await firstStart();
    rmSync(fileAt(3));
    writeFileSync(fileAt(5), 'check c5(level) { windows.build >= level }\n');
    writeFileSync(fileAt(MANY), 'check other { check c1 }\n');
    const second = await started();
    expect(found(second)).toEqual(await afresh());
    expect(second.analysis.findings().map(({ code }) => code)).toContain('wrong-arguments');
  });

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 200)],
    ['empty', () => Buffer.alloc(0)],
    ['changed in the middle', (bytes: Buffer) => bytes.fill(0x41, bytes.length >> 1, (bytes.length >> 1) + 1)],
    ['something else', () => Buffer.from('hello\n')],
  ])('is as if it were not there when it is %s', async (_, spoiled) => {
    await firstStart();
    writeFileSync(store(), spoiled(readFileSync(store())));
    expect(readStore(store(), VERSION)).toBeUndefined();
    expect(found(await started())).toEqual(await afresh());
  });

  it('is of no use to another version of the program, which leaves its own', async () => {
    await firstStart();
    expect(readStore(store(), 'another program')).toBeUndefined();
    const other = await started('another program');
    other.analysis.lookAtAll();
    await other.keep();
    expect(readStore(store(), 'another program')?.size).toBe(MANY);
    expect(readdirSync(cache)).toHaveLength(1);
  });

  it('is told of a file that changes behind its back, when that file is read', async () => {
    await firstStart();
    const second = await started();
    const told: string[] = [];
    second.onChangedOnDisk = (file) => void told.push(file);
    expect(second.analysis.declarations().checks.get('c8')?.id).toBe('c8');
    writeFileSync(fileAt(9), 'check renamed { windows.build > 5 }\n');
    expect(second.analysis.declarations().checks.get('c9')).toBeUndefined();
    expect(told).toEqual([fileAt(9)]);
  });
});

describe('the stamp of a file', () => {
  const before = ['12 1000 1000 7', 1000, 5000] as const;
  it('says that it is the same where all of it is, and it was looked at long after its last change', () => {
    expect(isSurelySame(before, ['12 1000 1000 7', 1000, 90_000])).toBe(true);
    expect(isSurelySame(before, ['12 1000 4000 7', 4000, 90_000])).toBe(false);
    expect(isSurelySame(['12 1000 1000 7', 1000, 2500], before)).toBe(false);
    // What JSON makes of a time that is not told.
    expect(isSurelySame(JSON.parse('["12 1000 0 7", null, 90000]') as Stamp, ['12 1000 0 7', Infinity, 90_000])).toBe(
      false,
    );
  });
  it('changes with each change of the file, even where its time is set back', () => {
    const { atime, mtime } = statSync(fileAt(1));
    const first = stampOf(fileAt(1));
    writeFileSync(fileAt(1), readFileSync(fileAt(1)));
    utimesSync(fileAt(1), atime, mtime);
    expect(stampOf(fileAt(1))?.[0]).not.toBe(first?.[0]);
    expect(stampOf(fileAt(MANY + 1))).toBeUndefined();
  });
});

describe('the folder for what can be made again', () => {
  it('is the one of the system, and a relative one is none', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/x' }, 'linux')).toBe('/x/patchlab/index');
    expect(cacheFolder({ XDG_CACHE_HOME: 'x' }, 'linux')).toMatch(/\/\.cache\/patchlab\/index$/);
    expect(cacheFolder({}, 'darwin')).toMatch(/Library\/Caches\/patchlab\/index$/);
    expect(cacheFolder({ LOCALAPPDATA: 'L' }, 'win32')).toMatch(/^L.patchlab.index$/);
  });
});

describe('stores of other folders', () => {
  const DAY_MS = 24 * 60 * 60 * 1000;
  const named = (index: number, ending = ''): string => `${String(index).padStart(24, '0')}.index${ending}`;
  const put = (name: string, daysAgo: number): void => {
    writeFileSync(path.join(cache, name), 'x');
    const time = new Date(Date.now() - daysAgo * DAY_MS);
    utimesSync(path.join(cache, name), time, time);
  };

  it('are removed when nobody has used them for 30 days, or 20 others since', async () => {
    for (let index = 0; index < 25; index++) put(named(index), index);
    await removeOldStores(cache);
    expect(readdirSync(cache).sort()).toEqual(Array.from({ length: 20 }, (_, index) => named(index)));
    put(named(3), 31);
    await removeOldStores(cache);
    expect(readdirSync(cache)).not.toContain(named(3));
    expect(readdirSync(cache)).toHaveLength(19);
  });

  it('that were left unfinished are removed after a day, and nothing that is not a store', async () => {
    const ending = '.0b5f1c9e-52a6-4f0e-9f36-7c1e0a6d0f11';
    put(named(1, ending), 2);
    put(named(2, ending), 0);
    put('notes.txt', 400);
    put('short.index', 400);
    await removeOldStores(cache);
    expect(readdirSync(cache).sort()).toEqual([named(2, ending), 'notes.txt', 'short.index']);
  });

  it('count as used when a server reads them', async () => {
    await firstStart();
    const long = new Date(Date.now() - 40 * DAY_MS);
    utimesSync(store(), long, long);
    await started();
    await removeOldStores(cache);
    expect(readdirSync(cache)).toHaveLength(1);
  });
});
