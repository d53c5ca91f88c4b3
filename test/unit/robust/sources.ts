/** What is mutated: the samples, everything that the two formats can say, a small catalogue, each whole and in small parts. */
import { parse } from '../../../server/src/syntax/parse.ts';
import { SMALL } from '../convert/small-catalogue.ts';
import { asXml } from '../patchxml/as-xml.ts';
import { EVERYTHING } from '../patchxml/everything.ts';
import { SAMPLES } from '../samples/sample-files.ts';

const WHOLE_SCRIPTS = [...SAMPLES.map(({ text }) => text), EVERYTHING];

/** One declaration each: small, so that a mutation hits something. */
export const SCRIPTS: readonly string[] = WHOLE_SCRIPTS.flatMap((text) =>
  parse(text).file.declarations.map(({ start, end }) => `${text.slice(start, end)}\n`),
);

/** Whole files, which take longer. */
export const FILES: readonly string[] = WHOLE_SCRIPTS;

/** The same declarations as patch definitions. */
export const XML: readonly string[] = SCRIPTS.map(asXml).filter((text) => text.includes('id='));

export const XML_FILE = asXml(EVERYTHING);

export const CATALOGUE = SMALL;
