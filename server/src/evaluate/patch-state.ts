/** What a patch's own condition says of an instance, before supersedence is looked at. */
import { evaluateLet } from './lets.ts';
import { once } from './captures.ts';
import { judgeCondition } from './conditions.ts';
import { bind, freshBudget, type Context, type Evidence, type Names, type OwnState } from './context.ts';
import type { Judged } from './kleene.ts';
import type { Covered, Subject } from './scopes.ts';
import type { Trace } from './verdict.ts';

/** Judges a patch's own condition; finished judgements are kept for later rounds. */
export function ownState(context: Context, subject: Subject, covered: Covered): OwnState | 'pending' {
  const id = `${covered.patch.id.toLowerCase()}|${subject.key}|${subject.instance}`;
  const known = context.memo.judged.get(id);
  if (known !== undefined) return known;
  freshBudget(context);
  const mark = context.needed.length;
  const made = judgeOwn(context, subject, covered);
  context.evidence.length = 0;
  if (made === 'pending') return made;
  context.needed.length = mark;
  context.memo.judged.set(id, made);
  return made;
}

function judgeOwn(context: Context, subject: Subject, covered: Covered): OwnState | 'pending' {
  const { verdict } = covered.patch;
  switch (verdict.kind) {
    case 'note':
      return verdict.why === undefined ? { state: 'note' } : { state: 'note', reason: verdict.why };
    case 'missing-always':
      return {
        state: 'missing',
        ...(verdict.why === undefined ? {} : { reason: verdict.why }),
        ...(context.trace ? { trace: alwaysTrace(verdict) } : {}),
      };
    case 'installed-when':
    case 'missing-when':
      return judgeWhen(context, subject, covered);
  }
}

function alwaysTrace(verdict: { readonly why?: string; readonly at: Trace['at'] & object }): Trace {
  const base = { check: 'missing always', verdict: 'true', at: verdict.at } as const;
  return verdict.why === undefined ? base : { ...base, reason: verdict.why };
}

function judgeWhen(context: Context, subject: Subject, covered: Covered): OwnState | 'pending' {
  const { verdict } = covered.patch;
  if (verdict.kind !== 'installed-when' && verdict.kind !== 'missing-when') return { state: 'note' };
  const names = patchNames(subject, covered);
  context.evidence.length = 0;
  const judged = judgeCondition(context, names, verdict.condition);
  if (judged.verdict === 'pending') return 'pending';
  const trace = judged.trace === undefined ? {} : { trace: judged.trace };
  if (judged.verdict === 'unknown')
    return { state: 'unknown', reason: judged.reason ?? 'a check is unknown', ...trace };
  const installed = (judged.verdict === 'true') === (verdict.kind === 'installed-when');
  if (!installed) return { state: 'missing', ...trace };
  const evidence = [...context.evidence];
  const warning = warningOf(context, names, { covered, evidence });
  if (warning === 'pending') return 'pending';
  const how = howInstalled(evidence);
  return {
    state: 'installed',
    ...trace,
    ...(how === undefined ? {} : { how }),
    ...(warning.text === undefined ? {} : { warning: warning.text }),
  };
}

function patchNames(subject: Subject, covered: Covered): Names | undefined {
  return covered.patch.lets.reduce<Names | undefined>((names, one) => {
    const read = once((context) => evaluateLet(context, names, one));
    return bind(one.name, { kind: 'read', read }, names);
  }, subject.names);
}

/** A registry trace makes it explicit, files alone do not; a service pack brings it along. */
function howInstalled(evidence: readonly Evidence[]): OwnState['how'] {
  const by = new Set(evidence.map((one) => one.by));
  if (by.has('service-pack')) return 'by service pack';
  if (by.has('registry')) return 'explicit';
  return by.has('file') ? 'by files' : undefined;
}

/** The warning to ride on installed: none, one, or not known yet. */
function warningOf(
  context: Context,
  names: Names | undefined,
  of: { readonly covered: Covered; readonly evidence: readonly Evidence[] },
): { readonly text?: string } | 'pending' {
  for (const warn of of.covered.patch.warn) {
    if (warn.kind === 'newer') {
      const newer = of.evidence.find((one) => one.newer !== undefined)?.newer;
      if (newer !== undefined) return { text: warn.text === undefined ? newer : `${warn.text}: ${newer}` };
      continue;
    }
    const judged: Judged = judgeCondition(context, names, warn.condition);
    if (judged.verdict === 'pending') return 'pending';
    if (judged.verdict === 'true') return { text: warn.text ?? 'the definition warns of this' };
  }
  return {};
}
