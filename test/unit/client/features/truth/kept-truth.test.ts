import { describe, expect, it } from 'vitest';
import {
  madeStale,
  moved,
  takeAnswer,
  touchedBy,
  type KeptTruth,
} from '../../../../../client/src/features/truth/kept-truth.ts';
import type { TruthFile, TruthMark, TruthOwner } from '../../../../../server/src/protocol/truth.ts';

const owner = (
  id: string,
  [line, endLine]: readonly [number, number],
  dependsOn: readonly string[] = [],
): TruthOwner => ({
  ...{ id, line, endLine, dependsOn: [id, ...dependsOn], broken: false },
});
const mark = (line: number, of: string): TruthMark => ({
  ...{ line, owner: of, tone: 'true', text: `${of} ${line}`, title: '', facts: [] },
});
const ANSWER: TruthFile = {
  uri: 'file:///a.detect',
  version: 1,
  owners: [owner('p', [0, 3]), owner('a', [5, 8], ['p']), owner('b', [10, 12])],
  marks: [mark(0, 'p'), mark(2, 'p'), mark(6, 'a'), mark(11, 'b')],
};
const truth = takeAnswer(undefined, ANSWER);
const stale = ({ marks }: KeptTruth): readonly string[] => marks.filter((one) => one.stale).map(({ text }) => text);
const lines = ({ marks }: KeptTruth): readonly number[] => marks.map(({ line }) => line);

describe('an edit', () => {
  it('makes stale what stands in its declaration and in those that depend on it, and nothing else', () => {
    const inP = touchedBy(truth, [{ startLine: 2, endLine: 2, text: 'x' }]);
    expect(stale(madeStale(truth, inP))).toEqual(['p 0', 'p 2', 'a 6']);
    const inA = touchedBy(truth, [{ startLine: 7, endLine: 7, text: 'x' }]);
    expect(stale(madeStale(truth, inA))).toEqual(['a 6']);
  });

  it('outside of every declaration makes all stale, unless it only adds blanks', () => {
    const added = touchedBy(truth, [{ startLine: 9, endLine: 9, text: 'patch c {}' }]);
    expect(stale(madeStale(truth, added))).toHaveLength(4);
    const blank = touchedBy(truth, [{ startLine: 9, endLine: 9, text: '\n' }]);
    expect(stale(madeStale(truth, blank))).toEqual([]);
  });

  it('moves what stands below it, by the lines that came or went', () => {
    expect(lines(moved(truth, [{ startLine: 4, endLine: 4, text: '\n\n' }]))).toEqual([0, 2, 8, 13]);
    expect(lines(moved(truth, [{ startLine: 3, endLine: 5, text: '' }]))).toEqual([0, 2, 4, 9]);
    const twice = [
      { startLine: 4, endLine: 4, text: '\n' },
      { startLine: 9, endLine: 9, text: '\n' },
    ];
    expect(lines(moved(truth, twice))).toEqual([0, 2, 7, 13]);
  });

  it('lets a declaration grow with the lines in it', () => {
    const grown = moved(truth, [{ startLine: 1, endLine: 1, text: '\n' }]);
    expect(grown.owners.map(({ line, endLine }) => [line, endLine])).toEqual([
      [0, 4],
      [6, 9],
      [11, 13],
    ]);
  });
});

describe('the server’s answer', () => {
  it('replaces what was known, stale or not', () => {
    expect(stale(takeAnswer(madeStale(truth, undefined), ANSWER))).toEqual([]);
  });

  it('leaves the marks of a declaration that has a mistake now, as stale', () => {
    const owners = ANSWER.owners.map((one) => (one.id === 'a' ? { ...one, broken: true } : one));
    const marks = ANSWER.marks.filter((one) => one.owner !== 'a');
    expect(stale(takeAnswer(truth, { ...ANSWER, owners, marks }))).toEqual(['a 6']);
  });
});
