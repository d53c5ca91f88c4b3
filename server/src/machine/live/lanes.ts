/** Work side by side: so many lanes, each taking the next job when it has done one. */
import type { Call } from '../../wire/smb/call.ts';

export interface LaneWork<T> {
  readonly jobs: readonly T[];
  readonly lanes: number;
  readonly call: Call;
}

/** Runs all jobs; returns the waits of the lane that waited most. When one rejects, no further job begins. */
export async function inLanes<T>(work: LaneWork<T>, run: (job: T, call: Call) => Promise<void>): Promise<number> {
  const queue = [...work.jobs];
  const lane = async (): Promise<number> => {
    const counter = { waits: 0 };
    const call = { ...work.call, counter };
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
      try {
        await run(job, call);
      } catch (error) {
        queue.length = 0;
        throw error;
      }
    }
    return counter.waits;
  };
  const waits = await Promise.all(Array.from({ length: Math.min(work.lanes, queue.length) }, lane));
  return Math.max(0, ...waits);
}
