/** Tests: their givens as statements of a machine, their expectations as questions to evaluation. */
import type { ExpectNode, GivenNode, Leaf, TestNode } from '../../syntax/tree.ts';
import { didYouMean } from '../../syntax/suggest.ts';
import type { Comparison, Condition, Literal } from '../content.ts';
import {
  EXPECTED_STATUSES,
  type ContentTest,
  type Expect,
  type Given,
  type Says,
  type Stated,
  type StatedThing,
} from '../content-test.ts';
import type { ExpectedKind, SymbolReference } from '../symbols.ts';
import { isWindowsName } from '../windows-names.ts';
import { fail, located, lowering, scopeOf, type FreeName, type Lowering } from './context.ts';
import type { Source } from './declared.ts';
import { lowerCondition } from './condition.ts';
import { lowerPredicate } from './predicate.ts';
import { plainText, spanOf } from './text.ts';

export interface LoweredTest {
  readonly context: Lowering;
  readonly test: ContentTest;
}

/** A test, with what is to say about it. */
export function lowerTest(source: Source, node: TestNode, owner: string): LoweredTest {
  const context = lowering(source, owner);
  const givens: Given[] = [];
  const expects: Expect[] = [];
  const machines: { pattern: string; at: Expect['at'] }[] = [];
  for (const item of node.body) {
    if (item.kind === 'machine')
      for (const leaf of item.files)
        machines.push({ pattern: plainText(leaf) ?? '', at: located(context, spanOf(leaf)) });
    if (item.kind === 'given') push(givens, lowerGiven(context, item));
    if (item.kind === 'expect') push(expects, lowerExpect(context, item));
  }
  const { damaged } = context;
  const test = {
    title: plainText(node.title) ?? '',
    at: located(context, node),
    titleAt: located(context, node.title ? spanOf(node.title) : node),
    ...{ machines, givens, expects, damaged: damaged || node.damaged },
  };
  return { context, test };
}

function push<T>(list: T[], item: T | undefined): void {
  if (item !== undefined) list.push(item);
}

// ---------- givens

const STATES =
  'A `given` states one thing that is observed: `exists`, `is absent`, `is unknown`, a state, or one value with `=`.';

function lowerGiven(context: Lowering, node: GivenNode): Given | undefined {
  const condition = lowerCondition(context, scopeOf(false), node.term);
  if (condition === undefined) return undefined;
  const { at } = condition;
  const wrong = (message: string): undefined => fail(context, 'bad-test', at, { message });
  if (condition.kind === 'on') {
    const [scope, ...more] = condition.scopes;
    if (scope === undefined || more.length > 0) return wrong('A machine has one Windows: name one.');
    const [bound, ...others] = scope.bounds;
    if (bound === undefined) return { kind: 'windows', name: scope.name, at };
    const version = bound.operator === '=' ? literalText(bound.value.source) : undefined;
    if (version === undefined || others.length > 0)
      return wrong('A machine has one version: state it with `=`, such as `on windows-10-22h2 = 10.0.19045.3570`.');
    return { kind: 'windows', name: scope.name, version, at };
  }
  if (condition.kind !== 'compare') return wrong(STATES);
  const stated = statedBy(condition);
  if (stated === undefined) return wrong(STATES);
  const { subject } = condition;
  if (subject.kind === 'name') {
    const value = textOfStated(stated);
    if (subject.name.base.toLowerCase() !== 'windows' || value === undefined) return wrong(STATES);
    return { kind: 'fact', member: subject.name.member ?? 'version', value, at };
  }
  if (subject.kind === 'literal' || subject.kind === 'element-value') return wrong(STATES);
  return { kind: 'thing', subject, is: stated, at } satisfies StatedThing;
}

function statedBy({ predicate, steps, ifPresent }: Comparison): Stated | undefined {
  if (steps.length > 0 || ifPresent) return undefined;
  if (predicate.kind === 'exists') return { kind: 'exists' };
  if (predicate.kind === 'is') {
    const { what, negated } = predicate;
    if (what.kind === 'absent') return { kind: negated ? 'exists' : 'absent' };
    if (negated || what.kind === 'one-of') return undefined;
    return what.kind === 'word' ? { kind: 'word', text: what.word } : { kind: what.kind };
  }
  const { test, quantifier } = predicate;
  if (quantifier === 'all' || test.kind !== 'range') return undefined;
  const [bound, ...more] = test.bounds;
  if (bound?.operator !== '=' || more.length > 0 || bound.value.steps.length > 0) return undefined;
  const { source } = bound.value;
  const stated = source.kind === 'literal' ? statedLiteral(source.literal) : undefined;
  if (quantifier === undefined) return stated;
  return stated?.kind === 'text' ? { kind: 'entry', template: stated.template } : undefined;
}

