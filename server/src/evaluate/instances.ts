/** The instances of a product that its statements find, before `one per` (language.md 4.3). */
import type { CollectionKind, Find, Product, Variant } from '../model/content.ts';
import { bindCaptures, bindNoCaptures, once } from './captures.ts';
import { listCollection } from './collections.ts';
import { judgeCondition, judgeScopes } from './conditions.ts';
import { bind, spend, type Context, type Element, type Listing, type Names } from './context.ts';
import { and, TRUE, type Judged, type Tri } from './kleene.ts';
import { evaluateLet } from './lets.ts';
import { MOST_ELEMENTS, precedence } from './listing.ts';
import { ofArchitecture } from './targets.ts';
import { ABSENT, unreadable, type Read } from './values.ts';
import type { Trace } from './verdict.ts';

/** An instance as statements found it; `unknown` where something that decides could not be read. */
export interface Candidate {
  readonly names: Names | undefined;
  readonly verdict: 'true' | 'unknown';
  readonly reason?: string;
  readonly traces: readonly Trace[];
  /** A part of a collection that could not be listed, in place of the elements it may have. */
  readonly unlisted?: boolean;
  readonly view?: '32' | '64';
  readonly user?: string;
}

export interface Search {
  readonly candidates: Candidate[];
  /** Reasons why users' installations could not be looked for. */
  readonly incomplete: Set<string>;
  pending: boolean;
  /** The cap was reached: nothing more is looked for. */
  full: boolean;
}

/** Finds the candidates of all variants. */
export function findCandidates(context: Context, product: Product): Search {
  const search: Search = { candidates: [], incomplete: new Set(), pending: false, full: false };
  const fits = ofArchitecture(context, product.arch);
  if (fits.verdict === 'false') return search;
  for (const variant of product.variants) findVariant(context, variant, search);
  return search;
}

interface Path {
  readonly names: Names | undefined;
  readonly verdict: 'true' | 'unknown';
  readonly reason?: string;
  readonly traces: readonly Trace[];
  readonly view?: '32' | '64';
  readonly user?: string;
}

/** `on` comes first wherever it stands: it costs nothing, and a product for another Windows asks nothing. */
function findVariant(context: Context, variant: Variant, search: Search): void {
  const scopes = variant.finds.filter((find) => find.kind === 'on');
  let path: Path = { names: undefined, verdict: 'true', traces: [] };
  for (const on of scopes) {
    const judged = judgeScopes(context, undefined, on.scopes);
    if (judged.verdict === 'pending') search.pending = true;
    if (judged.verdict === 'false' || judged.verdict === 'pending') return;
    path = narrowed(path, judged);
  }
  const rest = variant.finds.filter((find) => find.kind !== 'on');
  walk({ context, finds: rest, search }, 0, path);
}

interface Walk {
  readonly context: Context;
  readonly finds: readonly Exclude<Find, { kind: 'on' }>[];
  readonly search: Search;
}

function walk(walking: Walk, index: number, path: Path): void {
  const find = walking.finds[index];
  const { search, context } = walking;
  if (search.full) return;
  if (search.candidates.length >= MOST_ELEMENTS || !spend(context)) return overflow(search);
  if (find === undefined) {
    search.candidates.push(path);
    return;
  }
  switch (find.kind) {
    case 'each':
      return (find.first ? walkFirst : walkEach)(walking, index, { path, find });
    case 'let': {
      const { names } = path;
      const read = once((at) => evaluateLet(at, names, find));
      return walk(walking, index + 1, { ...path, names: bind(find.name, { kind: 'read', read }, names) });
    }
    case 'installed-when': {
      const judged = judgeCondition(context, path.names, find.condition);
      if (judged.verdict === 'false') return;
      if (judged.verdict === 'pending') search.pending = true;
      return walk(walking, index + 1, narrowed(path, judged));
    }
  }
}

function overflow(search: Search): void {
  search.full = true;
  const reason = `more than ${MOST_ELEMENTS} instances, or more steps than an evaluation may take`;
  search.candidates.push({ names: undefined, verdict: 'unknown', reason, traces: [], unlisted: true });
}

interface Each {
  readonly path: Path;
  readonly find: Extract<Find, { kind: 'each' }>;
}

