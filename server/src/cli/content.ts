/** The content that a verb works with: named by its arguments, else by patchlab.json, else the current folder. */
import { loadContent, type ContentFile } from '../scan/content-files.ts';
import type { Linked } from '../model/link.ts';
import { readConfiguration } from './configuration.ts';
import { UsageError } from './verb.ts';

/** Loads content, or ends the command with a UsageError. */
export async function contentFor(
  paths: readonly string[],
): Promise<{ readonly files: readonly ContentFile[]; readonly linked: Linked }> {
  const configured = paths.length > 0 ? paths : ((await readConfiguration()).content ?? []);
  const loaded = await loadContent(configured.length > 0 ? configured : ['.']);
  if (!loaded.ok) throw new UsageError(`${loaded.why.charAt(0).toUpperCase()}${loaded.why.slice(1)}.`);
  return loaded;
}
