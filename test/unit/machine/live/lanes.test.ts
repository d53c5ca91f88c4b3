import { describe, expect, it } from 'vitest';
import { inLanes } from '../../../../server/src/machine/live/lanes.ts';

describe('work in lanes', () => {
  it('does every job once, with no more at a time than there are lanes', async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await inLanes({ jobs: [1, 2, 3, 4, 5, 6, 7], lanes: 3, call: {} }, async (job) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      done.push(job);
    });
    expect([done.sort(), most]).toEqual([[1, 2, 3, 4, 5, 6, 7], 3]);
  });

  it('counts the waits of the lane that waited most', async () => {
    const waits = await inLanes({ jobs: [1, 5, 2], lanes: 3, call: {} }, (job, call) => {
      if (call.counter) call.counter.waits += job;
      return Promise.resolve();
    });
    expect(waits).toBe(5);
  });

  it('begins no further job once one has failed', async () => {
    const begun: number[] = [];
    const work = inLanes({ jobs: [1, 2, 3], lanes: 1, call: {} }, (job) => {
      begun.push(job);
      return Promise.reject(new Error('cancelled'));
    });
    await expect(work).rejects.toThrow('cancelled');
    expect(begun).toEqual([1]);
  });
});
