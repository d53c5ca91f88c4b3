/** For programs: `patchlab-test/1`, as docs/schemas/test.schema.json says. */
import { inertJson } from '../inert-json.ts';
import { countRuns, type TestReport } from './report.ts';

export const TEST_SCHEMA = 'patchlab-test/1';

export function json({ runs, errors, coverage }: TestReport): string {
  const { passed, failed, error } = countRuns(runs);
  const summary = { runs: runs.length, passed, failed, notRun: error, contentErrors: errors };
  return inertJson({ schema: TEST_SCHEMA, summary, runs, ...(coverage && { coverage }) });
}
