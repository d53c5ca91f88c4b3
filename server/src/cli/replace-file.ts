/** Writes a file that is there already, whole or not at all. */
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * Puts other bytes in the place of those that were read: beside the file, brought to the disk, then renamed, with the file's
 * own permissions. Gives false where the file holds something else by now. Rejects with the file system's error.
 */
export async function replaceFile(file: string, read: Uint8Array, write: Uint8Array): Promise<boolean> {
  // Of a link, the file that it leads to is replaced, and the link stays.
  const real = await realpath(file);
  const { mode } = await stat(real);
  const temporary = path.join(path.dirname(real), `.${path.basename(real)}.${process.pid}.writing`);
  try {
    const handle = await open(temporary, 'wx', mode);
    try {
      await handle.writeFile(write);
      await handle.chmod(mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (!(await readFile(real)).equals(read)) {
      await rm(temporary, { force: true });
      return false;
    }
    await rename(temporary, real);
    return true;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
