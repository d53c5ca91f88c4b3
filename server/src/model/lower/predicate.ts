/** Predicates: what is expected of a reading. */
import { didYouMean, distance } from '../../syntax/suggest.ts';
import type { MatchesNode, PredicateNode, ReachesNode, RowNode, StateNode, TestingNode } from '../../syntax/tree.ts';
import type { CollectionKind, Predicate, ReachesRow, Reading, Source, StateTest, Test, Thing } from '../content.ts';
import { ARCHITECTURES, SERVICE_STARTS, SERVICE_STATES, WINDOWS_MEMBERS } from '../vocabulary.ts';
import type { Captures } from './condition.ts';
import { fail, located, lookup, report, type Lowering, type Scope } from './context.ts';
import { lowerDuration } from './literal.ts';
import { lost, lowerBounds, lowerReading } from './reading.ts';
import { lowerRegex } from './regex.ts';
import { lowerText, spanOf } from './text.ts';

/** What a predicate is lowered for. */
interface Predicated {
  readonly node: PredicateNode;
  /** Not there where it has an error of its own. */
  readonly subject: Source | Thing | undefined;
  readonly captures: Captures;
}

/** A predicate, or undefined after a finding. */
export function lowerPredicate(context: Lowering, scope: Scope, what: Predicated): Predicate | undefined {
  const { test } = what.node;
  if (test === undefined) return lost(context);
  if (test.kind === 'exists') return { kind: 'exists' };
  if (test.kind === 'state') {
    const state = lowerState(context, scope, test, what.subject);
    return state && { kind: 'is', negated: test.negated, what: state };
  }
  if (test.test === undefined) return lost(context);
  const lowered = lowerTest(context, scope, test.test, what.captures);
  if (lowered === undefined) return undefined;
  const quantifier = test.quantifier?.image;
  return {
    kind: 'test',
    test: lowered,
    ...((quantifier === 'any' || quantifier === 'all') && { quantifier }),
  };
}

// ---------- states

