/**
 * Patch status for each (patch, instance): DESIGN.md section 3, language.md 4.9. Heads of supersedence chains are judged first;
 * what they decide is not judged itself, so a pruned patch asks the machine for nothing.
 */
import type { Patch } from '../model/content.ts';
import { outcome, type Context, type DetectedProduct, type OwnState } from './context.ts';
import { createContext, type DetectArguments } from './detect.ts';
import type { PatchJudgement } from './judgement.ts';
import { ownState } from './patch-state.ts';
import { applicability, subjectsOf, type Covered, type Subject } from './scopes.ts';
import { headsFirst, supersedersOf } from './supersedence.ts';
import type { Outcome } from './verdict.ts';

export type Include = 'superseded' | 'effectively-installed';

export interface JudgeArguments extends Omit<DetectArguments, 'wanted'> {
  readonly detected: readonly DetectedProduct[];
  /** Pruned patches that are to be scanned all the same. */
  readonly include: ReadonlySet<Include>;
  /** Patches a scan template leaves out: not judged, and as supersedence goes not there. */
  readonly wanted?: (patch: Patch) => boolean;
}

/** The status of every patch that is for something on the target, in the order of content, then of instances. */
export function judgePatches(args: JudgeArguments): Outcome<readonly PatchJudgement[]> {
  const context = createContext(args);
  const judgements: PatchJudgement[] = [];
  let pending = false;
  for (const subject of subjectsOf(context, args.detected)) {
    for (const judged of judgeSubject(context, subject, args)) {
      if (judged === 'pending') pending = true;
      else judgements.push(judged);
    }
  }
  return outcome(context, pending ? undefined : inOrder(context, judgements));
}

function inOrder(context: Context, judgements: readonly PatchJudgement[]): readonly PatchJudgement[] {
  const position = new Map([...context.content.patches.values()].map((patch, index) => [patch.id, index]));
  const at = (one: PatchJudgement): number => position.get(one.id) ?? 0;
  return judgements.toSorted((left, right) => at(left) - at(right));
}

/** What a patch means to those it supersedes. `none` says nothing. */
type Influence =
  { readonly kind: 'installed' | 'missing'; readonly head: string } | { readonly kind: 'unknown' | 'pending' | 'none' };

function judgeSubject(
  context: Context,
  subject: Subject,
  args: JudgeArguments,
): readonly (PatchJudgement | 'pending')[] {
  const covered = new Map(subject.patches.map((one) => [one.patch.id.toLowerCase(), one]));
  const applies = new Map([...covered].map(([id, one]) => [id, applicability(context, subject, one)]));
  const chained = [...covered.keys()].filter((id) => applies.get(id)?.verdict !== 'false');
  const influences = new Map<string, Influence>();
  const judgements = new Map<string, PatchJudgement | 'pending'>();
  for (const { id, superseders } of headsFirst(chained, supersedersOf(context.content))) {
    const one = covered.get(id);
    const applicable = applies.get(id);
    if (one === undefined || applicable === undefined) continue;
    const above = strongest(superseders.map((newer) => influences.get(newer) ?? { kind: 'none' }));
    if (args.wanted?.(one.patch) === false) {
      influences.set(id, applicable.verdict === 'true' || above.kind === 'none' ? above : { kind: 'unknown' });
      continue;
    }
    const decided = decide(context, { subject, covered: one, include: args.include, above, applicable });
    influences.set(id, decided.influence);
    judgements.set(id, decided.judgement);
  }
  for (const [id, one] of covered) {
    if (applies.get(id)?.verdict !== 'false' || args.wanted?.(one.patch) === false) continue;
    judgements.set(id, describe(subject, one, { status: 'not applicable' }));
  }
  return [...judgements.values()];
}

/** Installed anywhere above decides; then what is still being read, then missing, then unknown. */
function strongest(influences: readonly Influence[]): Influence {
  for (const kind of ['installed', 'pending', 'missing', 'unknown'] as const) {
    const found = influences.find((one) => one.kind === kind);
    if (found !== undefined) return found;
  }
  return { kind: 'none' };
}

interface Case {
  readonly subject: Subject;
  readonly covered: Covered;
  readonly include: ReadonlySet<Include>;
  readonly above: Influence;
  readonly applicable: { readonly verdict: string; readonly reason?: string };
}

