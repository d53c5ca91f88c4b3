/** Welcome, walkthrough, tasks, settings. */
import type { Step } from './stage.ts';

export const HOUSE_STEPS: readonly Step[] = [];
