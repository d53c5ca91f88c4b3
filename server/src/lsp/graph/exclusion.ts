/** What comes back when patches are excluded: pruned before, judged by itself now. */
import type { PatchResult, PatchStatus } from '../../scan/result.ts';

export interface Returned {
  readonly id: string;
  readonly product: string;
  readonly instance: number;
  readonly before: PatchStatus;
  readonly now: PatchStatus;
  readonly why: string;
}

const isPruned = ({ status }: PatchResult): boolean => status === 'superseded' || status === 'effectively installed';

/** The patches that were pruned and are not any more, in the order of content. */
export function returnedBy(before: readonly PatchResult[], after: readonly PatchResult[]): readonly Returned[] {
  const pruned = new Map(before.filter(isPruned).map((one) => [keyOf(one), one]));
  return after.flatMap((now): Returned[] => {
    const was = pruned.get(keyOf(now));
    if (was === undefined || isPruned(now)) return [];
    const { id, product, instance, status, reason } = now;
    return [{ id, product, instance, before: was.status, now: status, why: reason ?? '' }];
  });
}

const keyOf = ({ id, product, instance }: PatchResult): string =>
  JSON.stringify([id.toLowerCase(), product.toLowerCase(), instance]);

/** The gravest first: what stands for a patch that has several instances. */
const GRAVE: readonly PatchStatus[] = [
  'missing',
  'unknown',
  'superseded',
  'effectively installed',
  'installed',
  'note',
  'not applicable',
];

/** By id in lower case. */
export function gravest(patches: readonly PatchResult[]): ReadonlyMap<string, PatchStatus> {
  const found = new Map<string, PatchStatus>();
  for (const { id, status } of patches) {
    const known = found.get(id.toLowerCase());
    if (known === undefined || GRAVE.indexOf(status) < GRAVE.indexOf(known)) found.set(id.toLowerCase(), status);
  }
  return found;
}
