/** The statements that find a product's instances, and `let`, which patches have too. */
import type { EachNode, LetNode, OnNode, StatementNode } from '../../syntax/tree.ts';
import type { Find, Let } from '../content.ts';
import { lowerCondition, lowerWindowsScopes, type Captures } from './condition.ts';
import { bindName, fail, located, type Lowering, type Scope } from './context.ts';
import { lost, lowerCollection, lowerReading } from './reading.ts';
import { spanOf } from './text.ts';

/** Lowers `each`, `let`, `on` and `installed when` in their order; others are left to the caller. */
export function lowerFinds(context: Lowering, scope: Scope, nodes: readonly StatementNode[]): Find[] {
  const finds: Find[] = [];
  for (const node of nodes) {
    const find = lowerFind(context, scope, node);
    if (find !== undefined) finds.push(find);
  }
  return finds;
}

function lowerFind(context: Lowering, scope: Scope, node: StatementNode): Find | undefined {
  switch (node.kind) {
    case 'each':
      return lowerEach(context, scope, node);
    case 'let':
      return lowerLet(context, scope, node);
    case 'on':
      return lowerOn(context, scope, node);
    case 'installed': {
      const condition = lowerCondition(context, scope, node.condition);
      return condition && { kind: 'installed-when', condition, at: located(context, node) };
    }
    default:
      return undefined;
  }
}

/** `on` as a statement. */
export function lowerOn(context: Lowering, scope: Scope, node: OnNode): (Find & { kind: 'on' }) | undefined {
  const scopes = lowerWindowsScopes(context, scope, node.scopes);
  return scopes && { kind: 'on', scopes, at: located(context, node) };
}

function lowerEach(context: Lowering, scope: Scope, node: EachNode): Find | undefined {
  const from = lowerCollection(context, scope, node.from);
  if (node.name === undefined) return lost(context);
  const name = node.name.image;
  const at = located(context, spanOf(node.name));
  bindName(context, scope, { kind: 'each', name, at, ...(from && { collection: from.kind }) }, node);
  const captures: Exclude<Captures, 'refused'> = [];
  const where = node.where && lowerCondition(context, scope, node.where, captures);
  for (const group of captures) {
    const place = located(context, group);
    bindName(context, scope, { kind: 'capture', name: group.name, at: place }, group);
  }
  if (from === undefined || (node.where !== undefined && where === undefined)) return undefined;
  return {
    ...{ kind: 'each', name, from, at: located(context, node) },
    ...(node.first && { first: true }),
    ...(where && { where }),
  };
}

/** `let`; the name is bound even where its value has an error, so that its uses have none. */
export function lowerLet(context: Lowering, scope: Scope, node: LetNode): Let | undefined {
  if (node.name === undefined) return lost(context);
  const choices = node.choices.map((choice) => {
    const value = lowerReading(context, scope, choice.value);
    const when = choice.when && lowerCondition(context, scope, choice.when);
    if (value === undefined || (choice.when !== undefined && when === undefined)) return undefined;
    return { value, ...(when && { when }) };
  });
  const name = node.name.image;
  bindName(context, scope, { kind: 'let', name, at: located(context, spanOf(node.name)) }, node);
  if (choices.length === 0) return lost(context);
  if (!choices.every((choice) => choice !== undefined)) return undefined;
  return { kind: 'let', name, choices, at: located(context, node) };
}

/** Says that a statement has no meaning where it stands. */
export function misplaced(context: Lowering, node: StatementNode, where: string): void {
  fail(context, 'misplaced-statement', node, { message: `This statement has no meaning in ${where}.` });
}
