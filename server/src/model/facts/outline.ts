/** What rules that compare declarations ask of each of them: little enough to keep of a whole workspace. */
import type { Find, Let, Patch, Product } from '../content.ts';
import type { Location } from '../source.ts';
import { walkCondition, walkPatch, walkProduct } from '../walk.ts';

/** A name where it is bound. */
export interface BoundPlace {
  readonly name: string;
  readonly at: Location;
}

export interface ProductOutline {
  readonly id: string;
  readonly nameAt: Location;
  /** Whether each of its variants binds `version`. */
  readonly bindsVersion: boolean;
  readonly lets: readonly BoundPlace[];
  /** Named groups of the patterns that find it. */
  readonly groups: readonly BoundPlace[];
  /** Names that its own statements use, in lower case. */
  readonly uses: readonly string[];
}

export interface PatchOutline {
  readonly id: string;
  readonly nameAt: Location;
  readonly released?: string;
  readonly fixes: readonly FixedOutline[];
  /** Names that its statements use, in lower case. */
  readonly uses: readonly string[];
}

export interface FixedOutline {
  readonly name: string;
  readonly at: Location;
  /** Whether only a range of versions is fixed. */
  readonly isRange: boolean;
}

/** The outline of a product; `text` is its file's. */
export function outlineOfProduct(product: Product, text: string): ProductOutline {
  const finds = product.variants.map((variant) => variant.finds);
  return {
    id: product.id,
    nameAt: product.nameAt,
    bindsVersion: finds.every((some) => some.some(givesVersion)),
    lets: finds.flatMap((some) => some.filter(isBinding).map(({ name, at }) => ({ name, at }))),
    groups: finds.flatMap((some) => some.flatMap((find) => groupsOf(find, text))),
    uses: namesUsed(product),
  };
}

/** Names that a product uses, in lower case; what the `where` of a look-up says of itself is no use of it. */
function namesUsed(product: Product): readonly string[] {
  const count = new Map(product.onePer.map((name) => [name.toLowerCase(), 1]));
  const add = (name: string, by: number): void => void count.set(name, (count.get(name) ?? 0) + by);
  walkProduct(product, { name: ({ base }) => add(base.toLowerCase(), 1) });
  for (const find of product.variants.flatMap((variant) => variant.finds.filter(isLookUp))) {
    const own = find.name.toLowerCase();
    if (find.where !== undefined)
      walkCondition(find.where, { name: ({ base }) => (base.toLowerCase() === own ? add(own, -1) : undefined) });
  }
  return [...count].flatMap(([name, times]) => (times > 0 ? [name] : []));
}

export function outlineOfPatch(patch: Patch): PatchOutline {
  const used = new Set<string>();
  walkPatch(patch, { name: ({ base }) => void used.add(base.toLowerCase()) });
  return {
    id: patch.id,
    nameAt: patch.nameAt,
    ...(patch.released !== undefined && { released: patch.released }),
    fixes: patch.fixes.map(({ name, bounds, at }) => ({ name, at, isRange: bounds.length > 0 })),
    uses: [...used],
  };
}

type LookUp = Extract<Find, { kind: 'each' }>;

const isLookUp = (find: Find): find is LookUp => find.kind === 'each' && find.first === true;

/** A `let`, or a look-up of whose element alone something is to be used. */
const isBinding = (find: Find): find is Let | LookUp =>
  find.kind === 'let' || (isLookUp(find) && patternsOf(find).every(({ pattern }) => !/\(\?P?</.test(pattern)));

/** A `let`, or a named group. */
function givesVersion(find: Find): boolean {
  if (find.kind === 'let') return find.name.toLowerCase() === 'version';
  return patternsOf(find).some(({ pattern }) => /<version>/i.test(pattern));
}

function patternsOf(find: Find): readonly { readonly pattern: string; readonly at: Location }[] {
  const found: { readonly pattern: string; readonly at: Location }[] = [];
  if (find.kind !== 'each' || find.where === undefined) return found;
  walkCondition(find.where, {
    condition(condition) {
      if (condition.kind !== 'compare' || condition.predicate.kind !== 'test') return;
      const { test } = condition.predicate;
      if (test.kind === 'matches') found.push(test.regex);
    },
  });
  return found;
}

function groupsOf(find: Find, text: string): readonly BoundPlace[] {
  return patternsOf(find).flatMap(({ pattern, at }) =>
    [...pattern.matchAll(/\(\?P?<([A-Za-z_]\w*)>/g)].map((match) => {
      const name = match[1] ?? '';
      const { file, start: from, end } = at;
      // In XML the brackets are spelled `&lt;`.
      const spelled = new RegExp(`(?:<|&[^;]{1,6};)${name}(?:>|&)`).exec(text.slice(from, end));
      const start = from + (spelled === null ? match.index : spelled.index + spelled[0].indexOf(name));
      return { name, at: { file, start, end: start + name.length } };
    }),
  );
}
