/** Named checks: conditions that are shared, with parameters. */
import type { CheckNode } from '../../syntax/tree.ts';
import type { NamedCheck } from '../content.ts';
import { bindName, located, scopeOf, type Lowering } from './context.ts';
import { lowerConditions } from './condition.ts';
import { declare, type Source } from './declared.ts';
import { spanOf } from './text.ts';

/** A check before linking. */
export interface LoweredCheck {
  readonly check: NamedCheck;
  readonly context: Lowering;
  /** The checks that its conditions use, in lower case; none where one of them has an error. */
  readonly calls: readonly string[];
}

/** Lowers a check, which sees its parameters and `windows`, nothing else; undefined where it has no name. */
export function lowerCheck(source: Source, node: CheckNode): LoweredCheck | undefined {
  const declared = declare(source, node);
  if (declared === undefined) return undefined;
  const { head, context } = declared;
  const scope = scopeOf(false);
  for (const leaf of node.parameters) {
    const at = located(context, spanOf(leaf));
    bindName(context, scope, { kind: 'parameter', name: leaf.image, at }, spanOf(leaf));
  }
  const conditions = lowerConditions(context, scope, node.conditions);
  const parameters = node.parameters.map((leaf) => leaf.image);
  const calls = conditions && new Set(context.checkUses.map((use) => use.check.toLowerCase()));
  return {
    check: { ...head, kind: 'check', parameters, conditions: conditions ?? [] },
    context,
    calls: [...(calls ?? [])],
  };
}
