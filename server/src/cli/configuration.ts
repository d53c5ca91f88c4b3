/** `patchlab.json` in the current folder, so that no command has to repeat what it says. */
import { readFile } from 'node:fs/promises';
import {
  CONFIGURATION_FILE,
  ConfigurationError,
  parseConfiguration,
  type Configuration,
} from '../scan/configuration/configuration.ts';
import { UsageError } from './verb.ts';

/** Reads the configuration; a missing file is an empty one, a wrong one is a UsageError. */
export async function readConfiguration(): Promise<Configuration> {
  let text: string;
  try {
    text = await readFile(CONFIGURATION_FILE, 'utf8');
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return {};
    throw new UsageError(`${CONFIGURATION_FILE} cannot be read: ${String(error)}`);
  }
  try {
    return parseConfiguration(text);
  } catch (error) {
    if (error instanceof ConfigurationError) throw new UsageError(error.message);
    throw error;
  }
}
