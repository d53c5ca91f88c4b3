/** Names that the named groups of `matches` bind: in a `where`, alone or joined by `and` / `all`. */
import type { Comparison, Condition, RegexLiteral } from '../model/content.ts';
import type { ObservationRequest } from '../model/observation.ts';
import { bind, unique, type Context, type Names } from './context.ts';
import { groupNames, matcherOn } from './regex.ts';
import { evaluateSource } from './readings.ts';
import { applySteps } from './steps.ts';
import { ABSENT, PENDING_READ, mapRead, present, textOf, textValue, unreadable, type Read } from './values.ts';

/** Adds the captures of a condition to the names in scope. */
export function bindCaptures(names: Names | undefined, condition: Condition | undefined): Names | undefined {
  return bindGroups(names, condition, (of) => once((context) => capture(context, names, of)));
}

/** The same names where no element fits: each is what `read` says. */
export function bindNoCaptures(
  names: Names | undefined,
  condition: Condition | undefined,
  read: Read,
): Names | undefined {
  return bindGroups(names, condition, () => () => read);
}

interface Group {
  readonly condition: Comparison;
  readonly regex: RegexLiteral;
  readonly group: string;
}

function bindGroups(
  names: Names | undefined,
  condition: Condition | undefined,
  reading: (of: Group) => (context: Context) => Read,
): Names | undefined {
  if (condition === undefined) return names;
  if (condition.kind === 'all')
    return condition.of.reduce<Names | undefined>((scope, one) => bindGroups(scope, one, reading), names);
  if (condition.kind !== 'compare') return names;
  const { predicate } = condition;
  if (predicate.kind !== 'test' || predicate.test.kind !== 'matches') return names;
  const { regex } = predicate.test;
  return groupNames(regex).reduce<Names | undefined>(
    (scope, group) => bind(group, { kind: 'read', read: reading({ condition, regex, group }) }, scope),
    names,
  );
}

function capture(context: Context, names: Names | undefined, of: Group): Read {
  const { subject, steps } = of.condition;
  if (subject.kind.startsWith('thing-')) return unreadable('a thing without a property has no text');
  const read = evaluateSource(context, names, subject as Parameters<typeof evaluateSource>[2]);
  return mapRead(applySteps(context, names, { read, steps }), (value) => {
    const run = matcherOn(context, of.regex, textOf(value));
    if (!run.ok) return unreadable(run.reason);
    const found = run.matcher.find() ? run.matcher.group(of.group) : null;
    return found === null ? ABSENT : present(textValue(found));
  });
}

/**
 * A name is read when it is first wanted, which may be within a check. What it needs belongs to where it is bound: a check that
 * it uses is not used by itself, and what it recognises is no evidence for that check.
 */
function asideOf(context: Context, read: (context: Context) => Read): Read {
  const checking = context.checking.splice(0);
  const evidence = context.evidence.length;
  const made = read(context);
  context.evidence.length = evidence;
  context.checking.push(...checking);
  return made;
}

/** Keeps what was read once it is known; within one round, also what it still needs, however often it is asked for. */
export function once(read: (context: Context) => Read): (context: Context) => Read {
  let known: Read | undefined;
  let waiting: { readonly context: Context; readonly needed: readonly ObservationRequest[] } | undefined;
  return (context) => {
    if (known !== undefined) return known;
    if (waiting?.context === context) {
      context.needed.push(...waiting.needed);
      return PENDING_READ;
    }
    const mark = context.needed.length;
    const made = asideOf(context, read);
    if (made.state === 'pending') waiting = { context, needed: unique(context.needed.slice(mark)) };
    else known = made;
    return made;
  };
}
