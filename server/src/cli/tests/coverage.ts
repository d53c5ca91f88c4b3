/** Which checks of the content tests have seen come out true, false and unknown. */
import type { Account } from '../../evaluate/account.ts';
import type { Content } from '../../model/content.ts';
import type { Location } from '../../model/source.ts';
import { walkCheck, walkPatch, walkProduct, type Visitor } from '../../model/walk.ts';
import type { PlacedRange, Places } from '../findings.ts';

/** One check, and in how many runs of tests it came out so. */
export interface CheckCoverage extends PlacedRange {
  readonly check: string;
  readonly true: number;
  readonly false: number;
  readonly unknown: number;
}

export interface FileCoverage {
  readonly file: string;
  readonly checks: readonly CheckCoverage[];
}

type Counts = { true: number; false: number; unknown: number };

/** Every check of the content, by files and places: those that no test has come to as well. */
export function coverageOf(
  content: Content,
  runs: readonly (readonly Account[])[],
  places: Places,
): readonly FileCoverage[] {
  const counts = new Map<string, Counts>();
  for (const run of runs) count(run, counts);
  const files = new Map<string, CheckCoverage[]>();
  for (const at of checksOf(content)) {
    const check = (content.texts.get(at.file) ?? '').slice(at.start, at.end).replace(/\s+/g, ' ');
    const seen = counts.get(idOf(at)) ?? { true: 0, false: 0, unknown: 0 };
    const list = files.get(at.file) ?? [];
    list.push({ ...places.range(at), check, ...seen });
    files.set(at.file, list);
  }
  return [...files]
    .map(([file, checks]) => ({ file, checks: checks.sort((a, b) => a.line - b.line || a.column - b.column) }))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** Of a run each outcome of a check counts once, however many elements, products and patches come to it. */
function count(accounts: readonly Account[], counts: Map<string, Counts>): void {
  const seen = new Set<string>();
  const visit = ({ at, outcome, children }: Account): void => {
    children.forEach(visit);
    if (!at || (outcome !== 'true' && outcome !== 'false' && outcome !== 'unknown')) return;
    const id = idOf(at);
    if (seen.has(`${id} ${outcome}`)) return;
    seen.add(`${id} ${outcome}`);
    const counted = counts.get(id) ?? { true: 0, false: 0, unknown: 0 };
    counted[outcome]++;
    counts.set(id, counted);
  };
  accounts.forEach(visit);
}

const idOf = ({ file, start, end }: Location): string => `${file} ${start} ${end}`;

/** What is asked of a machine, each place once; blocks come out as what is in them. */
function checksOf(content: Content): readonly Location[] {
  const found = new Map<string, Location>();
  const visitor: Visitor = {
    condition: ({ kind, at }) => {
      if (kind === 'compare' || kind === 'on' || kind === 'use-check' || kind === 'use-product')
        found.set(idOf(at), at);
    },
  };
  for (const product of content.products.values()) walkProduct(product, visitor);
  for (const patch of content.patches.values()) walkPatch(patch, visitor);
  for (const check of content.checks.values()) walkCheck(check, visitor);
  return [...found.values()];
}
