/**
 * What a supersedence edge reaches: of each product that the older patch is for, whether the newer one is for it too. Where it
 * is not, the edge prunes nothing, and the older patch is judged by itself.
 */
import type { Bound, Patch, Scope } from '../model/content.ts';
import { WINDOWS_NAMES } from '../model/windows-names.ts';
import { compareVersions, parseVersion, type Version } from './versions.ts';

/** `part` also where it cannot be told without a machine. */
export type Covered = 'whole' | 'part' | 'none';

/** One product of an older patch. */
export interface ScopeCoverage {
  readonly scope: Scope;
  readonly covered: Covered;
}

/** How far a newer patch covers what an older one is for, in the order of the older one's `fixes`. */
export function coverageOf(newer: Patch, older: Patch): readonly ScopeCoverage[] {
  const everywhere = narrows(newer, older) ? 'part' : 'whole';
  return older.fixes.map((scope) => ({ scope, covered: least(everywhere, best(newer.fixes, scope)) }));
}

const RANK: Readonly<Record<Covered, number>> = { none: 0, part: 1, whole: 2 };
const least = (a: Covered, b: Covered): Covered => (RANK[a] <= RANK[b] ? a : b);

function best(scopes: readonly Scope[], older: Scope): Covered {
  const all = scopes.map((newer) => coversScope(newer, older));
  return all.includes('whole') ? 'whole' : all.includes('part') ? 'part' : 'none';
}

/** Whether `on` or `arch` of the newer patch rule out machines that the older one is for. */
function narrows(newer: Patch, older: Patch): boolean {
  const arch =
    newer.arch.length > 0 && (older.arch.length === 0 || !older.arch.every((one) => newer.arch.includes(one)));
  const covered = (by: readonly Scope[]): boolean =>
    [...older.on, older.fixes].some((on) => on.every((scope) => best(by, scope) === 'whole'));
  return arch || !newer.on.every(covered);
}

function coversScope(newer: Scope, older: Scope): Covered {
  const name = coversName(newer.name.toLowerCase(), older.name.toLowerCase());
  return name === 'none' ? name : least(name, coversRange(newer.bounds, older.bounds));
}

/** A Windows name covers its releases and service packs. */
function coversName(newer: string, older: string): Covered {
  if (newer === older) return 'whole';
  const [by, of] = [WINDOWS_NAMES.get(newer), WINDOWS_NAMES.get(older)];
  if (by === undefined || of === undefined) return 'none';
  if (by.family === undefined) return 'whole';
  if (of.family === undefined) return 'part';
  if (by.family !== of.family) return 'none';
  if (by.id === by.family.id) return 'whole';
  return of.id === of.family.id ? 'part' : 'none';
}

// ---------- version ranges

interface End {
  readonly version: Version;
  readonly included: boolean;
}
interface Range {
  readonly low?: End;
  readonly high?: End;
}

function coversRange(newer: readonly Bound[], older: readonly Bound[]): Covered {
  if (newer.length === 0) return 'whole';
  const [by, of] = [rangeOf(newer), rangeOf(older)];
  if (by === undefined || of === undefined) return 'part';
  if (startsBy(by.low, of.low) && endsBy(by.high, of.high)) return 'whole';
  const low = startsBy(by.low, of.low) ? of.low : by.low;
  const high = endsBy(by.high, of.high) ? of.high : by.high;
  return meet(low, high) ? 'part' : 'none';
}

/** The range of bounds that are literals; undefined for others, and for `!=`, which is no range. */
function rangeOf(bounds: readonly Bound[]): Range | undefined {
  let range: Range = {};
  for (const { operator, value } of bounds) {
    const version = versionOf(value.source, value.steps.length);
    if (version === undefined || operator === '!=') return undefined;
    const end = { version, included: operator.endsWith('=') };
    if (!operator.startsWith('<') && (range.low === undefined || startsBy(range.low, end)))
      range = { ...range, low: end };
    if (!operator.startsWith('>') && (range.high === undefined || endsBy(range.high, end)))
      range = { ...range, high: end };
  }
  return range;
}

function versionOf(source: Bound['value']['source'], steps: number): Version | undefined {
  if (source.kind !== 'literal' || steps > 0) return undefined;
  if (source.literal.kind === 'version') return parseVersion(source.literal.text);
  return source.literal.kind === 'number' ? parseVersion(source.literal.digits) : undefined;
}

/** Whether a lower end lets in all that the other does. */
function startsBy(end: End | undefined, other: End | undefined): boolean {
  if (end === undefined) return true;
  if (other === undefined) return false;
  const order = compareVersions(end.version, other.version);
  return order < 0 || (order === 0 && (end.included || !other.included));
}

/** Whether an upper end lets in all that the other does. */
function endsBy(end: End | undefined, other: End | undefined): boolean {
  if (end === undefined) return true;
  if (other === undefined) return false;
  const order = compareVersions(end.version, other.version);
  return order > 0 || (order === 0 && (end.included || !other.included));
}

/** Whether something may lie between a lower and an upper end. */
function meet(low: End | undefined, high: End | undefined): boolean {
  if (low === undefined || high === undefined) return true;
  const order = compareVersions(low.version, high.version);
  return order < 0 || (order === 0 && low.included && high.included);
}
