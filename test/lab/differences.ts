/** What impacket reads otherwise than a scan has recorded. */
import type { Observation } from '../../server/src/model/observation.ts';
import { readWithImpacket } from './foreign.ts';
import type { ForeignTarget } from './foreign.ts';
import type { Reading } from './snapshot-readings.ts';

const LANGUAGES: Readonly<Record<number, string>> = { 0x0409: 'en-US' };

/** impacket's reader gives a version's language as a number. */
function withLanguage(answer: Observation): Observation {
  if (answer.state !== 'present' || typeof answer.value !== 'object' || answer.value === null) return answer;
  if (!('langid' in answer.value)) return answer;
  const { langid, ...version } = answer.value as { langid: number };
  const said = Object.fromEntries(Object.entries(version).filter(([, text]) => text !== ''));
  return { state: 'present', value: { ...said, language: LANGUAGES[langid] ?? `0x${langid.toString(16)}` } };
}

/** Members in one order, for comparison: neither reader promises one. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, member]) => [name, inOrder(member)]),
  );
}

/** A reading, and what impacket was answered. */
export interface Difference extends Reading {
  readonly answer: Observation;
}

/** Reads the same with impacket; gives what it reads otherwise than it was recorded. */
export async function differences(
  machine: ForeignTarget,
  readings: readonly Reading[],
): Promise<readonly Difference[]> {
  const { answers } = await readWithImpacket(
    machine,
    readings.map(({ request }) => request),
  );
  return readings.flatMap(({ request, recorded }, index) => {
    const answer = withLanguage(answers[index] ?? { state: 'unreadable', reason: 'not asked' });
    const isSame = JSON.stringify(inOrder(answer)) === JSON.stringify(inOrder(recorded));
    return isSame ? [] : [{ request, recorded, answer }];
  });
}
