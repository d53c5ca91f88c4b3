/** `reaches`: fixed versions by branch (language.md 4.7). */
import type { ReachesRow } from '../model/content.ts';
import { compareVersions, parseVersion, sharesParts, type Version } from './versions.ts';

interface Branch {
  readonly fixed: Version;
  readonly from: Version;
  /** How many leading parts a version must share to be of this branch. */
  readonly shared: number;
}

/** The fixed version that governs, or undefined where no row covers the version. */
export function governingVersion(version: Version, rows: readonly ReachesRow[]): Version | undefined {
  let best: Branch | undefined;
  for (const branch of branchesOf(rows)) {
    if (!covers(branch, version)) continue;
    if (best === undefined || compareVersions(branch.from, best.from) > 0) best = branch;
  }
  return best?.fixed;
}

const known = new WeakMap<readonly ReachesRow[], readonly Branch[]>();

/** Read once for a table: it is asked for every instance. */
function branchesOf(rows: readonly ReachesRow[]): readonly Branch[] {
  const before = known.get(rows);
  if (before !== undefined) return before;
  const branches = rows.flatMap((row) => branchOf(row) ?? []);
  known.set(rows, branches);
  return branches;
}

function covers(branch: Branch, version: Version): boolean {
  return compareVersions(version, branch.from) >= 0 && sharesParts(version, branch.fixed, branch.shared);
}

function branchOf(row: ReachesRow): Branch | undefined {
  const fixed = parseVersion(row.fixed);
  if (fixed === undefined) return undefined;
  if (row.from === undefined) {
    const shared = fixed.parts.length - 1;
    return { fixed, from: { text: row.fixed, parts: fixed.parts.slice(0, shared) }, shared };
  }
  const from = parseVersion(row.from);
  if (from === undefined) return undefined;
  const written = Math.min(fixed.parts.length, from.parts.length);
  let shared = 0;
  while (shared < written && sharesParts(fixed, from, shared + 1)) shared++;
  return { fixed, from, shared };
}
