/** Writes what of the code has run when a test file is done: its process may be ended before Node would write it. */
import { stopCoverage, takeCoverage } from 'node:v8';
import { afterAll } from 'vitest';

afterAll(() => {
  takeCoverage();
  stopCoverage();
});
