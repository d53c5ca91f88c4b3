/** A script that uses every construct that patch definitions can say too. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const EVERYTHING = readFileSync(join(import.meta.dirname, 'everything.detect'), 'utf8');
