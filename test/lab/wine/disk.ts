/** The disk and registry of a machine, made once by Wine: Windows' own files, and the old release of every program installed. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { registryFile } from '../registry-file.ts';
import { runOrThrow } from '../run-program.ts';
import { overlay } from './overlay.ts';
import { filesBelow, removeLinks, WinePrefix } from './prefix.ts';
import { buildInstallers, installerOf } from './programs.ts';

const HERE = import.meta.dirname;
const ROOT = path.join(HERE, '..', '..', '..');

/** What lies in the cache; nothing runs in it, and machines have copies. */
export interface WineDisk {
  /** The C: drive. */
  readonly drive: string;
  /** Wine's own files: the registry, without drives. */
  readonly prefix: string;
  readonly installers: string;
  /** The whole registry as `regedit /E` wrote it. */
  readonly registry: string;
}

function diskIn(folder: string): WineDisk {
  const below = (name: string) => path.join(folder, name);
  return {
    drive: below('drive'),
    prefix: below('prefix'),
    installers: below('installers'),
    registry: below('registry.reg'),
  };
}

/** Whatever the disk is made of: the recipes, the overlay, and Wine itself. */
async function digest(): Promise<string> {
  const hash = createHash('sha256').update(await runOrThrow('wine', ['--version']));
  const sources = filesBelow(HERE).map((file) => file.path);
  for (const file of sources.toSorted()) {
    hash.update(path.basename(file)).update(readFileSync(file));
  }
  hash.update(registryFile(overlay()));
  return hash.digest('hex').slice(0, 16);
}

const STRIPPED = /\.(?:dll|exe|sys|drv|ocx|acm|cpl|ax)$/i;

/** Takes debugging symbols out of Wine's programs: a quarter of the disk remains. */
async function strip(folder: string): Promise<void> {
  const files = filesBelow(folder)
    .map((file) => file.path)
    .filter((file) => STRIPPED.test(file));
  for (let from = 0; from < files.length; from += 100) {
    await runOrThrow('strip', files.slice(from, from + 100), { deadline: 120_000 });
  }
}

async function make(disk: WineDisk): Promise<void> {
  mkdirSync(disk.prefix, { recursive: true });
  await buildInstallers(disk.installers);
  const wine = new WinePrefix(disk.prefix);
  try {
    await wine.must('wineboot', '-i');
    await wine.stop();
    renameSync(path.join(disk.prefix, 'drive_c'), disk.drive);
    // As Windows writes it: it is a share as well.
    renameSync(path.join(disk.drive, 'windows'), path.join(disk.drive, 'Windows'));
    wine.setDrives({ c: disk.drive, z: disk.installers });
    removeLinks(disk.drive);
    await strip(disk.drive);
    await wine.must('winecfg', '-v', 'win10');
    const overlayFile = path.join(disk.installers, 'overlay.reg');
    writeFileSync(overlayFile, `\ufeff${registryFile(overlay())}`, 'utf16le');
    await wine.must('regedit', '/S', 'Z:\\overlay.reg');
    await wine.must('msiexec', '/i', `Z:\\${installerOf.archiver('old')}`, '/qn');
    await wine.must(`Z:\\${installerOf.packer('old', 32)}`, '/S');
    await wine.must(`Z:\\${installerOf.packer('old', 64)}`, '/S');
    await wine.must(`Z:\\${installerOf.notes('old')}`, '/S');
    await wine.must('regedit', '/E', 'Z:\\registry.reg');
    renameSync(path.join(disk.installers, 'registry.reg'), disk.registry);
  } finally {
    await wine.stop();
  }
  rmSync(path.join(disk.prefix, 'dosdevices'), { recursive: true, force: true });
}

/** The disk of this Wine and these recipes, made where it is not there yet: half a minute. Older ones are removed. */
export async function wineDisk(): Promise<WineDisk> {
  const cache = path.join(ROOT, '.cache', 'lab');
  const name = `wine-${await digest()}`;
  const folder = path.join(cache, name);
  if (existsSync(folder)) return diskIn(folder);
  mkdirSync(cache, { recursive: true });
  for (const old of readdirSync(cache).filter((entry) => entry.startsWith('wine-'))) {
    rmSync(path.join(cache, old), { recursive: true, force: true });
  }
  const unfinished = `${folder}.${process.pid}`;
  try {
    await make(diskIn(unfinished));
    // Another process may have made it meanwhile.
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return diskIn(folder);
}