function statedLiteral(literal: Literal): Stated | undefined {
  switch (literal.kind) {
    case 'text':
      return { kind: 'text', template: literal.template };
    case 'number':
      return { kind: 'number', digits: literal.digits };
    case 'size':
      return { kind: 'number', digits: String(literal.bytes) };
    case 'duration':
      return undefined;
    default:
      return { kind: 'word', text: literal.text };
  }
}

function literalText(source: Comparison['subject']): string | undefined {
  const stated = source.kind === 'literal' ? statedLiteral(source.literal) : undefined;
  return stated && textOfStated(stated);
}

/** The text of a value without insertions. */
function textOfStated(stated: Stated): string | undefined {
  switch (stated.kind) {
    case 'text': {
      const [part, ...more] = stated.template.parts;
      return part?.kind === 'text' && more.length === 0 ? part.text : undefined;
    }
    case 'word':
      return stated.text;
    case 'number':
      return stated.digits;
    default:
      return undefined;
  }
}

// ---------- expectations

function lowerExpect(context: Lowering, node: ExpectNode): Expect | undefined {
  const { name, product, words, predicate } = node;
  if (name === undefined) {
    context.damaged = true;
    return undefined;
  }
  const refer = (leaf: Leaf, kind: SymbolReference['kind']): void => {
    context.references.push({ kind, name: leaf.image, at: located(context, spanOf(leaf)), owner: context.owner });
  };
  const says = lowerSays(context, node, words, predicate);
  if (says?.kind === 'installed' && says.property !== undefined)
    context.free.push(expectedProperty(name, says.property));
  refer(name, says === undefined ? 'definition' : expectedKind(says, product !== undefined));
  if (product !== undefined && !isWindowsName(product.image)) refer(product, 'product');
  if (says === undefined) return undefined;
  const at = located(context, node);
  return { name: name.image, says, at, ...(product && { product: product.image }) };
}

/** What the product binds is known to linking. */
function expectedProperty(product: Leaf, property: Condition): FreeName {
  const subject = property.kind === 'compare' && property.subject.kind === 'name' ? property.subject.name : undefined;
  const at = subject?.at ?? property.at;
  return { ref: { base: product.image, member: subject?.base ?? '', at }, withValue: false };
}

/** Of what something is said that only a product or only a patch can be. */
function expectedKind(says: Says, isFor: boolean): ExpectedKind {
  if (says.kind === 'status' || isFor) return 'expected-patch';
  if (says.kind === 'installed') return (says.times ?? says.property) === undefined ? 'definition' : 'expected-product';
  return says.kind === 'unknown' ? 'definition' : 'expected-product';
}

const SAID = [...EXPECTED_STATUSES, 'installed', 'not installed', 'unknown'];
const WORDS = [...new Set(SAID.flatMap((one) => one.split(' '))), 'times'];
const LIST = SAID.map((one) => `\`${one}\``).join(', ');

function lowerSays(
  context: Lowering,
  node: ExpectNode,
  words: readonly Leaf[],
  predicate: ExpectNode['predicate'],
): Says | undefined {
  const images = words.map(({ image }) => image);
  const said = images.join(' ');
  const status = EXPECTED_STATUSES.find((one) => one === said);
  if (predicate === undefined && status !== undefined) return { kind: 'status', status };
  if (predicate === undefined && (said === 'not installed' || said === 'unknown')) return { kind: said };
  const rest = images[0] === 'installed' ? words.slice(1) : words;
  const times = rest[1]?.image === 'times' && /^\d+$/.test(rest[0]?.image ?? '') ? Number(rest[0]?.image) : undefined;
  const [property, ...more] = times === undefined ? rest : rest.slice(2);
  const counted = times === undefined ? {} : { times };
  if (more.length === 0 && property === undefined && predicate === undefined && words.length > 0)
    return { kind: 'installed', ...counted };
  if (more.length > 0 || property === undefined || predicate === undefined) {
    const odd = words.find(({ image }) => !WORDS.includes(image) && !/^\d+$/.test(image));
    const help = odd === undefined ? '' : didYouMean(odd.image, WORDS);
    return fail(context, 'bad-test', odd === undefined ? node : spanOf(odd), {
      message: `Say what is expected: ${LIST}; or of a product \`2 times\`, or a property such as \`version = 3.1\`.${help}`,
    });
  }
  const condition = lowerProperty(context, property, predicate);
  return condition && { kind: 'installed', ...counted, property: condition };
}

function lowerProperty(
  context: Lowering,
  leaf: Leaf,
  node: NonNullable<ExpectNode['predicate']>,
): Condition | undefined {
  const at = located(context, spanOf(leaf));
  const subject = { kind: 'name', name: { base: leaf.image, at } } as const;
  const predicate = lowerPredicate(context, scopeOf(false), { node, subject: undefined, captures: 'refused' });
  const whole = { ...at, end: located(context, node).end };
  return predicate && { kind: 'compare', subject, steps: [], predicate, ifPresent: node.ifPresent, at: whole };
}
