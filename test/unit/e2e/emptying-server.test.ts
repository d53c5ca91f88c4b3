import { describe, expect, it } from 'vitest';
import { emptied, emptier } from '../../e2e/emptying-server.ts';

describe('a server whose answers are emptied', () => {
  it('keeps the shape of an answer and nothing of what it said', () => {
    const answer = { machine: 'ws01', files: [{ line: 3 }], found: { count: 7, isOld: true, why: null } };
    expect(emptied(answer)).toEqual({ machine: '', files: [], found: { count: 0, isOld: false, why: null } });
    expect(emptied([1])).toEqual([]);
    expect(emptied(null)).toBe(null);
  });

  it('empties the answers to the one request, each once, notes them, and hands everything else on', () => {
    const noted: string[] = [];
    let method: string | undefined = 'patchlab/truth';
    const { asked, answered } = emptier({ method: () => method, note: (named) => noted.push(named) });
    asked({ id: 1, method: 'patchlab/scan' });
    asked({ id: 2, method: 'patchlab/truth' });
    asked({ method: 'patchlab/truth' });
    expect(answered({ id: 1, result: ['kept'] })).toEqual({ id: 1, result: ['kept'] });
    expect(answered({ id: 2, method: 'window/workDoneProgress/create' })).toHaveProperty('method');
    expect(answered({ id: 2, result: ['gone'] })).toEqual({ id: 2, result: [] });
    expect(answered({ id: 2, result: ['kept'] })).toEqual({ id: 2, result: ['kept'] });
    method = undefined;
    asked({ id: 3, method: 'patchlab/truth' });
    expect(answered({ id: 3, result: ['kept'] })).toEqual({ id: 3, result: ['kept'] });
    expect(noted).toEqual(['patchlab/truth']);
  });
});