/** `let x in …`: one path on, with the first element that fits or with nothing. */
function walkFirst(walking: Walk, index: number, { path, find }: Each): void {
  const { context, search } = walking;
  const bound = bindFirst(context, path.names, find);
  if (bound === 'pending') {
    search.pending = true;
    return;
  }
  for (const reason of bound.unloadedUsers) search.incomplete.add(reason);
  walk(walking, index + 1, { ...path, names: bound.names });
}

/** What `let x in …` binds. */
export interface BoundFirst {
  readonly names: Names | undefined;
  /** The element; without it, why there is none. */
  readonly element: Element | Read<never>;
  /** Why it may be that of a user whose hive is not loaded. */
  readonly unloadedUsers: readonly string[];
}

/** Binds the name of `let x in …`, and its captures. */
export function bindFirst(context: Context, names: Names | undefined, find: Each['find']): BoundFirst | 'pending' {
  const listing = listCollection(context, names, find.from);
  const first = firstOf(context, names, { find, listing });
  if (listing.pending || first === 'pending') return 'pending';
  if ('member' in first) {
    const bound = bind(find.name, { kind: 'element', element: first }, names);
    return { names: bindCaptures(bound, find.where), element: first, unloadedUsers: [] };
  }
  const bound = bind(find.name, { kind: 'element', element: nothing(find.from.kind, first) }, names);
  const unloadedUsers = listing.gaps.flatMap((gap) => (gap.unloadedUsers === true ? [gap.reason] : []));
  return { names: bindNoCaptures(bound, find.where, first), element: first, unloadedUsers };
}

/** The first element that fits; absent, or unreadable where one that could not be looked at may come before it. */
function firstOf(
  context: Context,
  names: Names | undefined,
  { find, listing }: { readonly find: Each['find']; readonly listing: Listing },
): Element | Read<never> | 'pending' {
  const gaps = listing.gaps.filter((gap) => gap.unloadedUsers !== true);
  for (const element of listing.elements) {
    const bound = bind(find.name, { kind: 'element', element }, names);
    const where = find.where === undefined ? TRUE : judgeCondition(context, bound, find.where);
    if (where.verdict === 'pending') return 'pending';
    if (where.verdict === 'false') continue;
    if (where.verdict === 'unknown') return unreadable(where.reason ?? 'whether it is the first cannot be told');
    const before = gaps.find((gap) => precedence(gap) <= precedence(element));
    return before === undefined ? element : unreadable(before.reason);
  }
  return gaps[0] === undefined ? ABSENT : unreadable(gaps[0].reason);
}

/** What a name is bound to where no element fits: whatever is asked of it is not there either. */
function nothing(kind: CollectionKind, read: Read<never>): Element {
  return { kind, identity: 'nothing', label: 'nothing', member: () => read, value: () => read };
}

function walkEach(walking: Walk, index: number, at: Each): void {
  const { context, search } = walking;
  const { path, find } = at;
  const listing = listCollection(context, path.names, find.from);
  if (listing.pending) search.pending = true;
  for (const element of listing.elements) {
    if (search.full) return;
    const bound = bind(find.name, { kind: 'element', element }, path.names);
    const where = find.where === undefined ? TRUE : judgeCondition(context, bound, find.where);
    if (where.verdict === 'pending') search.pending = true;
    if (where.verdict === 'pending' || where.verdict === 'false') continue;
    const below = narrowed({ ...path, names: bindCaptures(bound, find.where) }, where);
    const view = element.view === undefined ? {} : { view: element.view };
    walk(walking, index + 1, { ...below, ...view, ...(element.user === undefined ? {} : { user: element.user }) });
  }
  const [gap] = listing.gaps
    .filter((one) => one.unloadedUsers !== true)
    .toSorted((a, b) => precedence(a) - precedence(b));
  if (gap !== undefined) {
    const { unloadedUsers: _, ...where } = gap;
    search.candidates.push({ traces: path.traces, names: undefined, verdict: 'unknown', unlisted: true, ...where });
  }
  for (const one of listing.gaps) if (one.unloadedUsers === true) search.incomplete.add(one.reason);
}

function narrowed(path: Path, judged: Judged): Path {
  const verdict: Tri = and(path.verdict, judged.verdict);
  const traces = judged.trace === undefined ? path.traces : [...path.traces, judged.trace];
  if (verdict === 'unknown' && judged.verdict === 'unknown') {
    const reason = path.reason ?? judged.reason;
    return { ...path, verdict, traces, ...(reason === undefined ? {} : { reason }) };
  }
  return { ...path, traces };
}
