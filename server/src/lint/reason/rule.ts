/** Rules whose findings reasoning over the conditions brings up, all in one go. */
import type { Rule } from '../rule.ts';
import { reasonedOf } from './analysis.ts';
import type { ReasonCode } from './examine.ts';

/** The rule that reports one kind of what reasoning finds. */
export function reasonedRule(rule: Omit<Rule, 'find'> & { readonly code: ReasonCode }): Rule {
  const find: Rule['find'] = (content) =>
    reasonedOf(content)
      .filter(({ code }) => code === rule.code)
      .map(({ code: _, ...finding }) => finding);
  return { ...rule, alone: true, find };
}
