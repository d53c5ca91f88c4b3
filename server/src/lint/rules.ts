/** The lint rules, one file each. */
import type { Rule } from './rule.ts';

/** Every rule, in the order in which they run. */
export const RULES: readonly Rule[] = [];
