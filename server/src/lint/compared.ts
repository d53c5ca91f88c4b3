/** Rules that compare declarations with each other see outlines of them: the same from content and from a workspace's index. */
import type { Content, SupersedenceEdge } from '../model/content.ts';
import { outlineOfPatch, outlineOfProduct, type PatchOutline, type ProductOutline } from '../model/facts/outline.ts';
import type { Rule, RuleFinding } from './rule.ts';

/** What is looked at, and how the rest is asked for. Only declarations that judge are there, and of `fixes` only what is known. */
export interface Compared {
  readonly products: readonly ProductOutline[];
  readonly patches: readonly PatchOutline[];
  readonly edges: readonly ComparedEdge[];
  /** By the id in lower case. */
  readonly product: (id: string) => ProductOutline | undefined;
  readonly patch: (id: string) => PatchOutline | undefined;
  /** The patches that fix a product. */
  readonly patchesOf: (product: string) => readonly PatchOutline[];
}

export interface ComparedEdge extends SupersedenceEdge {
  /** Stated as `everything before` a date. */
  readonly everything: boolean;
}

export type Compare = (compared: Compared) => readonly RuleFinding[];

const known = new WeakMap<Content, Compared>();

/** All of linked content. */
export function comparedOf(content: Content): Compared {
  const before = known.get(content);
  if (before !== undefined) return before;
  const { texts } = content;
  const products = new Map(
    [...content.products].map(([id, one]) => [id, outlineOfProduct(one, texts.get(one.at.file) ?? '')] as const),
  );
  const patches = new Map([...content.patches].map(([id, one]) => [id, outlineOfPatch(one)] as const));
  const fixing = new Map<string, PatchOutline[]>();
  for (const patch of patches.values()) {
    for (const id of new Set(patch.fixes.map(({ name }) => name.toLowerCase()))) {
      const list = fixing.get(id);
      if (list) list.push(patch);
      else fixing.set(id, [patch]);
    }
  }
  const compared: Compared = {
    products: [...products.values()],
    patches: [...patches.values()],
    edges: content.supersedence.map((edge) => ({
      ...edge,
      everything: texts.get(edge.at.file)?.startsWith('everything', edge.at.start) === true,
    })),
    product: (id) => products.get(id),
    patch: (id) => patches.get(id),
    patchesOf: (product) => fixing.get(product) ?? [],
  };
  known.set(content, compared);
  return compared;
}

/** A rule that compares declarations. */
export const comparingRule = (
  rule: Omit<Rule, 'find' | 'alone' | 'compare'> & { readonly compare: Compare },
): Rule => ({
  ...rule,
  find: (content) => rule.compare(comparedOf(content)),
});
