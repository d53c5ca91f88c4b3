/** Products: how their instances are found, and which names each instance has. */
import { didYouMean } from '../../syntax/suggest.ts';
import type { AttributeNode, OnePerNode, ProductNode, StatementNode, VariantNode } from '../../syntax/tree.ts';
import type { Product, Variant } from '../content.ts';
import { PRODUCT_METADATA } from '../vocabulary.ts';
import { fail, located, lookup, report, scopeOf, type BoundName, type Lowering, type Scope } from './context.ts';
import { declare, type Source } from './declared.ts';
import { lowerFinds, misplaced } from './find.ts';
import { architectures, collectMetadata, textValue } from './metadata.ts';
import { plainText, spanOf } from './text.ts';

/** A product before linking. */
export interface LoweredProduct {
  readonly product: Product;
  readonly context: Lowering;
  /** What every instance has: names that each variant binds. */
  readonly names: ReadonlyMap<string, BoundName>;
}

/** Lowers a product; undefined where it has no name. */
export function lowerProduct(source: Source, node: ProductNode): LoweredProduct | undefined {
  const declared = declare(source, node);
  if (declared === undefined) return undefined;
  const { head, context } = declared;
  const metadata = collectMetadata(context, node.body.filter(isAttribute), PRODUCT_METADATA);
  const { variants, scopes } = lowerVariants(context, node);
  const names = shared(scopes);
  if (variants.length > 1) reportDifferences(context, node, scopes);
  const vendor = textValue(context, metadata.get('vendor'));
  const family = textValue(context, metadata.get('family'));
  const homepage = textValue(context, metadata.get('homepage'));
  const product: Product = {
    ...head,
    kind: 'product',
    arch: architectures(context, metadata.get('arch')),
    variants,
    onePer: lowerOnePer(context, node.body, names),
    ...(vendor !== undefined && { vendor }),
    ...(family !== undefined && { family }),
    ...(homepage !== undefined && { homepage }),
  };
  return { product, context, names };
}

const isAttribute = (node: StatementNode): node is AttributeNode => node.kind === 'attribute';
const isVariant = (node: StatementNode): node is VariantNode => node.kind === 'variant';

function lowerVariants(context: Lowering, node: ProductNode): { variants: Variant[]; scopes: Scope[] } {
  const titled = node.body.filter(isVariant);
  const own = node.body.filter(
    (item) => item.kind !== 'variant' && item.kind !== 'attribute' && item.kind !== 'one-per',
  );
  const common = own.filter((item) => item.kind === 'on');
  const variants: Variant[] = [];
  const scopes: Scope[] = [];
  const add = (nodes: readonly StatementNode[], at: { start: number; end: number }, title?: string): void => {
    const scope = scopeOf(false);
    const finds = lowerFinds(context, scope, nodes);
    variants.push({ finds, at: located(context, at), ...(title !== undefined && { title }) });
    scopes.push(scope);
  };
  if (titled.length === 0 || own.length > common.length) add(own, node);
  for (const variant of titled) {
    for (const item of variant.body) {
      if (item.kind === 'one-per')
        misplaced(context, item, 'a variant: `one per` stands in the product and counts for all variants');
    }
    add([...common, ...variant.body], variant, plainText(variant.title));
  }
  return { variants, scopes };
}

/** The names that every variant binds; those of the first say what they are. */
function shared(scopes: readonly Scope[]): ReadonlyMap<string, BoundName> {
  const first = scopes[0]?.names ?? new Map<string, BoundName>();
  return new Map([...first].filter(([name]) => scopes.every((scope) => scope.names.has(name))));
}

function reportDifferences(context: Lowering, node: ProductNode, scopes: readonly Scope[]): void {
  const all = new Set(
    scopes.flatMap((scope) => [...scope.names].flatMap(([name, bound]) => (bound.kind === 'let' ? [name] : []))),
  );
  const missing = [...all].filter((name) => scopes.some((scope) => !scope.names.has(name)));
  if (missing.length === 0) return;
  const list = missing.map((name) => `\`${name}\``).join(', ');
  report(context, 'variant-names', node.name === undefined ? node : spanOf(node.name), {
    message: `Not every variant binds ${list}. Variants bind the same names, so that patches can use them.`,
  });
}

function lowerOnePer(
  context: Lowering,
  body: readonly StatementNode[],
  names: ReadonlyMap<string, BoundName>,
): readonly string[] {
  const nodes = body.filter((item): item is OnePerNode => item.kind === 'one-per');
  const second = nodes[1];
  if (second !== undefined)
    fail(context, 'duplicate-statement', second, {
      message: '`one per` is said already: several names are separated by commas.',
    });
  return (nodes[0]?.names ?? []).map((leaf) => {
    const scope: Scope = { names: new Map(names), open: false };
    context.references.push({
      kind: 'local',
      name: leaf.image,
      at: located(context, spanOf(leaf)),
      owner: context.owner,
    });
    if (lookup(scope, leaf.image) === undefined) {
      fail(context, 'unbound-name', spanOf(leaf), {
        message: `No statement of this product binds \`${leaf.image}\` for all its instances.${didYouMean(
          leaf.image,
          [...names.values()].map(({ name }) => name),
        )}`,
      });
    }
    return leaf.image;
  });
}
