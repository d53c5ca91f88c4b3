/** The lint rules, one file each. */
import type { Rule } from '../rule.ts';
import { absentNotEqual } from './absent-not-equal.ts';
import { absolutePath } from './absolute-path.ts';
import { alwaysTrue } from './always-true.ts';
import { contradictoryCondition } from './contradictory-condition.ts';
import { contradictoryOn } from './contradictory-on.ts';
import { emptyRange } from './empty-range.ts';
import { fixesDecides } from './fixes-decides.ts';
import { longHive } from './long-hive.ts';
import { noOnePer } from './no-one-per.ts';
import { patchWithoutCheck } from './patch-without-check.ts';
import { staleEntry } from './stale-entry.ts';
import { subsumedCheck } from './subsumed-check.ts';
import { unreachableBranch } from './unreachable-branch.ts';
import { unreachableElse } from './unreachable-else.ts';
import { unusedCapture } from './unused-capture.ts';
import { wow6432node } from './wow6432node.ts';

/** Every rule, in the order in which they run. */
export const RULES: readonly Rule[] = [
  ...[contradictoryOn, emptyRange, wow6432node, absolutePath, longHive, absentNotEqual],
  ...[noOnePer, staleEntry, unusedCapture, patchWithoutCheck],
  ...[contradictoryCondition, alwaysTrue, unreachableBranch, unreachableElse, subsumedCheck, fixesDecides],
];
