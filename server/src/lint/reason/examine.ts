/** What reasoning finds in one condition: what is never true, always true, never reached, or adds nothing. */
import type { Condition } from '../../model/content.ts';
import type { Location } from '../../model/source.ts';
import type { RuleFinding } from '../rule.ts';
import type { Environment } from './canonical.ts';
import { formulaOf, type Formula } from './formula.ts';
import { mayBeList } from './kinds.ts';
import { comparesEmptyRange } from './ranges.ts';
import { alike, neverFalse, neverTrue, type Inquiry } from './questions.ts';

/** Codes of the rules that reasoning feeds. */
export type ReasonCode =
  | 'contradictory-condition'
  | 'contradictory-on'
  | 'always-true'
  | 'unreachable-branch'
  | 'unreachable-else'
  | 'subsumed-check'
  | 'fixes-decides';

export type Reasoned = RuleFinding & { readonly code: ReasonCode };

/** One condition's surroundings. */
export interface Unit {
  readonly inquiry: Inquiry;
  readonly env: Environment;
  readonly texts: ReadonlyMap<string, string>;
  readonly add: (finding: Reasoned) => void;
  /** Conditions within quantifiers, each to be looked at by itself. */
  readonly inner: (condition: Condition) => void;
}

/** The formula of a condition of the unit. */
export const formulaIn = ({ inquiry, env }: Unit, condition: Condition): Formula =>
  formulaOf(inquiry.space, condition, env);

/** Every part is held against all others: of more parts than anyone writes nothing is said. */
const MOST_PARTS = 300;

function partsIn(condition: Condition): number {
  switch (condition.kind) {
    case 'all':
    case 'any':
    case 'every':
    case 'some':
      // A long list is not walked only to count it.
      return condition.of.length > MOST_PARTS
        ? condition.of.length
        : condition.of.reduce((sum, one) => sum + partsIn(one), 1);
    case 'not':
      return 1 + partsIn(condition.of);
    default:
      return 1;
  }
}

/** Says what is wrong with a condition, given what is true already. */
export function examine(unit: Unit, condition: Condition, given: readonly Formula[] = []): void {
  if (partsIn(condition) > MOST_PARTS) return;
  const formula = formulaIn(unit, condition);
  if (neverTrue(unit.inquiry, formula, given)) contradiction(unit, condition, given);
  else if (neverFalse(unit.inquiry, formula, given)) tautology(unit, condition, given);
  else descend(unit, condition, { given, beside: [] });
}

// ---------- never true, always true

/** Says where it is that a condition is never true: at the smallest part, with what it goes against. */
export function contradiction(unit: Unit, condition: Condition, given: readonly Formula[]): void {
  if (condition.kind !== 'all') return impossible(unit, condition);
  const hopeless = condition.of.filter((one) => neverTrue(unit.inquiry, formulaIn(unit, one), given));
  for (const one of hopeless) contradiction(unit, one, given);
  if (hopeless.length === 0) clash(unit, condition.of, given);
}

/** Says which conditions cannot be true together: as few as possible. */
export function clash(unit: Unit, all: readonly Condition[], given: readonly Formula[]): void {
  const core = smallest(all, (some) =>
    neverTrue(unit.inquiry, { kind: 'all', of: some.map((one) => formulaIn(unit, one)) }, given),
  );
  const last = core.at(-1);
  if (last === undefined) return;
  const others = core.slice(0, -1);
  if (core.every(({ kind }) => kind === 'on')) return noWindows(unit, last.at, others);
  const message = `This is never true together with ${others.map((one) => shown(unit, one.at)).join(' and ')}.${listHint(core)}`;
  unit.add({ code: 'contradictory-condition', message, at: last.at, related: others.map(asRelated) });
}

/** Several `on` that exclude each other have a rule of their own. */
export function noWindows(unit: Unit, at: Location, others: readonly { readonly at: Location }[]): void {
  const message =
    others.length === 0
      ? 'No Windows is in this: nothing is left.'
      : 'No Windows is both this and what is asked before: nothing is left. Several names in one `on` are separated by commas and mean "one of these".';
  const related = others.map((one) => ({ at: one.at, message: 'what is asked before' }));
  unit.add({ code: 'contradictory-on', message, at, ...(related.length > 0 && { related }) });
}

const asRelated = ({ at }: Condition) => ({ at, message: 'what it goes against' });

function impossible(unit: Unit, condition: Condition): void {
  if (condition.kind === 'on') return noWindows(unit, condition.at, []);
  // An empty range is said by its own rule.
  if (comparesEmptyRange(condition)) return;
  const message =
    condition.kind === 'any' ? 'None of these can be true, so this never is.' : 'This is never true, on any machine.';
  unit.add({ code: 'contradictory-condition', message, at: condition.at });
}

