/** Conditions: logic, quantifiers, uses of checks and products, comparisons. */
import type {
  CompareNode,
  ConditionNode,
  GroupNode,
  InfixNode,
  ScopedNode,
  UseCheckNode,
  UseProductNode,
} from '../../syntax/tree.ts';
import { didYouMean } from '../../syntax/suggest.ts';
import type { Comparison, Condition, Reading, Scope as WindowsScope } from '../content.ts';
import { isWindowsName, WINDOWS_NAMES } from '../windows-names.ts';
import { bindName, fail, located, scopeOf, type Lowering, type Scope } from './context.ts';
import { lowerPredicate } from './predicate.ts';
import { isThing, lost, lowerBounds, lowerCollection, lowerReading, lowerSource, lowerSteps } from './reading.ts';
import type { LoweredRegex } from './regex.ts';
import { spanOf } from './text.ts';

/** Where named groups of `matches` may bind: collected on the way down a `where`, refused elsewhere. */
export type Captures = LoweredRegex['groups'][number][] | 'refused';

/** A condition, or undefined after a finding. */
export function lowerCondition(
  context: Lowering,
  scope: Scope,
  node: ConditionNode | undefined,
  captures: Captures = 'refused',
): Condition | undefined {
  if (node === undefined) return lost(context);
  switch (node.kind) {
    case 'infix':
      return lowerInfix(context, scope, node, captures);
    case 'not': {
      const of = lowerCondition(context, scope, node.of);
      return of && { kind: 'not', of, at: located(context, node) };
    }
    case 'group':
      return lowerGroup(context, scope, node, captures);
    case 'use-check':
      return lowerUseCheck(context, scope, node);
    case 'use-product':
      return lowerUseProduct(context, scope, node);
    case 'on': {
      const scopes = lowerWindowsScopes(context, scope, node.scopes);
      return scopes && { kind: 'on', scopes, at: located(context, node) };
    }
    case 'compare':
      return lowerCompare(context, scope, node, captures);
  }
}

/** Conditions below each other. */
export function lowerConditions(
  context: Lowering,
  scope: Scope,
  nodes: readonly ConditionNode[],
  captures: Captures = 'refused',
): readonly Condition[] | undefined {
  const conditions = nodes.map((node) => lowerCondition(context, scope, node, captures));
  return conditions.every((condition) => condition !== undefined) ? conditions : undefined;
}

function lowerInfix(context: Lowering, scope: Scope, node: InfixNode, captures: Captures): Condition | undefined {
  const first = node.operators[0]?.image;
  const other = node.operators.find((operator) => operator.image !== first);
  if (other !== undefined) {
    fail(context, 'mixed-logic', spanOf(other), {
      message: '`and` and `or` are mixed: say which belong together with `all { … }` or `any { … }`.',
      fix: { title: 'Group what `and` joins', text: grouped(context.text, node), at: node },
    });
  }
  const isAll = first === 'and';
  const of = lowerConditions(context, scope, node.terms, isAll ? captures : 'refused');
  return of && { kind: isAll ? 'all' : 'any', of, at: located(context, node) };
}

/** A mixed condition as blocks, with what stands between two `or` as one group. */
function grouped(text: string, { terms, operators }: InfixNode): string {
  const groups: string[][] = [[]];
  for (const [index, term] of terms.entries()) {
    if (index > 0 && operators[index - 1]?.image === 'or') groups.push([]);
    groups.at(-1)?.push(text.slice(term.start, term.end));
  }
  const arms = groups.map((group) => (group.length === 1 ? group.join('') : `all { ${group.join('  ')} }`));
  return `any { ${arms.join('  ')} }`;
}

function lowerGroup(context: Lowering, scope: Scope, node: GroupNode, captures: Captures): Condition | undefined {
  const isAll = node.operator.image === 'all';
  if (node.name === undefined) {
    const of = lowerConditions(context, scope, node.items, isAll ? captures : 'refused');
    return of && { kind: isAll ? 'all' : 'any', of, at: located(context, node) };
  }
  const from = lowerCollection(context, scope, node.from);
  const inner = scopeOf(scope.open, scope);
  const at = located(context, spanOf(node.name));
  const bound = { kind: 'each', name: node.name.image, at, quantifier: true } as const;
  bindName(context, inner, { ...bound, ...(from && { collection: from.kind }) }, node);
  const where = node.where && lowerCondition(context, inner, node.where);
  const of = lowerConditions(context, inner, node.items);
  if (from === undefined || of === undefined || (node.where !== undefined && where === undefined)) return undefined;
  return {
    kind: isAll ? 'every' : 'some',
    name: node.name.image,
    from,
    of,
    at: located(context, node),
    ...(where && { where }),
  };
}

