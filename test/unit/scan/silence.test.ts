import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchSilence } from '../../../server/src/scan/silence.ts';

describe('the silence of a machine', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is told each second once it is longer than a machine takes, with the time after which it is given up', () => {
    const told: string[] = [];
    const end = watchSilence({ heardAt: () => 0, patience: 5000 }, (waiting) => told.push(waiting));
    vi.advanceTimersByTime(3000);
    expect(told).toEqual(['no answer for 2 s, given up after 5 s', 'no answer for 3 s, given up after 5 s']);
    vi.advanceTimersByTime(3000);
    expect(told.slice(3)).toEqual([
      'no answer for 5 s, asking whether the machine is still there',
      'no answer for 6 s, asking whether the machine is still there',
    ]);
    end();
    vi.advanceTimersByTime(3000);
    expect(told).toHaveLength(5);
  });

  it('begins anew with each answer, and promises nothing before there is a connection', () => {
    const told: string[] = [];
    const heard: { at?: number } = {};
    const end = watchSilence({ heardAt: () => heard.at, patience: 5000 }, (waiting) => told.push(waiting));
    vi.advanceTimersByTime(2000);
    expect(told).toEqual(['waiting for 2 s']);
    heard.at = performance.now();
    vi.advanceTimersByTime(1999);
    expect(told).toHaveLength(1);
    vi.advanceTimersByTime(1000);
    expect(told.slice(1)).toEqual(['no answer for 2 s, given up after 5 s']);
    end();
  });
});
