/** Result documents without what differs from run to run: ids, times, and what reading cost. */
import type { ScanResult } from '../../server/src/scan/result.ts';

export function comparable(result: ScanResult): unknown {
  const { scanId: _id, started: _started, finished: _finished, cost, steps, ...rest } = result;
  return {
    ...rest,
    reads: cost.reads,
    steps: steps.map(({ ms: _ms, ...step }) => step),
  };
}
