/** What is read of one file or folder. */
import { createHash } from 'node:crypto';
import type { FileVersion, Observation, ObservationRequest } from '../../model/observation.ts';
import { WireError } from '../../wire/failure.ts';
import { NT } from '../../wire/nt-status.ts';
import { PeDamaged } from '../../wire/pe/reading.ts';
import { HEAD_LENGTH, readPeVersion } from '../../wire/pe/version.ts';
import type { Call } from '../../wire/smb/call.ts';
import type { Tree } from '../../wire/smb/tree.ts';
import { listFolder } from './list-folder.ts';
import { OpenFile, statFile } from './open-file.ts';
import { decodeText, MAX_TEXT } from './text.ts';
import { ABSENT, present, refused } from './unreadable.ts';

export type FileRequest = Extract<ObservationRequest, { kind: 'file' | 'version' | 'text' | 'sha256' | 'entries' }>;

export interface FilePlace {
  readonly tree: Tree;
  /** Relative to the share. */
  readonly name: string;
  readonly call: Call;
}

const CHUNK = 0x10000;
/** Chunks of one file in flight. */
const WINDOW = 8;
const MAX_HASHED = 512 * (1 << 20);

/** Answers one request; rejects with a failure of the wire where the machine does not answer. */
export async function readFile(at: FilePlace, kind: FileRequest['kind']): Promise<Observation> {
  return await absentOr(() => readKind(at, kind));
}

/** What was read, or that it is absent where the machine says so. */
export async function absentOr(read: () => Promise<Observation>): Promise<Observation> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof WireError && ABSENCES.has(error.failure.number ?? 0)) return ABSENT;
    throw error;
  }
}

/** What proves that there is no such file: no such name, no such folder, or a folder where a file was asked for. */
const ABSENCES: ReadonlySet<number> = new Set([
  NT.OBJECT_NAME_NOT_FOUND,
  NT.OBJECT_PATH_NOT_FOUND,
  NT.NO_SUCH_FILE,
  NT.FILE_IS_A_DIRECTORY,
  NT.NOT_A_DIRECTORY,
]);

async function readKind(at: FilePlace, kind: FileRequest['kind']): Promise<Observation> {
  switch (kind) {
    case 'file': {
      const { folder, size, modified } = await statFile(at.tree, at.name, at.call);
      return present({ folder, size: folder ? 0 : size, modified });
    }
    case 'entries':
      return await listFolder(at.tree, at.name, at.call);
    case 'version':
      return await withFile(at, HEAD_LENGTH, (file) => readVersion(file, at.call));
    case 'text':
      return await withFile(at, CHUNK, (file) => readText(file, at.call));
    case 'sha256':
      return await withFile(at, CHUNK, (file) => readSha256(file, at.call));
  }
}

async function withFile(
  at: FilePlace,
  headLength: number,
  read: (file: OpenFile) => Promise<Observation>,
): Promise<Observation> {
  const file = await OpenFile.open(at.tree, { name: at.name, headLength }, at.call);
  try {
    return await read(file);
  } finally {
    file.close();
  }
}

async function readVersion(file: OpenFile, call: Call): Promise<Observation<FileVersion>> {
  try {
    const reading = readPeVersion(file.created.size, file.head);
    let step = reading.next();
    while (!step.done) step = reading.next(await file.read(step.value, call));
    return present(step.value);
  } catch (error) {
    if (error instanceof PeDamaged) return refused(`the file is damaged: ${error.message}`);
    throw error;
  }
}

async function readText(file: OpenFile, call: Call): Promise<Observation<string>> {
  const { size } = file.created;
  if (size > MAX_TEXT) return refused(`the file has ${size} bytes; at most ${MAX_TEXT} are read as text`);
  const rest = await file.read(chunks(file.head.length, size), call);
  return present(decodeText(Buffer.concat([file.head, ...rest])));
}

async function readSha256(file: OpenFile, call: Call): Promise<Observation<string>> {
  const { size } = file.created;
  if (size > MAX_HASHED) return refused(`the file has ${size} bytes; at most ${MAX_HASHED} are hashed`);
  const hash = createHash('sha256').update(file.head);
  for (let offset = file.head.length; offset < size; offset += CHUNK * WINDOW) {
    const parts = await file.read(chunks(offset, Math.min(size, offset + CHUNK * WINDOW)), call);
    for (const part of parts) hash.update(part);
  }
  return present(hash.digest('hex'));
}

function chunks(from: number, to: number): readonly { offset: number; length: number }[] {
  return Array.from({ length: Math.max(0, Math.ceil((to - from) / CHUNK)) }, (_, index) => {
    const offset = from + index * CHUNK;
    return { offset, length: Math.min(CHUNK, to - offset) };
  });
}
