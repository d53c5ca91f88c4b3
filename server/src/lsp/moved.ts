/** Findings of a text that has changed since: those before and behind the change stay with their words. */
import type { Finding, Location } from '../model/source.ts';

/** What lies between the common begin and the common end of two texts. */
export interface Change {
  readonly start: number;
  /** Where the replaced part ended in the old text. */
  readonly end: number;
  /** How much longer the new text is. */
  readonly longer: number;
}

export function changeOf(before: string, after: string): Change {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (
    tail < most - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail++;
  }
  return { start, end: before.length - tail, longer: after.length - before.length };
}

/** The findings at their new places, without those that the change touches. */
export function moved(findings: readonly Finding[], change: Change): readonly Finding[] {
  return findings.flatMap((finding) => {
    const at = movedPlace(finding.at, change);
    if (at === undefined) return [];
    // A fix is written for the text as it was.
    const { fix: _, related, ...rest } = finding;
    const stillThere = related?.flatMap((one) => {
      const place = one.at.file === at.file ? movedPlace(one.at, change) : one.at;
      return place ? [{ ...one, at: place }] : [];
    });
    return [{ ...rest, at, ...(stillThere && { related: stillThere }) }];
  });
}

function movedPlace(at: Location, { start, end, longer }: Change): Location | undefined {
  if (at.end <= start) return at;
  if (at.start >= end) return { ...at, start: at.start + longer, end: at.end + longer };
  return undefined;
}
