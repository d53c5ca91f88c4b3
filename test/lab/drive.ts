/** A lab machine's drive: a folder of this machine, addressed by Windows paths. */
import { closeSync, copyFileSync, ftruncateSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { composePeFile } from './pe-file.ts';
import type { SparseFile } from './pe-file.ts';
import type { LabFile } from './spec.ts';

/** The one drive of a lab machine. */
export interface LabDrive {
  readonly folder: string;
  /** `C`, nearly always. */
  readonly letter: string;
}

function sameNameOnDisk(folder: string, name: string): string {
  if (!existsSync(folder)) return name;
  const wanted = name.toLowerCase();
  return readdirSync(folder).find((entry) => entry.toLowerCase() === wanted) ?? name;
}

/** Where a Windows path lies on this machine; parts that exist are found without regard to case. */
export function localPath(drive: LabDrive, windowsPath: string): string {
  const [letter = '', ...parts] = windowsPath.split('\\').filter((part) => part !== '');
  if (letter.toUpperCase() !== `${drive.letter}:` || parts.includes('..')) {
    throw new Error(`this lab machine has one drive, ${drive.letter}:, so ${windowsPath} is nowhere`);
  }
  return parts.reduce((folder, part) => path.join(folder, sameNameOnDisk(folder, part)), drive.folder);
}

function writeSparse(target: string, file: SparseFile): void {
  const descriptor = openSync(target, 'w');
  try {
    ftruncateSync(descriptor, file.size);
    for (const { offset, bytes } of file.parts) writeSync(descriptor, bytes, 0, bytes.length, offset);
  } finally {
    closeSync(descriptor);
  }
}

/** Writes one file or folder, and the folders above it. */
export function writeLabFile(drive: LabDrive, windowsPath: string, file: LabFile): void {
  const target = localPath(drive, windowsPath);
  mkdirSync(path.dirname(target), { recursive: true });
  if (typeof file === 'string' || file instanceof Uint8Array) writeFileSync(target, file);
  else if ('pe' in file) writeSparse(target, composePeFile(file.pe));
  else if ('copyOf' in file) copyFileSync(file.copyOf, target);
  else mkdirSync(target, { recursive: true });
}

/** Removes a file, or a folder and all in it. */
export function removeLabFile(drive: LabDrive, windowsPath: string): void {
  rmSync(localPath(drive, windowsPath), { recursive: true, force: true });
}
