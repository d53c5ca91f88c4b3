/** The sample content, as tests read it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A sample file with its text. */
export interface Sample {
  readonly file: string;
  readonly text: string;
}

const FOLDER = join(import.meta.dirname, '../../../samples');

const samples = (end: string): readonly Sample[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith(end))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(FOLDER, file), 'utf8') }));

/** Every sample script. */
export const SAMPLES = samples('.detect');
/** Every sample in XML. */
export const XML_SAMPLES = samples('.patches.xml');
/** All that makes one content. */
export const CONTENT = [...SAMPLES, ...XML_SAMPLES];