function lowerUseCheck(context: Lowering, scope: Scope, node: UseCheckNode): Condition | undefined {
  if (node.name === undefined) return lost(context);
  const args = node.args.map((arg) => lowerReading(context, scope, arg));
  const at = located(context, spanOf(node.name));
  context.references.push({ kind: 'check', name: node.name.image, at, owner: context.owner });
  context.checkUses.push({ check: node.name.image, count: node.args.length, at });
  if (!args.every((arg): arg is Reading => arg !== undefined)) return undefined;
  return { kind: 'use-check', check: node.name.image, args, at: located(context, node) };
}

function lowerUseProduct(context: Lowering, scope: Scope, node: UseProductNode): Condition | undefined {
  if (node.name === undefined) return lost(context);
  const at = located(context, node);
  context.references.push({
    kind: 'product',
    name: node.name.image,
    at: located(context, spanOf(node.name)),
    owner: context.owner,
  });
  const product = node.name.image;
  if (isWindowsName(product)) {
    return fail(context, 'unknown-name', spanOf(node.name), {
      message: `\`${product}\` is a Windows, not a product: say \`on ${product}\`.`,
    });
  }
  if (node.state === undefined) {
    const bounds = lowerBounds(context, scope, node.bounds);
    return bounds && { kind: 'use-product', product, test: { kind: 'range', bounds }, at };
  }
  const { word, negated } = node.state;
  if (word?.image === 'installed' || word?.image === 'absent') {
    const test = { kind: 'installed' as const, negated: negated !== (word.image === 'absent') };
    return { kind: 'use-product', product, test, at };
  }
  return fail(context, 'unknown-state', word === undefined ? node.state : spanOf(word), {
    message: `A product \`is installed\` or \`is not installed\`, or has a version range such as \`< 24.7\`.${word === undefined ? '' : didYouMean(word.image, ['installed', 'absent'])}`,
  });
}

/** The Windows names of an `on`, with their ranges. */
export function lowerWindowsScopes(
  context: Lowering,
  scope: Scope,
  nodes: readonly ScopedNode[],
): readonly WindowsScope[] | undefined {
  const scopes = nodes.map((node): WindowsScope | undefined => {
    const bounds = lowerBounds(context, scope, node.bounds);
    const name = node.name.image.toLowerCase();
    if (!WINDOWS_NAMES.has(name)) {
      const help = didYouMean(name, WINDOWS_NAMES.keys());
      return fail(context, 'unknown-windows', spanOf(node.name), {
        message: `No Windows is called \`${node.name.image}\`.${help} Names are such as \`windows-10-22h2\`, \`server-2019\` or \`windows-7-sp1\`.`,
      });
    }
    return bounds && { name, bounds, at: located(context, node) };
  });
  return scopes.every((one) => one !== undefined) ? scopes : undefined;
}

function lowerCompare(context: Lowering, scope: Scope, node: CompareNode, captures: Captures): Comparison | undefined {
  if (node.subject === undefined || node.predicate === undefined) return lost(context);
  const subject = lowerSource(context, scope, node.subject);
  const steps = lowerSteps(context, scope, node.steps);
  const predicate = lowerPredicate(context, scope, { node: node.predicate, subject, captures });
  if (subject === undefined || steps === undefined || predicate === undefined) return undefined;
  if (isThing(subject) && (steps.length > 0 || predicate.kind === 'test')) {
    return fail(context, 'missing-property', node.subject, {
      message: 'Say which property of it is compared, such as `version` of a file or `value "Name"` of a key.',
    });
  }
  const { ifPresent } = node.predicate;
  return { kind: 'compare', subject, steps, predicate, ifPresent, at: located(context, node) };
}
