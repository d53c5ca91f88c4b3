/** What patches come to for one instance or for Windows, after section 4.9 and the rules of supersedence, by definition alone. */
import type { Patch } from '../../../../server/src/model/content.ts';
import { decide, decideOn, inRange, type Question } from './decide.ts';
import { and, or, text, value, type Truth, type Value } from './values.ts';

/** What a script says of supersedence, as it says it. */
export interface Planned {
  readonly id: string;
  readonly released: string;
  readonly fixes: readonly string[];
  readonly supersedes: readonly string[];
  readonly supersededBy: readonly string[];
  readonly everythingBefore?: string;
}

/** What patches are judged for. */
export interface Subject {
  /** `windows`, or the product. */
  readonly product: string;
  /** Whether it is there at all. */
  readonly counts: Truth;
  readonly version: Value;
  readonly question: Question;
}

export type Status =
  'installed' | 'missing' | 'unknown' | 'note' | 'not applicable' | 'effectively installed' | 'superseded';

/** Windows itself, with the names that its patches see. */
export function windowsSubject(question: Question): Subject {
  const version = value({ kind: 'version', text: question.target.os.version });
  const names = new Map([
    ['version', version],
    ['location', text('C:\\Windows')],
  ]);
  return { product: 'windows', counts: 'true', version, question: { ...question, names } };
}

/** The status of each patch that is for the subject. */
export function statusesOf(plans: readonly Planned[], subject: Subject): ReadonlyMap<string, Status> {
  const here = plans.filter(({ fixes }) => fixes.includes(subject.product));
  return new Map(here.map((plan) => [plan.id, judge(plan, plans, subject).status]));
}

type Influence = 'installed' | 'missing' | 'unknown' | 'none';

function judge(
  plan: Planned,
  plans: readonly Planned[],
  subject: Subject,
): { readonly status: Status; readonly influence: Influence } {
  const patch = subject.question.content.patches.get(plan.id.toLowerCase());
  if (patch === undefined) throw new Error(`no patch ${plan.id}`);
  const applies = applicable(patch, subject);
  if (applies === 'false') return { status: 'not applicable', influence: 'none' };
  if (applies === 'unknown' || subject.counts === 'unknown') return { status: 'unknown', influence: 'unknown' };
  const above = strongest(
    plans
      .filter((newer) => newer.fixes.includes(subject.product) && counts(newer, plan, plans))
      .map((newer) => judge(newer, plans, subject).influence),
  );
  if (patch.verdict.kind === 'note') return { status: 'note', influence: above };
  if (above === 'installed') return { status: 'effectively installed', influence: above };
  if (above === 'missing') return { status: 'superseded', influence: above };
  const own = ownOf(patch, subject);
  // Whether the one above is there is not known, so neither is whether this one is wanted.
  if (own === 'missing' && above === 'unknown') return { status: 'unknown', influence: 'unknown' };
  return { status: own, influence: own };
}

const strongest = (all: readonly Influence[]): Influence =>
  (['installed', 'missing', 'unknown'] as const).find((one) => all.includes(one)) ?? 'none';

function applicable(patch: Patch, subject: Subject): Truth {
  const ranges = patch.fixes
    .filter(({ name }) => name.toLowerCase() === subject.product)
    .map(({ bounds }) => inRange(subject.version, bounds, subject.question));
  return and(
    ...patch.on.map((scopes) => decideOn(scopes, subject.question)),
    ranges.reduce((a, b) => or(a, b)),
  );
}

function ownOf({ verdict }: Patch, { question }: Subject): 'installed' | 'missing' | 'unknown' {
  if (verdict.kind === 'missing-always') return 'missing';
  if (verdict.kind === 'note') throw new Error('a note has no state');
  const is = decide(verdict.condition, question);
  if (is === 'unknown') return 'unknown';
  return (is === 'true') === (verdict.kind === 'installed-when') ? 'installed' : 'missing';
}

// ---------- edges

function says(newer: Planned, older: Planned): boolean {
  if (newer.id === older.id) return false;
  const shared = newer.fixes.some((one) => older.fixes.includes(one));
  const early = newer.everythingBefore !== undefined && older.released < newer.everythingBefore;
  return newer.supersedes.includes(older.id) || older.supersededBy.includes(newer.id) || (shared && early);
}

/** Within a circle nothing is newer than anything. */
function counts(newer: Planned, older: Planned, plans: readonly Planned[]): boolean {
  return says(newer, older) && !reaches(older, newer, plans);
}

function reaches(from: Planned, to: Planned, plans: readonly Planned[], seen: readonly string[] = []): boolean {
  return plans.some(
    (next) =>
      says(from, next) &&
      !seen.includes(next.id) &&
      (next.id === to.id || reaches(next, to, plans, [...seen, next.id])),
  );
}
