/** Copies the samples out of the extension: what belongs to it must not be edited, and goes with its next version. */
import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const NAME = 'patchlab-samples';
/** More than anybody keeps beside each other. */
const MOST = 1000;

/** Copies them into a new folder of a folder, and gives its path. What is there already stays as it is. */
export async function copySamples(samples: string, parent: string): Promise<string> {
  for (let number = 1; number <= MOST; number++) {
    const folder = path.join(parent, number === 1 ? NAME : `${NAME}-${number}`);
    try {
      await mkdir(folder);
    } catch (error) {
      if (isThere(error)) continue;
      throw error;
    }
    await cp(samples, folder, { recursive: true });
    // Makes it a workspace of content that the extension knows at once, and a place for groups and severities.
    await writeFile(path.join(folder, 'patchlab.json'), '{\n  "content": ["."]\n}\n', { flag: 'wx' }).catch(ifThere);
    return folder;
  }
  throw new Error(`${parent} has ${MOST} copies of the samples`);
}

function isThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

function ifThere(error: unknown): void {
  if (!isThere(error)) throw error;
}
