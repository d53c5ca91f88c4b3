/** The sample content, as tests read it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../../samples');

/** Every sample script with its text. */
export const SAMPLES: readonly { readonly file: string; readonly text: string }[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.detect'))
  .sort()
  .map((file) => ({ file, text: readFileSync(join(FOLDER, file), 'utf8') }));
