/** What the directories said, for people. */
import { inert } from '../results/report/inert.ts';
import type { AskedDirectory } from '../scan/directory/ask.ts';
import type { Surroundings } from './verb.ts';

/** Tells of every directory that did not give its machines; gives whether there was one. */
export function printAsked(asked: readonly AskedDirectory[], io: Surroundings): boolean {
  const failed = asked.filter(({ error }) => error !== undefined);
  for (const { directory, place, error } of failed) {
    if (!error) continue;
    io.err(inert(`patchlab: directory ${directory} (${place}): error ${error.code}: ${error.meaning}`));
    io.err(inert(` [${error.raw}] ${error.remedy}`));
    io.err('\n');
  }
  return failed.length > 0;
}