function lowerState(
  context: Lowering,
  scope: Scope,
  node: StateNode,
  subject: Source | Thing | undefined,
): StateTest | undefined {
  if (node.word === undefined) {
    const values = node.values.map((value) => lowerReading(context, scope, value));
    return values.every((value): value is Reading => value !== undefined) ? { kind: 'one-of', values } : undefined;
  }
  const word = node.word.image;
  if (word === 'absent' || word === 'unknown') return { kind: word };
  if (word === 'installed') {
    if (subject === undefined || isInstalled(subject)) return { kind: 'installed' };
    return fail(context, 'unknown-state', spanOf(node.word), {
      message: '`is installed` is said of `msi`, `hotfix` and `product`; of anything else say `exists`.',
    });
  }
  const known = subject === undefined ? undefined : statesOf(scope, subject);
  const any = isInstalled(subject) ? ['absent', 'unknown', 'installed'] : ['absent', 'unknown'];
  const slip = known === undefined && any.find((one) => distance(word.toLowerCase(), one, 1) <= 1);
  if (slip) {
    const message = `A text is compared with \`=\`, and \`${word}\` is no state. Did you mean \`${slip}\`?`;
    return fail(context, 'unknown-state', spanOf(node.word), { message });
  }
  if (known === undefined || known.includes(word)) return { kind: 'word', word };
  const help = didYouMean(word, [...known, ...any]);
  const message =
    known.length === 0
      ? `This cannot be \`${word}\`: \`is\` takes a state; compare values with \`=\`.${help}`
      : `This cannot be \`${word}\`.${help} It can be ${known.map((one) => `\`${one}\``).join(', ')}.`;
  return fail(context, 'unknown-state', spanOf(node.word), { message });
}

const isInstalled = (subject: Source | Thing | undefined): boolean =>
  subject?.kind === 'thing-msi' || subject?.kind === 'thing-hotfix';

/** The state words that a source can be in; undefined where only the machine can tell. */
function statesOf(scope: Scope, subject: Source | Thing): readonly string[] | undefined {
  switch (subject.kind) {
    case 'thing-service':
      return SERVICE_STATES;
    case 'service':
      return subject.property === 'state' ? SERVICE_STATES : subject.property === 'start' ? SERVICE_STARTS : [];
    case 'file':
      return subject.property === 'arch' ? ARCHITECTURES : [];
    case 'name':
      if (subject.name.base.toLowerCase() === 'windows') return WINDOWS_MEMBERS[subject.name.member ?? ''] ?? [];
      return statesOfMember(lookup(scope, subject.name.base)?.collection, subject.name.member);
    default:
      return [];
  }
}

/** Of an element of a collection: what it is in, where only some words are possible. */
function statesOfMember(of: CollectionKind | undefined, member: string | undefined): readonly string[] | undefined {
  if (of === 'services' && member === 'state') return SERVICE_STATES;
  if (of === 'services' && member === 'start') return SERVICE_STARTS;
  return of === 'files' && member === 'arch' ? ARCHITECTURES : undefined;
}

// ---------- tests

function lowerTest(context: Lowering, scope: Scope, node: TestingNode, captures: Captures): Test | undefined {
  switch (node.kind) {
    case 'range': {
      const bounds = lowerBounds(context, scope, node.bounds);
      return bounds && { kind: 'range', bounds };
    }
    case 'contains':
    case 'starts-with':
    case 'ends-with': {
      const value = lowerReading(context, scope, node.value);
      return value && { kind: node.kind, value };
    }
    case 'like':
      return { kind: 'like', pattern: lowerText(context, scope, node.pattern) };
    case 'matches':
      return lowerMatches(context, node, captures);
    case 'age':
      return {
        kind: 'age',
        than: node.than.image === 'older' ? 'older' : 'newer',
        seconds: lowerDuration(node.duration.image),
      };
    case 'reaches':
      return lowerReaches(context, node);
  }
}

function lowerMatches(context: Lowering, node: MatchesNode, captures: Captures): Test | undefined {
  const regex = lowerRegex(context, node.regex);
  if (regex === undefined) return undefined;
  if (captures === 'refused') {
    for (const group of regex.groups) {
      fail(context, 'capture-place', group, {
        message: `\`${group.name}\` cannot be bound here: named groups bind in the \`where\` of an \`each\`, not under \`not\` and not in one arm of \`or\` or \`any\`. Write \`(?:…)\` instead.`,
      });
    }
  } else captures.push(...regex.groups);
  return { kind: 'matches', regex: regex.literal };
}

// ---------- reaches

const VERSION = /^\d+(?:[.,_-]\d+)*[a-z]*$/i;

function lowerReaches(context: Lowering, node: ReachesNode): Test | undefined {
  const rows = node.rows.map((row) => lowerRow(context, row));
  if (!rows.every((row) => row !== undefined)) return undefined;
  if (rows.length === 0)
    return fail(context, 'bad-reaches', node, { message: '`reaches` needs at least one fixed version.' });
  const otherwise = node.otherwise && { otherwise: node.otherwise.image === 'true' };
  return { kind: 'reaches', rows, ...otherwise };
}

function lowerRow(context: Lowering, node: RowNode): ReachesRow | undefined {
  for (const leaf of [node.fixed, node.from]) {
    if (leaf === undefined || VERSION.test(leaf.image)) continue;
    return fail(context, 'bad-reaches', spanOf(leaf), {
      message: `\`${leaf.image}\` is no version.${didYouMean(leaf.image, ['from', 'otherwise'])}`,
    });
  }
  const fixed = node.fixed.image;
  const from = node.from?.image;
  if (from !== undefined && compareParts(from, fixed) > 0) {
    report(context, 'bad-reaches', node, {
      message: `The branch would begin at ${from}, above its fixed version ${fixed}.`,
    });
    context.damaged = true;
    return undefined;
  }
  return { fixed, at: located(context, node), ...(from !== undefined && { from }) };
}

/** Compares two versions as written here: numbers part by part, missing parts 0. */
function compareParts(left: string, right: string): number {
  const a = left.split(/[.,_-]/);
  const b = right.split(/[.,_-]/);
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = Number.parseInt(a[i] ?? '0', 10) - Number.parseInt(b[i] ?? '0', 10);
    if (difference !== 0) return difference;
  }
  return 0;
}
