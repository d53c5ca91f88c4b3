/** Why not detected? */
import type { Step } from './stage.ts';

export const WHY_STEPS: readonly Step[] = [];
