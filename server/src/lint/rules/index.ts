/** The lint rules, one file each. */
import type { Rule } from '../rule.ts';
import { absentNotEqual } from './absent-not-equal.ts';
import { absolutePath } from './absolute-path.ts';
import { alwaysTrue } from './always-true.ts';
import { contradictoryCondition } from './contradictory-condition.ts';
import { contradictoryOn } from './contradictory-on.ts';
import { defaultView } from './default-view.ts';
import { doubledSeparator } from './doubled-separator.ts';
import { emptyRange } from './empty-range.ts';
import { firstUser } from './first-user.ts';
import { fixesDecides } from './fixes-decides.ts';
import { futureDate } from './future-date.ts';
import { longHive } from './long-hive.ts';
import { malformedGuid } from './malformed-guid.ts';
import { malformedKb } from './malformed-kb.ts';
import { malformedSid } from './malformed-sid.ts';
import { missingSeparator } from './missing-separator.ts';
import { noOnePer } from './no-one-per.ts';
import { patchWithoutCheck } from './patch-without-check.ts';
import { rangeWithoutVersion } from './range-without-version.ts';
import { reachesOrder } from './reaches-order.ts';
import { reversedDates } from './reversed-dates.ts';
import { staleEntry } from './stale-entry.ts';
import { strayBlank } from './stray-blank.ts';
import { subsumedCheck } from './subsumed-check.ts';
import { supersededByOlder } from './superseded-by-older.ts';
import { supersedenceGap } from './supersedence-gap.ts';
import { textOrder } from './text-order.ts';
import { thresholdTitle } from './threshold-title.ts';
import { typeMismatch } from './type-mismatch.ts';
import { unknownFolder } from './unknown-folder.ts';
import { unreachableBranch } from './unreachable-branch.ts';
import { unreachableElse } from './unreachable-else.ts';
import { unusedCapture } from './unused-capture.ts';
import { unusedName } from './unused-name.ts';
import { versionLiteral } from './version-literal.ts';
import { wow6432node } from './wow6432node.ts';

/** Every rule, in the order in which they run. */
export const RULES: readonly Rule[] = [
  ...[contradictoryOn, emptyRange, wow6432node, absolutePath, longHive, absentNotEqual],
  ...[noOnePer, staleEntry, unusedCapture, patchWithoutCheck],
  ...[contradictoryCondition, alwaysTrue, unreachableBranch, unreachableElse, subsumedCheck, fixesDecides],
  ...[
    versionLiteral,
    supersedenceGap,
    supersededByOlder,
    typeMismatch,
    defaultView,
    malformedGuid,
    malformedSid,
    malformedKb,
    doubledSeparator,
    missingSeparator,
    unknownFolder,
  ],
  ...[
    futureDate,
    reversedDates,
    reachesOrder,
    textOrder,
    strayBlank,
    firstUser,
    unusedName,
    rangeWithoutVersion,
    thresholdTitle,
  ],
];
