import { describe, expect, it } from 'vitest';
import { arrivedText } from '../../../server/src/results/arrivals.ts';
import { whatIsWrong } from '../../../server/src/results/document.ts';
import { sampleResult } from './sample-result.ts';
import { schemaErrors } from './schemas.ts';

describe('the schema of a result', () => {
  it('accepts a result, alone, in arrivals, and in a list', () => {
    expect(schemaErrors('result', sampleResult('scan-0001'))).toEqual([]);
    expect(schemaErrors('result', JSON.parse(arrivedText(sampleResult('scan-0001'))))).toEqual([]);
    expect(schemaErrors('scan', { schema: 'patchlab-scan/1', results: [sampleResult('scan-0001')] })).toEqual([]);
  });

  it('refuses a failed step without its error', () => {
    const result = sampleResult('scan-0001');
    const steps = result.steps.map((step) => (step.step === 2 ? { ...step, status: 'failed' } : step));
    expect(schemaErrors('result', { ...result, steps })).not.toEqual([]);
  });

  it.each(['scanId', 'machine', 'steps', 'products', 'patches', 'cost', 'started'])(
    'and the importer both miss %s',
    (name) => {
      const { [name]: _gone, ...rest } = sampleResult('scan-0001') as unknown as Record<string, unknown>;
      expect(schemaErrors('result', rest)).not.toEqual([]);
      expect(whatIsWrong(rest)).toContain(name);
    },
  );
});
