/** The reader of the 2001 catalogue: from its text to patch definitions, and everything that is to say about it. */
import type { Finding } from '../../model/source.ts';
import { writeFile } from '../../patchxml/write/write.ts';
import { convertCatalogue } from './convert.ts';
import { readCatalogue } from './read.ts';

export { isCatalogue } from './read.ts';

/** A converted catalogue. Findings are in the order of their places. */
export interface Converted {
  /** A file of patch definitions. */
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** Converts a catalogue. Never throws, whatever the text. */
export function fromCatalogue2001(file: string, text: string): Converted {
  const catalogue = readCatalogue(file, text);
  const written = writeFile(convertCatalogue(catalogue));
  const findings = catalogue.findings.toSorted((a, b) => a.at.start - b.at.start || a.at.end - b.at.end);
  return { text: written, findings };
}
