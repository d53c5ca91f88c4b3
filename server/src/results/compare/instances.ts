/** Which installation of a product on one machine is compared with which on the other. */
import type { ProductInstance } from '../../scan/result.ts';

export type Pair = readonly [ProductInstance | undefined, ProductInstance | undefined];

/** Those at the same place first, then the others in their order. */
export function pairInstances(left: readonly ProductInstance[], right: readonly ProductInstance[]): readonly Pair[] {
  const waiting = [...right];
  const take = (fits: (one: ProductInstance) => boolean): ProductInstance | undefined => {
    const index = waiting.findIndex(fits);
    return index === -1 ? undefined : waiting.splice(index, 1)[0];
  };
  const byPlace = new Map(left.map((one) => [one, take((other) => isSamePlace(one, other))]));
  const paired = left.map((one): Pair => [one, byPlace.get(one) ?? take((other) => mayBeSame(one, other))]);
  return [...paired, ...waiting.map((one): Pair => [undefined, one])];
}

function isSamePlace(one: ProductInstance, other: ProductInstance): boolean {
  return one.path !== null && one.path.toLowerCase() === other.path?.toLowerCase();
}

/** A 32-bit installation is not the successor of a 64-bit one. */
const mayBeSame = (one: ProductInstance, other: ProductInstance): boolean => one.architecture === other.architecture;
