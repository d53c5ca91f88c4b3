/** Compares two results: of one machine at two times or with two versions of the content, or of two machines. */
import type { PatchResult, ProductResult, ScanResult } from '../../scan/result.ts';
import { differingChecks } from './checks.ts';
import { sideOf, type Change, type Comparison, type PatchChange, type ProductChange } from './comparison.ts';
import { pairInstances, type Pair } from './instances.ts';

interface PairedProduct {
  readonly id: string;
  readonly name: string;
  readonly pairs: readonly Pair[];
}

/** Products and patches of both, in the left one's order, then what only the right one has. */
export function compareResults(left: ScanResult, right: ScanResult): Comparison {
  const products = pairProducts(left.products, right.products);
  return {
    left: sideOf(left),
    right: sideOf(right),
    products: products.flatMap(({ id, name, pairs }) =>
      pairs.map((pair) => productChange({ id, name, pair, known: [isDone(left, 5), isDone(right, 5)] })),
    ),
    patches: comparePatches(left, right, products),
  };
}

const isDone = ({ steps }: ScanResult, number: number): boolean =>
  steps.some(({ step, status }) => step === number && status === 'ok');

function pairProducts(left: readonly ProductResult[], right: readonly ProductResult[]): readonly PairedProduct[] {
  const byId = (products: readonly ProductResult[]): Map<string, ProductResult> =>
    new Map(products.map((product) => [product.id.toLowerCase(), product]));
  const [ones, others] = [byId(left), byId(right)];
  return [...new Set([...ones.keys(), ...others.keys()])].map((key) => {
    const [one, other] = [ones.get(key), others.get(key)];
    const { id, name } = other ?? one ?? { id: key, name: key };
    return { id, name, pairs: pairInstances(one?.instances ?? [], other?.instances ?? []) };
  });
}

interface ProductCase {
  readonly id: string;
  readonly name: string;
  readonly pair: Pair;
  /** Whether each side has looked for products at all. */
  readonly known: readonly [boolean, boolean];
}

function productChange({ id, name, pair: [left, right], known }: ProductCase): ProductChange {
  const isSame =
    left?.version === right?.version && left?.state === right?.state && left?.architecture === right?.architecture;
  return {
    ...{ id, name, change: changeOf(left, right, { isSame, known }) },
    ...(left && { left }),
    ...(right && { right }),
  };
}

function changeOf(
  left: object | undefined,
  right: object | undefined,
  { isSame, known: [knowsLeft, knowsRight] }: { readonly isSame: boolean; readonly known: readonly [boolean, boolean] },
): Change {
  if (left === undefined) return knowsLeft ? 'appeared' : 'unknown';
  if (right === undefined) return knowsRight ? 'gone' : 'unknown';
  return isSame ? 'same' : 'changed';
}

function comparePatches(
  left: ScanResult,
  right: ScanResult,
  products: readonly PairedProduct[],
): readonly PatchChange[] {
  const known = [isDone(left, 6), isDone(right, 6)] as const;
  const places = placesOf(products);
  const keyOf = (patch: PatchResult, side: 'left' | 'right'): string => {
    const product = patch.product.toLowerCase();
    const place = places[side].get(`${product}\n${patch.instance}`) ?? `${patch.instance}`;
    return `${patch.id.toLowerCase()}\n${product}\n${place}`;
  };
  const others = new Map(right.patches.map((patch) => [keyOf(patch, 'right'), patch]));
  const changes = left.patches.map((patch) => {
    const key = keyOf(patch, 'left');
    const other = others.get(key);
    others.delete(key);
    return patchChange(patch, other, known);
  });
  return [...changes, ...[...others.values()].map((patch) => patchChange(undefined, patch, known))];
}

/** For each side, which pair of a product's instances an instance belongs to. */
function placesOf(products: readonly PairedProduct[]): Readonly<Record<'left' | 'right', ReadonlyMap<string, string>>> {
  const places = { left: new Map<string, string>(), right: new Map<string, string>() };
  for (const { id, pairs } of products)
    for (const [index, [left, right]] of pairs.entries()) {
      if (left) places.left.set(`${id.toLowerCase()}\n${left.instance}`, `pair ${index}`);
      if (right) places.right.set(`${id.toLowerCase()}\n${right.instance}`, `pair ${index}`);
    }
  return places;
}

function patchChange(
  left: PatchResult | undefined,
  right: PatchResult | undefined,
  known: readonly [boolean, boolean],
): PatchChange {
  const { id = '', title = null, severity = '' } = right ?? left ?? {};
  const isSame = left?.status === right?.status && left?.warning === right?.warning;
  return {
    ...{ id, title, severity, change: changeOf(left, right, { isSame, known }) },
    ...(left && { left }),
    ...(right && { right }),
    checks: differingChecks(left?.trace, right?.trace),
  };
}
