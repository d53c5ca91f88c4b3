/** Conditions of the tree as elements. */
import type {
  CompareNode,
  ConditionNode,
  GroupNode,
  PredicateNode,
  ScopedNode,
  StateNode,
  TestingNode,
} from '../../syntax/tree.ts';
import { below, NO_COMMENTS, upTo, type CommentsBefore } from './comments.ts';
import { element, type OutComment, type OutElement } from './element.ts';
import { unquoted, writeBounds, writeCollection, writeReading, writeSource, writeStep } from './readings.ts';

/** A condition as what stands in `<where>`, `<installed-when>` and the like: all of it must hold. */
export function writeClause(
  node: ConditionNode | undefined,
  comments = NO_COMMENTS,
): readonly (OutElement | OutComment)[] {
  if (node === undefined) return [];
  // An empty `all` would leave the clause without a condition.
  if (node.kind === 'group' && node.operator.image === 'all' && node.name === undefined && node.items.length > 1) {
    return node.items.flatMap((one) => writeItem(one, comments));
  }
  if (node.kind === 'infix' && node.operators.every((one) => one.image === 'and'))
    return node.terms.flatMap((one) => writeItem(one, comments));
  return writeItem(node, comments);
}

/** A condition below its comments. */
export const writeItem = (node: ConditionNode, comments: CommentsBefore): readonly (OutElement | OutComment)[] =>
  below(comments(node.kind === 'group' ? upTo(node) : node), writeCondition(node, comments));

/** A condition as one element. */
export function writeCondition(node: ConditionNode, comments = NO_COMMENTS): OutElement[] {
  switch (node.kind) {
    case 'infix':
      return [
        element(
          node.operators[0]?.image === 'or' ? 'any' : 'all',
          {},
          node.terms.flatMap((one) => writeCondition(one)),
        ),
      ];
    case 'not':
      return [element('not', {}, node.of === undefined ? [] : writeCondition(node.of))];
    case 'group':
      return [writeGroup(node, comments)];
    case 'use-check': {
      const args = node.args.map((arg) => element('argument', {}, writeReading(arg)));
      return [element('check', { ref: node.name?.image }, args)];
    }
    case 'use-product': {
      const { attributes, children } = writeBounds(node.bounds);
      return [
        element(
          'product',
          { ref: node.name?.image, ...attributes, ...(node.state && writeState(node.state)) },
          children,
        ),
      ];
    }
    case 'on':
      return [writeOn(node.scopes)];
    case 'compare':
      return writeCompare(node);
  }
}

/** `<on>` with its Windows. */
export const writeOn = (scopes: readonly ScopedNode[]): OutElement =>
  element(
    'on',
    {},
    scopes.map((scope) => writeScoped('windows', scope)),
  );

/** A product or Windows with its range. */
export function writeScoped(tag: 'product' | 'windows', { name, bounds }: ScopedNode): OutElement {
  const written = writeBounds(bounds);
  return element(tag, { ref: name.image, ...written.attributes }, written.children);
}

function writeGroup(node: GroupNode, comments: CommentsBefore): OutElement {
  const { attributes, children } = writeCollection(node.from);
  const where = node.where === undefined ? [] : [element('where', {}, writeClause(node.where))];
  const items = node.items.flatMap((one) => writeItem(one, comments));
  return element(node.operator.image, { name: node.name?.image, ...attributes }, [...children, ...where, ...items]);
}

const writeState = (state: StateNode): Readonly<Record<string, string | undefined>> => ({
  [state.negated ? 'is-not' : 'is']: state.word?.image,
});

function writeCompare(node: CompareNode): OutElement[] {
  if (node.subject === undefined || node.predicate === undefined) return [];
  const { attributes, children } = writePredicate(node.predicate);
  return [writeSource(node.subject, [...node.steps.map(writeStep), ...children], attributes)];
}

interface Written {
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly children: readonly OutElement[];
}

function writePredicate({ test, ifPresent }: PredicateNode): Written {
  const { attributes, children } = writeExpectation(test);
  return { attributes: { ...attributes, 'if-present': ifPresent ? 'true' : undefined }, children };
}

function writeExpectation(test: PredicateNode['test']): Written {
  if (test === undefined) return { attributes: {}, children: [] };
  if (test.kind === 'exists') return { attributes: { exists: 'true' }, children: [] };
  if (test.kind === 'state') {
    if (test.word !== undefined) return { attributes: writeState(test), children: [] };
    const name = test.negated ? 'is-not-one-of' : 'is-one-of';
    return { attributes: {}, children: [element(name, {}, test.values.flatMap(writeReading))] };
  }
  const { attributes, children } = writeTest(test.test);
  return { attributes: { ...attributes, values: test.quantifier?.image }, children };
}

function writeTest(test: TestingNode | undefined): Written {
  switch (test?.kind) {
    case undefined:
      return { attributes: {}, children: [] };
    case 'range':
      return writeBounds(test.bounds);
    case 'contains':
    case 'starts-with':
    case 'ends-with': {
      const literal = test.value?.source?.kind === 'literal' ? test.value.source.literal : undefined;
      if (literal?.tokenType.name === 'Text' && test.value?.steps.length === 0) {
        return { attributes: { [test.kind]: unquoted(literal) }, children: [] };
      }
      return { attributes: {}, children: [element(test.kind, {}, writeReading(test.value))] };
    }
    case 'like':
      return { attributes: { like: unquoted(test.pattern) }, children: [] };
    case 'matches':
      return { attributes: { matches: test.regex.image }, children: [] };
    case 'age':
      return { attributes: { [`${test.than.image}-than`]: test.duration.image }, children: [] };
    case 'reaches': {
      const [only, second] = test.rows;
      if (only !== undefined && second === undefined && only.from === undefined && test.otherwise === undefined) {
        return { attributes: { reaches: only.fixed.image }, children: [] };
      }
      const rows = test.rows.map(({ fixed, from }) => element('row', { fixed: fixed.image, from: from?.image }));
      return { attributes: {}, children: [element('reaches', { otherwise: test.otherwise?.image }, rows)] };
    }
  }
}
