/** Conditions: logic, quantifiers, uses of checks and products, comparisons. */
import type * as Tree from '../../syntax/tree.ts';
import { attributeOf, elementsOf, type XmlElement } from '../document.ts';
import * as from from './building.ts';
import type { Building } from './building.ts';
import { buildPredicate } from './predicates.ts';
import * as readings from './readings.ts';

const COMPARED = new Set(['key', 'file', 'folder', 'service', 'msi', 'hotfix', 'name', 'text', 'literal']);
const CONDITIONS = new Set([...COMPARED, 'all', 'any', 'not', 'check', 'product', 'on']);

/** The conditions in an element, without declarations that stand in it for want of an end tag. */
export function conditionsIn(building: Building, element: XmlElement): readonly Tree.ConditionNode[] {
  return elementsOf(element).flatMap((one) =>
    CONDITIONS.has(one.name) && attributeOf(one, 'id') === undefined ? (buildCondition(building, one) ?? []) : [],
  );
}

/** All conditions in an element as one; undefined after a finding where there is none. */
export function allIn(building: Building, element: XmlElement): Tree.ConditionNode | undefined {
  const items = conditionsIn(building, element);
  const [only, second] = items;
  if (only === undefined) return from.reportElement(building, element, `\`<${element.name}>\` needs a condition.`);
  if (second === undefined) return only;
  return group(building, element, { operator: 'all', items });
}

/** The conditions of the one child of that tag; undefined where there is none. */
export function clauseIn(building: Building, element: XmlElement, tag: string): Tree.ConditionNode | undefined {
  const [clause, second] = elementsOf(element).filter((one) => one.name === tag);
  if (second !== undefined)
    from.reportElement(building, second, `There is one \`<${tag}>\`: put all conditions into it.`);
  return clause && allIn(building, clause);
}

function group(
  building: Building,
  element: XmlElement,
  { operator, items }: { readonly operator: string; readonly items: readonly Tree.ConditionNode[] },
): Tree.GroupNode {
  const leaf = from.leafAt(building.offsets.toMeant(element.nameStart), operator);
  const none = { name: undefined, from: undefined, where: undefined };
  return { kind: 'group', ...from.spanOf(building, element), operator: leaf, ...none, items };
}

function buildCondition(building: Building, element: XmlElement): Tree.ConditionNode | undefined {
  const span = from.spanOf(building, element);
  switch (element.name) {
    case 'all':
    case 'any':
      return buildGroup(building, element, element.name);
    case 'not': {
      const [of, second] = conditionsIn(building, element);
      if (of === undefined || second !== undefined)
        from.reportElement(building, element, '`<not>` takes one condition.');
      return { kind: 'not', ...span, of };
    }
    case 'check': {
      const args = elementsOf(element).flatMap((one) =>
        one.name === 'argument' ? (readings.onlyReading(building, one) ?? []) : [],
      );
      return { kind: 'use-check', ...span, name: from.nameValue(building, element, 'ref'), args };
    }
    case 'product':
      return buildUseProduct(building, element);
    case 'on':
      return buildOn(building, element);
    default: {
      const subject = readings.buildSource(building, element);
      const steps = readings.buildSteps(building, element);
      return { kind: 'compare', ...span, subject, steps, predicate: buildPredicate(building, element) };
    }
  }
}

function buildGroup(building: Building, element: XmlElement, operator: 'all' | 'any'): Tree.GroupNode {
  const items = conditionsIn(building, element);
  const plain = group(building, element, { operator, items });
  const name = from.nameValue(building, element, 'name');
  const collection = readings.buildCollection(building, element);
  const where = clauseIn(building, element, 'where');
  if (name !== undefined && collection !== undefined) return { ...plain, name, from: collection, where };
  const half = ['name', 'in', 'pattern', 'view'].some((one) => attributeOf(element, one) !== undefined);
  if (half || where !== undefined) {
    from.reportElement(building, element, `\`<${operator}>\` over a collection has both \`name\` and \`in\`.`);
  }
  return plain;
}

function buildUseProduct(building: Building, element: XmlElement): Tree.UseProductNode {
  const span = from.spanOf(building, element);
  const name = from.nameValue(building, element, 'ref');
  const bounds = readings.buildBounds(building, element);
  const is = from.wordLeaf(building, element, 'is');
  const isNot = from.wordLeaf(building, element, 'is-not');
  const expectations = [bounds[0], is, isNot].filter((one) => one !== undefined);
  if (expectations.length !== 1) {
    from.reportElement(
      building,
      element,
      '`<product>` in a condition has a range or `is="installed"`, and one of them.',
    );
  }
  const word = is ?? isNot;
  const state = word && { kind: 'state' as const, ...span, negated: is === undefined, word, values: [] };
  return { kind: 'use-product', ...span, name, bounds, state };
}

/** `on`, as a statement and as a condition. */
export function buildOn(building: Building, element: XmlElement): Tree.OnNode {
  const scopes = elementsOf(element).flatMap((one) =>
    one.name === 'windows' ? (readings.buildScoped(building, one) ?? []) : [],
  );
  if (scopes.length === 0)
    from.reportElement(building, element, '`<on>` needs a Windows: `<windows ref="windows-10"/>`.');
  return { kind: 'on', ...from.spanOf(building, element), scopes };
}
