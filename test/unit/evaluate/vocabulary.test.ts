/** Every word of the check vocabulary, through a whole scan of a machine and again of the recording that it left. */
import { describe, expect, it } from 'vitest';
import { RecordingMachine } from '../../../server/src/machine/snapshot/recording.ts';
import { parseSnapshot } from '../../../server/src/machine/snapshot/parse.ts';
import { SnapshotMachine } from '../../../server/src/machine/snapshot/snapshot-machine.ts';
import type { Machine } from '../../../server/src/machine/port.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import { judgeAgain } from '../../../server/src/scan/kept.ts';
import { machineOf } from '../../reach/record.ts';
import { contentOf, FACT_SHA256, FACTS, holds } from './vocabulary.ts';

const HOLDS = holds(FACT_SHA256);
const patches = Object.values(HOLDS).flat();
const TEXT = contentOf(patches);

async function statusesOn(machine: Machine): Promise<ReadonlyMap<string, string>> {
  const { content, findings } = linkContent([{ file: 'vocabulary.detect', text: TEXT }]);
  expect(
    findings
      .filter(({ severity }) => severity === 'error')
      .map(({ message, at }) => `${message} ${TEXT.slice(at.start - 60, at.end)}`),
  ).toEqual([]);
  const judged = await judgeAgain(machine, content, new AbortController().signal);
  return new Map(judged?.patches.map(({ id, status }) => [id, status]));
}

const recording = new RecordingMachine(machineOf(FACTS, undefined));
const direct = await statusesOn(recording);
const parsed = parseSnapshot(recording.toText());
if (!parsed.ok) throw new Error(JSON.stringify(parsed));
const replayed = await statusesOn(new SnapshotMachine(parsed.snapshot));

describe.each(Object.entries(HOLDS))('%s', (_kind, conditions) => {
  it.each(conditions)('%s', (condition) => {
    expect(direct.get(`P${patches.indexOf(condition)}`)).toBe('installed');
    expect(replayed.get(`P${patches.indexOf(condition)}`)).toBe('installed');
  });
});

describe('what is no check', () => {
  it('is a note or always missing, and said so', () => {
    for (const statuses of [direct, replayed]) {
      expect([statuses.get('UNDECIDED'), statuses.get('ALWAYS')]).toEqual(['note', 'missing']);
    }
  });
});
