/** Conditions: Kleene's logic over checks, with what each verdict rests on (language.md 4.5, 4.6). */
import type { Condition, Scope } from '../model/content.ts';
import { isWindowsName } from '../model/windows-names.ts';
import { once } from './captures.ts';
import { listCollection } from './collections.ts';
import { askAside, bind, lookup, spend, type Context, type Element, type Names } from './context.ts';
import { judgeComparison } from './comparisons.ts';
import { windowsFact } from './facts.ts';
import { and, FALSE, not, or, PENDING, TRUE, unknown, type Judged, type Tri } from './kleene.ts';
import { judgePredicate } from './predicates.ts';
import { evaluateReading } from './readings.ts';
import type { Trace, Verdict } from './verdict.ts';
import type { Read } from './values.ts';
import { written } from './written.ts';

/** Judges a condition. Requests and evidence of parts that do not count in the end are taken back. */
export function judgeCondition(context: Context, names: Names | undefined, condition: Condition): Judged {
  if (!spend(context)) return unknown('the content asks for more steps than an evaluation may take');
  const needed = context.needed.length;
  const evidence = context.evidence.length;
  const judged = judge(context, names, condition);
  if (judged.verdict !== 'pending') context.needed.length = needed;
  if (judged.verdict !== 'true') context.evidence.length = evidence;
  return judged;
}

/** Judges several conditions that must all hold. */
export function judgeAll(context: Context, names: Names | undefined, conditions: readonly Condition[]): Judged {
  const parts = conditions.map((condition) => () => judgeCondition(context, names, condition));
  return joined(context, parts, { kind: 'all' });
}

function judge(context: Context, names: Names | undefined, condition: Condition): Judged {
  switch (condition.kind) {
    case 'not':
      return negation(context, names, condition);
    case 'all':
    case 'any':
      return block(context, names, condition);
    case 'every':
    case 'some':
      return quantifier(context, names, condition);
    case 'use-check':
      return useCheck(context, names, condition);
    case 'use-product':
      return useProduct(context, names, condition);
    case 'on':
      return leaf(context, condition, { ...judgeScopes(context, names, condition.scopes), observed: osOf(context) });
    case 'compare':
      return judgeComparison(context, names, condition);
  }
}

function negation(context: Context, names: Names | undefined, condition: Extract<Condition, { kind: 'not' }>): Judged {
  const evidence = context.evidence.length;
  const inner = judgeCondition(context, names, condition.of);
  context.evidence.length = evidence;
  const verdict = not(inner.verdict);
  return { ...inner, verdict, ...traced(context, condition, { check: 'not', verdict, children: [inner] }) };
}

function block(
  context: Context,
  names: Names | undefined,
  condition: Extract<Condition, { kind: 'all' | 'any' }>,
): Judged {
  const parts = condition.of.map((part) => () => judgeCondition(context, names, part));
  const children: Judged[] = [];
  const result = joined(context, parts, { kind: condition.kind, seen: children });
  const decided = decisive(condition.kind, result.verdict, children.length, condition.of.length);
  return {
    ...result,
    ...traced(context, condition, {
      check: condition.kind,
      verdict: result.verdict,
      children,
      reason: result.reason ?? decided,
    }),
  };
}

function decisive(kind: 'all' | 'any', verdict: Tri, seen: number, all: number): string | undefined {
  if (kind === 'all' && verdict === 'false') return `decided by part ${seen} of ${all}`;
  return kind === 'any' && verdict === 'true' ? `decided by part ${seen} of ${all}` : undefined;
}

/** Joins parts left to right; a part that decides ends it, so what follows is neither asked nor listed. */
function joined(
  context: Context,
  parts: readonly (() => Judged)[],
  { kind, seen = [] }: { readonly kind: 'all' | 'any'; readonly seen?: Judged[] },
): Judged {
  const deciding = kind === 'all' ? 'false' : 'true';
  let verdict: Tri = kind === 'all' ? 'true' : 'false';
  let reason: string | undefined;
  for (const [index, part] of parts.entries()) {
    const judged = part();
    seen.push(judged);
    if (judged.verdict === deciding) {
      askAside(context, () => parts.slice(index + 1).forEach((rest) => rest()));
      return { verdict: deciding };
    }
    verdict = kind === 'all' ? and(verdict, judged.verdict) : or(verdict, judged.verdict);
    if (judged.verdict === 'unknown') reason ??= judged.reason;
  }
  return verdict === 'unknown' && reason !== undefined ? { verdict, reason } : { verdict };
}

function quantifier(
  context: Context,
  names: Names | undefined,
  condition: Extract<Condition, { kind: 'every' | 'some' }>,
): Judged {
  const kind = condition.kind === 'every' ? 'all' : 'any';
  const listing = listCollection(context, names, condition.from);
  const parts = listing.elements.map((element) => () => member(context, names, { condition, element }));
  // What could not be listed may hold the counterexample, or the example.
  for (const one of listing.gaps) parts.push(() => unknown(one.reason));
  if (listing.pending) parts.push(() => PENDING);
  const children: Judged[] = [];
  const result = joined(context, parts, { kind, seen: children });
  const check = written(context, { ...condition.at, end: Math.min(condition.at.end, condition.from.at.end) });
  return {
    ...result,
    ...traced(context, condition, {
      check,
      verdict: result.verdict,
      children: children.filter((child) => child.trace !== undefined),
      reason:
        result.reason ??
        (listing.elements.length === 0 && listing.gaps.length === 0 ? 'the collection is empty' : undefined),
    }),
  };
}

