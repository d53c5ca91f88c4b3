/** Machines, groups and templates, in their view. */
import type { Step } from './stage.ts';

export const MACHINES_STEPS: readonly Step[] = [];
