/** What a scan that was interrupted may still claim of patches. */
import type { Content } from '../model/content.ts';
import { isWindowsName } from '../model/windows-names.ts';
import type { PatchResult } from './result.ts';

/**
 * Takes back *installed* where a superseding patch is unknown: the patch is there, but the whole scan could have found it
 * effectively installed or superseded. An interrupted scan claims only what the whole scan would claim as well.
 */
export function withoutDoubtfulClaims(patches: readonly PatchResult[], content: Content): readonly PatchResult[] {
  const superseding = supersedingOf(content);
  return patches.map((patch) => {
    if (patch.status !== 'installed') return patch;
    const above = superseding(patch.id.toLowerCase());
    const doubtful = patches.find(
      (other) => other.status === 'unknown' && above.has(other.id.toLowerCase()) && isOfSameInstance(other, patch),
    );
    if (!doubtful) return patch;
    const { how: _how, ...rest } = patch;
    const reason = `the scan was interrupted before it was known whether ${doubtful.id}, which supersedes it, is installed`;
    return { ...rest, status: 'unknown', reason };
  });
}

function isOfSameInstance(one: PatchResult, other: PatchResult): boolean {
  if (isWindowsName(one.product) && isWindowsName(other.product)) return true;
  return one.product.toLowerCase() === other.product.toLowerCase() && one.instance === other.instance;
}

/** All patches that supersede a patch, however many hops away. Cycles end where they began. */
function supersedingOf(content: Content): (id: string) => ReadonlySet<string> {
  const direct = new Map<string, string[]>();
  for (const { newer, older } of content.supersedence) {
    const list = direct.get(older.toLowerCase()) ?? [];
    list.push(newer.toLowerCase());
    direct.set(older.toLowerCase(), list);
  }
  return (id) => {
    const found = new Set<string>();
    const waiting = [...(direct.get(id) ?? [])];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      waiting.push(...(direct.get(next) ?? []));
    }
    return found;
  };
}
