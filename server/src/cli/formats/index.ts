/** Every format of `patchlab check`, once. */
import type { Format } from './format.ts';
import { github } from './github.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { pretty } from './pretty.ts';
import { sarif } from './sarif.ts';

export const FORMATS = { pretty, json, sarif, github, junit } as const satisfies Readonly<Record<string, Format>>;
export type FormatName = keyof typeof FORMATS;

/** Whether a format is known. */
export const isFormat = (name: string): name is FormatName => Object.hasOwn(FORMATS, name);
