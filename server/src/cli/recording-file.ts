/** Writes a snapshot to disk. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from './verb.ts';

/** Writes the file whole or not at all. */
export async function writeRecording(file: string, text: string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(path.dirname(path.resolve(file)), { recursive: true });
    await writeFile(temporary, text, { mode: 0o600 });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new UsageError(
      `The recording cannot be written to "${file}": ${error instanceof Error ? error.message : ''}`,
    );
  }
}
