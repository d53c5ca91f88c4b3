/** The machine explorer. */
import type { Step } from './stage.ts';

export const EXPLORER_STEPS: readonly Step[] = [];
