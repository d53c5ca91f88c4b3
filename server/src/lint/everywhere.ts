/** Rules that look at every declaration alike. */
import type { Content } from '../model/content.ts';
import { walkCheck, walkPatch, walkProduct, type Visitor } from '../model/walk.ts';
import type { RuleFinding } from './rule.ts';

/** Walks through all declarations and gathers what the visitor adds. */
export function everywhere(
  content: Content,
  visitor: (add: (finding: RuleFinding) => void) => Visitor,
): readonly RuleFinding[] {
  const found: RuleFinding[] = [];
  const visit = visitor((finding) => void found.push(finding));
  for (const product of content.products.values()) walkProduct(product, visit);
  for (const patch of content.patches.values()) walkPatch(patch, visit);
  for (const check of content.checks.values()) walkCheck(check, visit);
  return found;
}