interface Decided {
  readonly judgement: PatchJudgement | 'pending';
  readonly influence: Influence;
}

const WAITING: Decided = { judgement: 'pending', influence: { kind: 'pending' } };

function decide(context: Context, of: Case): Decided {
  const { subject, covered, above, applicable } = of;
  if (applicable.verdict === 'pending') return WAITING;
  const doubt = doubtOf(subject, applicable);
  if (doubt !== undefined) return unknownCase(of, doubt);
  switch (above.kind) {
    case 'pending':
      // Where both switches are on, the patch is judged whatever its head says: its reads go along in this round.
      if (of.include.size === 2) ownState(context, subject, covered);
      return WAITING;
    case 'installed':
    case 'missing':
      return pruned(context, of, above);
    case 'unknown':
    case 'none':
      return judged(of, ownState(context, subject, covered));
  }
}

function doubtOf(subject: Subject, applicable: Case['applicable']): string | undefined {
  if (applicable.verdict === 'unknown') return applicable.reason ?? 'whether it applies is unknown';
  if (subject.detected?.state !== 'unknown') return undefined;
  return `whether ${subject.key} is installed is unknown: ${subject.detected.reason ?? 'a reading failed'}`;
}

function unknownCase(of: Case, reason: string): Decided {
  return {
    judgement: describe(of.subject, of.covered, { status: 'unknown', reason }),
    influence: { kind: 'unknown' },
  };
}

/** Superseded by one that is missing, or effectively installed by one that is: not judged, unless the template asks. */
function pruned(context: Context, of: Case, above: Extract<Influence, { readonly head: string }>): Decided {
  const { subject, covered } = of;
  const installed = above.kind === 'installed';
  const status = installed ? 'effectively installed' : 'superseded';
  const influence: Influence = above;
  const reason = `superseded by ${above.head}, which is ${installed ? 'installed' : 'missing'}`;
  if (covered.patch.verdict.kind === 'note') return noteCase(of);
  if (!of.include.has(installed ? 'effectively-installed' : 'superseded')) {
    return { judgement: describe(subject, covered, { status, reason, head: above.head }), influence };
  }
  const own = ownState(context, subject, covered);
  if (own === 'pending') return WAITING;
  if (own.state === 'installed' || (own.state === 'unknown' && !installed)) return judged(of, own);
  const trace = own.trace === undefined ? {} : { trace: own.trace };
  return { judgement: describe(subject, covered, { status, reason, head: above.head, ...trace }), influence };
}

/** A note decides nothing, neither of itself nor for those below: what is above it counts as if it were not there. */
function noteCase(of: Case): Decided {
  const { verdict } = of.covered.patch;
  const why = verdict.kind === 'note' ? verdict.why : undefined;
  const said = why === undefined ? {} : { reason: why };
  return { judgement: describe(of.subject, of.covered, { status: 'note', ...said }), influence: of.above };
}

function judged(of: Case, own: OwnState | 'pending'): Decided {
  if (own === 'pending') return WAITING;
  const { subject, covered } = of;
  const head = covered.patch.id;
  const { state, ...rest } = own;
  if (state === 'note') return noteCase(of);
  // An unknown head leaves open whether this one is superseded or effectively installed: its own missing proves nothing.
  if (state === 'missing' && of.above.kind === 'unknown') {
    const reason = 'it is not there, but whether a patch that supersedes it is installed is unknown';
    return {
      judgement: describe(subject, covered, { ...rest, status: 'unknown', reason }),
      influence: { kind: 'unknown' },
    };
  }
  const influence: Influence = state === 'unknown' ? { kind: 'unknown' } : { kind: state, head };
  return { judgement: describe(subject, covered, { ...rest, status: state }), influence };
}

function describe(
  subject: Subject,
  covered: Covered,
  said: Pick<PatchJudgement, 'status'> &
    Partial<Pick<PatchJudgement, 'reason' | 'head' | 'trace' | 'how'>> & { readonly warning?: string },
): PatchJudgement {
  const { patch } = covered;
  const { warning, status, ...rest } = said;
  return {
    id: patch.id,
    title: patch.title ?? null,
    bulletin: patch.bulletin ?? null,
    severity: patch.severity,
    kb: patch.kb,
    cve: patch.cve,
    product: covered.product,
    instance: subject.instance,
    status,
    warning: warning ?? null,
    ...rest,
  };
}
