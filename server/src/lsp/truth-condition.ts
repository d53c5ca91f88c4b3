/** The condition or value at a place of a text, and the little content that judges it by itself. */
import type { Condition, Content, Find, Patch, Product, Variant } from '../model/content.ts';
import type { Location, Span } from '../model/source.ts';

/** What is evaluated, and as what. */
export interface Single {
  readonly at: Location;
  readonly content: Content;
}

/** A condition with the statement that it stands in. */
interface Root {
  readonly at: Location;
  readonly condition: Condition;
}

const PATCH_ID = 'evaluated';

/** `undefined` where nothing stands that has a meaning without what is around it, as a check with parameters. */
export function singleAt(content: Content, file: string, span: Span): Single | undefined {
  for (const patch of content.patches.values()) {
    if (!encloses(patch.at, file, span)) continue;
    const found = chosen([...conditionsOf(patch), ...patch.lets.map(valueOf).map(rootOf)], span);
    return found && { at: found.at, content: withPatch(content, { ...patch, ...judging(found) }) };
  }
  for (const product of content.products.values()) {
    if (encloses(product.at, file, span)) return singleOfProduct(content, product, span);
  }
  for (const check of content.checks.values()) {
    if (!encloses(check.at, file, span) || check.parameters.length > 0) continue;
    const found = chosen(check.conditions.map(rootOf), span);
    return (
      found && { at: found.at, content: withPatch(content, { ...forScope('windows', found.at), ...judging(found) }) }
    );
  }
  return undefined;
}

/** A product's statements up to the one that is asked about find what it is judged for, whatever it comes to. */
function singleOfProduct(content: Content, product: Product, span: Span): Single | undefined {
  for (const variant of product.variants) {
    const index = variant.finds.findIndex(({ at }) => at.start <= span.start && span.end <= at.end);
    const find = variant.finds[index];
    if (!find) continue;
    const found = chosen(conditionsOfFind(find), span);
    if (!found) return undefined;
    const { at } = find;
    const before: readonly Find[] = [
      ...variant.finds.slice(0, index).filter(({ kind }) => kind !== 'installed-when'),
      ...(find.kind === 'each' ? [withoutWhere(find)] : find.kind === 'let' ? [find] : []),
      { kind: 'installed-when', condition: { kind: 'all', of: [], at }, at },
    ];
    const alone: Variant = { ...variant, finds: before };
    const products = new Map(content.products).set(product.id.toLowerCase(), {
      ...product,
      variants: [alone],
      onePer: [],
    });
    const patch = { ...forScope(product.id, at), ...judging(found) };
    return { at: found.at, content: withPatch({ ...content, products }, patch) };
  }
  return undefined;
}

function withoutWhere(find: Find & { readonly kind: 'each' }): Find {
  const { where: _, ...rest } = find;
  return rest;
}

function conditionsOf({ verdict, warn }: Patch): readonly Root[] {
  const own = 'condition' in verdict ? [verdict] : [];
  return [...own, ...warn.flatMap((one) => (one.kind === 'when' ? [one] : []))];
}

function conditionsOfFind(find: Find): readonly Root[] {
  if (find.kind === 'installed-when') return [find];
  if (find.kind === 'each') return find.where ? [{ at: find.at, condition: find.where }] : [];
  return find.kind === 'let' ? [rootOf(valueOf(find))] : [];
}

/** A name that is bound, as a condition that shows its value. */
const valueOf = ({ name, at }: { readonly name: string; readonly at: Location }): Condition => ({
  ...{ kind: 'compare', subject: { kind: 'name', name: { base: name, at } }, steps: [], at },
  ...{ predicate: { kind: 'exists' }, ifPresent: false },
});

const rootOf = (condition: Condition): Root => ({ at: condition.at, condition });

/** What is selected: the largest condition within it, else the smallest around it; a cursor means the whole statement. */
function chosen(roots: readonly Root[], { start, end }: Span): Condition | undefined {
  if (start === end) return roots.find(({ at }) => at.start <= start && start <= at.end)?.condition;
  const all = roots.flatMap(({ condition }) => withParts(condition));
  const size = ({ at }: Condition): number => at.end - at.start;
  const within = all.filter(({ at }) => start <= at.start && at.end <= end);
  const around = all.filter(({ at }) => at.start <= start && end <= at.end);
  const largest = within.toSorted((one, other) => size(other) - size(one))[0];
  return largest ?? around.toSorted((one, other) => size(one) - size(other))[0];
}

/** What stands within `all x in …` names its element, and means nothing by itself. */
function withParts(condition: Condition): readonly Condition[] {
  if (condition.kind === 'not') return [condition, ...withParts(condition.of)];
  if (condition.kind === 'all' || condition.kind === 'any') return [condition, ...condition.of.flatMap(withParts)];
  return [condition];
}

const judging = (condition: Condition): Pick<Patch, 'verdict' | 'warn'> => ({
  verdict: { kind: 'installed-when', condition, at: condition.at },
  warn: [],
});

const forScope = (name: string, at: Location): Patch => ({
  ...{ kind: 'patch', id: PATCH_ID, at, nameAt: at, severity: 'unrated', kb: [], cve: [], url: [], arch: [] },
  ...{ fixes: [{ name, bounds: [], at }], on: [], lets: [] },
  ...judging({ kind: 'all', of: [], at }),
});

/** Nothing but one patch, and the products that it has to do with. */
const withPatch = (content: Content, patch: Patch): Content => ({
  ...content,
  patches: new Map([[patch.id.toLowerCase(), patch]]),
  bulletins: new Map(),
  supersedence: [],
  circular: [],
});

const encloses = (at: Location, file: string, { start, end }: Span): boolean =>
  at.file === file && at.start <= start && end <= at.end;