function member(
  context: Context,
  names: Names | undefined,
  of: { readonly condition: Extract<Condition, { kind: 'every' | 'some' }>; readonly element: Element },
): Judged {
  const { condition } = of;
  const bound = bind(condition.name, { kind: 'element', element: of.element }, names);
  const where = condition.where === undefined ? TRUE : judgeCondition(context, bound, condition.where);
  const skipped = condition.kind === 'every' ? TRUE : FALSE;
  if (where.verdict === 'false') return skipped;
  if (where.verdict === 'pending') return where;
  const body = judgeAll(context, bound, condition.of);
  const verdict = condition.kind === 'every' ? or(not(where.verdict), body.verdict) : and(where.verdict, body.verdict);
  const reason = where.reason ?? body.reason;
  return {
    verdict,
    ...(verdict === 'unknown' && reason !== undefined ? { reason } : {}),
    ...traced(context, condition, { check: of.element.label, verdict, children: [where, body] }),
  };
}

function useCheck(
  context: Context,
  names: Names | undefined,
  condition: Extract<Condition, { kind: 'use-check' }>,
): Judged {
  const check = context.content.checks.get(condition.check.toLowerCase());
  if (check === undefined) return unknown(`there is no check \`${condition.check}\``);
  if (context.checking.includes(check.id)) return unknown(`check \`${check.id}\` uses itself`);
  const scope = check.parameters.reduce<Names | undefined>((inner, parameter, index) => {
    const argument = condition.args[index];
    if (argument === undefined) return inner;
    return bind(parameter, bindingOf(names, argument), inner);
  }, undefined);
  context.checking.push(check.id);
  try {
    const children: Judged[] = [];
    const parts = check.conditions.map((part) => () => judgeCondition(context, scope, part));
    const result = joined(context, parts, { kind: 'all', seen: children });
    const note = { check: written(context, condition.at), verdict: result.verdict, children, reason: result.reason };
    return { ...result, ...traced(context, condition, note) };
  } finally {
    context.checking.pop();
  }
}

/** A bare name of an element passes the element; anything else is read where the check is used. */
function bindingOf(
  names: Names | undefined,
  argument: Extract<Condition, { kind: 'use-check' }>['args'][number],
): Names['binding'] {
  const { source } = argument;
  if (source.kind === 'name' && source.name.member === undefined && argument.steps.length === 0) {
    const binding = lookup(names, source.name.base);
    if (binding !== undefined) return binding;
  }
  return { kind: 'read', read: once((context) => evaluateReading(context, names, argument)) };
}

function useProduct(
  context: Context,
  names: Names | undefined,
  condition: Extract<Condition, { kind: 'use-product' }>,
): Judged {
  const { test, product } = condition;
  const bounds = test.kind === 'range' ? test.bounds : [];
  const positive = judgeScope(context, names, { name: product, bounds, at: condition.at });
  const negated = test.kind === 'installed' && test.negated;
  return leaf(context, condition, { ...positive, verdict: negated ? not(positive.verdict) : positive.verdict });
}

/** Whether the target is one of the scopes: Windows names, with a range of `windows.version`, or products. */
export function judgeScopes(context: Context, names: Names | undefined, scopes: readonly Scope[]): Judged {
  const parts = scopes.map((scope) => () => judgeScope(context, names, scope));
  return joined(context, parts, { kind: 'any' });
}

function judgeScope(context: Context, names: Names | undefined, scope: Scope): Judged {
  if (isWindowsName(scope.name)) {
    const bears = context.target.os.names.some((name) => name.toLowerCase() === scope.name.toLowerCase());
    return bears ? inRange(context, names, windowsFact(context.target.os, undefined), scope.bounds) : FALSE;
  }
  return context.testProduct(context, {
    product: scope.name,
    accepts: (version) => inRange(context, names, version, scope.bounds),
  });
}

/** Whether a version lies within bounds; without bounds, it need not be known. */
export function inRange(context: Context, names: Names | undefined, version: Read, bounds: Scope['bounds']): Judged {
  if (bounds.length === 0) return TRUE;
  const predicate = { kind: 'test', test: { kind: 'range', bounds } } as const;
  return judgePredicate(context, names, { read: version, predicate, ifPresent: false });
}

function osOf({ target }: Context): string {
  return `${target.os.name}, ${target.os.version}`;
}

function leaf(context: Context, condition: Condition, judged: Judged & { readonly observed?: string }): Judged {
  const { verdict, reason, observed } = judged;
  if (verdict === 'true') context.evidence.push({ by: 'other' });
  if (context.trace && verdict !== 'pending') {
    const trace: Trace = {
      check: written(context, condition.at),
      verdict,
      at: condition.at,
      ...(observed === undefined ? {} : { observed }),
      ...(reason === undefined ? {} : { reason }),
    };
    return { verdict, ...(reason === undefined ? {} : { reason }), trace };
  }
  return reason === undefined ? { verdict } : { verdict, reason };
}

interface Note {
  readonly check: string;
  readonly verdict: Tri;
  readonly children: readonly Judged[];
  readonly reason?: string | undefined;
}

function traced(context: Context, condition: Condition, note: Note): { readonly trace?: Trace } {
  if (!context.trace || note.verdict === 'pending') return {};
  const children = note.children.flatMap((child) => (child.trace === undefined ? [] : [child.trace]));
  const verdict: Verdict = note.verdict;
  return {
    trace: {
      check: note.check,
      verdict,
      at: condition.at,
      ...(note.reason === undefined ? {} : { reason: note.reason }),
      ...(children.length === 0 ? {} : { children }),
    },
  };
}
