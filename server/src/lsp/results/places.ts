/** Where results lie besides the editor's own history: arrivals and stores that the patchlab.json of a folder names. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { CONFIGURATION_FILE, ConfigurationError, parseConfiguration } from '../../scan/configuration/configuration.ts';
import type { ResultOrigin } from '../../protocol/results.ts';
import { readContentFile } from '../disk.ts';

export interface Place {
  readonly origin: Exclude<ResultOrigin, 'history'>;
  /** The workspace folder. */
  readonly folder: string;
  /** The arrivals folder, or the store's file. */
  readonly path: string;
}

/** Those that are there; what is wrong with a configuration is a sentence of `problems`. */
export async function placesIn(
  folders: readonly string[],
): Promise<{ readonly places: readonly Place[]; readonly problems: readonly string[] }> {
  const places: Place[] = [];
  const problems: string[] = [];
  for (const folder of folders) {
    const text = await readContentFile(path.join(folder, CONFIGURATION_FILE));
    if (text === undefined) continue;
    try {
      const { arrivals, store } = parseConfiguration(text);
      // The store first: what was imported and still lies in arrivals is the same document.
      if (store !== undefined) places.push({ origin: 'store', folder, path: path.resolve(folder, store) });
      if (arrivals !== undefined) places.push({ origin: 'arrivals', folder, path: path.resolve(folder, arrivals) });
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      problems.push(error.message);
    }
  }
  const there = await Promise.all(places.map(isThere));
  return { places: places.filter((_, index) => there[index]), problems };
}

/** A store is never made by looking at it, nor an arrivals folder. */
async function isThere({ origin, path: where }: Place): Promise<boolean> {
  const info = await stat(where).catch(() => undefined);
  return (origin === 'store' ? info?.isFile() : info?.isDirectory()) ?? false;
}
