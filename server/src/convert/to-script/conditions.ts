/** Conditions of the tree as a script has them. */
import type { CompareNode, ConditionNode, GroupNode, PredicateNode, TestingNode } from '../../syntax/tree.ts';
import { boundsText, collectionText, readingText, scopedText, sourceText, stepText, words } from './readings.ts';

/** The comment lines that belong before a part of the tree; each call gives those that no call has given before. */
export type CommentsBefore = (part: { readonly end: number }) => readonly string[];
const NO_COMMENTS: CommentsBefore = () => [];

/** The comments that stand before a part, not those in it. */
export const upTo = ({ start }: { readonly start: number }) => ({ end: start + 1 });

/** A condition; each of a block stands on a line of its own, below its comments. */
export function conditionText(node: ConditionNode | undefined, comments = NO_COMMENTS): string {
  switch (node?.kind) {
    case undefined:
      return '';
    case 'infix':
      return node.terms
        .map((term, index) => words(index > 0 ? node.operators[index - 1]?.image : undefined, conditionText(term)))
        .join(' ');
    case 'not':
      return words('not', conditionText(node.of, comments));
    case 'group':
      return groupText(node, comments);
    case 'use-check': {
      const args = node.args.map(readingText);
      return words('check', `${node.name?.image ?? ''}${args.length > 0 ? `(${args.join(', ')})` : ''}`);
    }
    case 'use-product': {
      const state = node.state && words('is', node.state.negated ? 'not' : undefined, node.state.word?.image);
      return words('product', node.name?.image, boundsText(node.bounds), state);
    }
    case 'on':
      return words('on', node.scopes.map(scopedText).join(', '));
    case 'compare':
      return compareText(node);
  }
}

function groupText(node: GroupNode, comments: CommentsBefore): string {
  const over = node.name && words(node.name.image, 'in', collectionText(node.from), whereText(node.where));
  return words(node.operator.image, over, `{\n${conditionLines(node.items, comments).join('\n')}\n}`);
}

/** The conditions of a block, each below its comments. */
export const conditionLines = (items: readonly ConditionNode[], comments: CommentsBefore): readonly string[] =>
  items.flatMap((one) => [...comments(one.kind === 'group' ? upTo(one) : one), conditionText(one, comments)]);

/** ` where …`, if there is any. */
export const whereText = (node: ConditionNode | undefined): string | undefined =>
  node && words('where', conditionText(node));

function compareText({ subject, steps, predicate }: CompareNode): string {
  if (subject === undefined || predicate === undefined) return '';
  return words(sourceText(subject), ...steps.map(stepText), predicateText(predicate));
}

function predicateText({ test, ifPresent }: PredicateNode): string {
  return words(expectationText(test), ifPresent ? 'if present' : undefined);
}

function expectationText(test: PredicateNode['test']): string {
  switch (test?.kind) {
    case undefined:
      return '';
    case 'exists':
      return 'exists';
    case 'state': {
      const not = test.negated ? 'not' : undefined;
      if (test.word !== undefined) return words('is', not, test.word.image);
      return words('is', not, 'one of', test.values.map(readingText).join(', '));
    }
    case 'tested':
      return words(test.quantifier?.image, testText(test.test));
  }
}

function testText(test: TestingNode | undefined): string {
  switch (test?.kind) {
    case undefined:
      return '';
    case 'range':
      return boundsText(test.bounds);
    case 'contains':
      return words('contains', readingText(test.value));
    case 'starts-with':
      return words('starts with', readingText(test.value));
    case 'ends-with':
      return words('ends with', readingText(test.value));
    case 'like':
      return words('like', test.pattern.image);
    case 'matches':
      return words('matches', test.regex.image);
    case 'age':
      return words(test.than.image, 'than', test.duration.image);
    case 'reaches': {
      const [only, second] = test.rows;
      if (only && !second && !only.from && !test.otherwise) return words('reaches', only.fixed.image);
      const rows = test.rows.map(({ fixed, from }) => words(fixed.image, from && `from ${from.image}`));
      const otherwise = test.otherwise ? [words('otherwise', test.otherwise.image)] : [];
      return words('reaches', `{\n${[...rows, ...otherwise].join('\n')}\n}`);
    }
  }
}
