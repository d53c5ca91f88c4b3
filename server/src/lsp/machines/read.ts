/** The patchlab.json of a workspace folder, from disk. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { CONFIGURATION_FILE, parseConfiguration, type Configuration } from '../../scan/configuration/configuration.ts';
import { pathOfUri } from '../uris.ts';

/** Its text; undefined where there is none, or where its place is not on this computer. */
export async function readConfigurationText(uri: string): Promise<string | undefined> {
  const file = pathOfUri(uri);
  if (file === undefined || path.basename(file) !== CONFIGURATION_FILE) return undefined;
  try {
    return (await readFile(file, 'utf8')).replace(/^\ufeff/, '');
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** What it says; empty where there is none. Throws a ConfigurationError. */
export async function readConfigurationOf(uri: string): Promise<Configuration> {
  const text = await readConfigurationText(uri);
  return text === undefined ? {} : parseConfiguration(text);
}