function tautology(unit: Unit, condition: Condition, given: readonly Formula[]): void {
  if (condition.kind === 'any') {
    const core = smallest(condition.of, (some) =>
      neverFalse(unit.inquiry, { kind: 'any', of: some.map((one) => formulaIn(unit, one)) }, given),
    );
    const [only] = core;
    if (core.length === 1 && only !== undefined) return tautology(unit, only, given);
  }
  if (condition.kind === 'all' && condition.of.length > 0) {
    for (const one of condition.of) tautology(unit, one, given);
    return;
  }
  const message =
    given.length > 0
      ? 'This is true on every machine that gets here: it decides nothing.'
      : 'This is true on every machine: it decides nothing. If that is meant, say `missing always`.';
  unit.add({ code: 'always-true', message, at: condition.at });
}

/** Leaves out what is not needed for it to hold. */
function smallest(all: readonly Condition[], holds: (some: readonly Condition[]) => boolean): readonly Condition[] {
  let core = all;
  for (const one of all) {
    const less = core.filter((other) => other !== one);
    if (less.length > 0 && holds(less)) core = less;
  }
  return core;
}

// ---------- parts

/** What is true where a part stands: for certain, and where that part has a say. */
interface Around {
  readonly given: readonly Formula[];
  readonly beside: readonly Formula[];
}

function descend(unit: Unit, condition: Condition, around: Around): void {
  switch (condition.kind) {
    case 'all':
      return descendAll(unit, condition.of, around);
    case 'any':
      return descendAny(unit, condition.of, around);
    case 'not':
      return descend(unit, condition.of, around);
    case 'every':
    case 'some':
      return unit.inner({
        kind: 'all',
        of: [...(condition.where === undefined ? [] : [condition.where]), ...condition.of],
        at: condition.at,
      });
    case 'use-check':
    case 'use-product':
    case 'on':
    case 'compare':
  }
}

function descendAll(unit: Unit, parts: readonly Condition[], { given, beside }: Around): void {
  const kept = subsumed(unit, { parts, kind: 'all', given });
  for (const one of kept) {
    const others = kept.filter((other) => other !== one).map((other) => formulaIn(unit, other));
    descend(unit, one, { given, beside: [...beside, ...others] });
  }
}

function descendAny(unit: Unit, parts: readonly Condition[], { given, beside }: Around): void {
  const dead = new Set(parts.filter((one) => neverTrue(unit.inquiry, formulaIn(unit, one), [...given, ...beside])));
  for (const one of dead) {
    const message = 'This branch is never true: whatever is below it decides nothing.';
    unit.add({ code: 'unreachable-branch', message, at: one.at });
  }
  const alive = parts.filter((one) => !dead.has(one));
  for (const one of subsumed(unit, { parts: alive, kind: 'any', given })) descend(unit, one, { given, beside });
}

/** Says which parts add nothing to the others, and gives the rest. */
function subsumed(
  unit: Unit,
  of: { readonly parts: readonly Condition[]; readonly kind: 'all' | 'any'; readonly given: readonly Formula[] },
): readonly Condition[] {
  const { kind, given } = of;
  const block = (some: readonly Condition[]): Formula => ({ kind, of: some.map((one) => formulaIn(unit, one)) });
  let kept = of.parts;
  for (const one of of.parts.toReversed()) {
    const rest = kept.filter((other) => other !== one);
    if (rest.length === 0 || !alike(unit.inquiry, block(kept), block(rest), given)) continue;
    const because = rest.find((other) => alike(unit.inquiry, block([other, one]), block([other]), given));
    // What is given already may be all the reason; that is said where it stands.
    kept = rest;
    const to = because === undefined ? 'the others' : shown(unit, because.at);
    const why = kind === 'all' ? 'it is true wherever they are' : 'they are true wherever it is';
    unit.add({
      code: 'subsumed-check',
      message: `This adds nothing to ${to}: ${because === undefined ? why : kind === 'all' ? 'it is true wherever that is' : 'that is true wherever it is'}.`,
      at: one.at,
      ...(because !== undefined && { related: [{ at: because.at, message: 'what decides' }] }),
    });
  }
  return kept;
}

// ---------- words

function shown(unit: Unit, at: Location): string {
  const text = (unit.texts.get(at.file) ?? '').slice(at.start, at.end).replace(/\s+/g, ' ');
  return `\`${text.length > 60 ? `${text.slice(0, 60)}…` : text}\``;
}

/** Of a list, several items can fulfil what no single value does. */
function listHint(core: readonly Condition[]): string {
  const maybe = core.some((one) => one.kind === 'compare' && mayBeList(one.subject, one.steps));
  return maybe ? ' Only a list of texts could be both: if it is one, say `any` before each comparison.' : '';
}
