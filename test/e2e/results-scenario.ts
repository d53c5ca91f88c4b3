/** Results: history, comparison, export. */
import type { Step } from './stage.ts';

export const RESULTS_STEPS: readonly Step[] = [];
