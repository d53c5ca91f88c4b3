/**
 * A scan's last step in a process of its own, for the test that kills it: drops results until it is ended, and tells of
 * each once it is dropped. Arguments: arrivals, prefix of the scan ids.
 */
import { dropResult } from '../../../server/src/results/arrivals.ts';
import { samplePatch, sampleResult } from './sample-result.ts';

const [arrivals = '', prefix = ''] = process.argv.slice(2);
const patches = Array.from({ length: 50 }, (_, index) => samplePatch(`P-${index}`));
for (let index = 0; ; index++) {
  const scanId = `${prefix}-${index}`;
  await dropResult(arrivals, sampleResult(scanId, { patches }));
  process.send?.(scanId);
}
