/** The graph of supersedence. */
import type { Step } from './stage.ts';

export const GRAPH_STEPS: readonly Step[] = [];
