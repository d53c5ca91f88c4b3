/** What every part of evaluation is given: content, target, what was observed, and where to note what is still needed. */
import type { CollectionKind, Content, Product } from '../model/content.ts';
import {
  requestId,
  type Observation,
  type ObservationRequest,
  type ObservationValues,
  type RequestKind,
} from '../model/observation.ts';
import { refusedByRule } from '../model/refusals.ts';
import type { ProductInstance } from './judgement.ts';
import type { Judged } from './kleene.ts';
import { PENDING_READ, unreadable, type Read } from './values.ts';
import type { Observations, Outcome, Target, Trace } from './verdict.ts';

/** One member of a collection: a key, a file, a service, a value, an Uninstall entry, a user. */
export interface Element {
  readonly kind: CollectionKind;
  /** The physical thing: two elements with one identity are one. */
  readonly identity: string;
  /** As traces name it. */
  readonly label: string;
  readonly view?: '32' | '64';
  /** The SID where it belongs to one user. */
  readonly user?: string;
  /** `app.location`. */
  member(context: Context, name: string): Read;
  /** `k value "Path"`. */
  value(context: Context, name: string): Read;
}

export type Binding =
  | { readonly kind: 'read'; readonly read: (context: Context) => Read }
  | { readonly kind: 'element'; readonly element: Element };

/** Names in scope, innermost first. */
export interface Names {
  readonly name: string;
  readonly binding: Binding;
  readonly outer: Names | undefined;
}

/** Adds a name; names do not distinguish case. */
export function bind(name: string, binding: Binding, outer: Names | undefined): Names {
  return { name: name.toLowerCase(), binding, outer };
}

/** What a name is bound to. */
export function lookup(names: Names | undefined, name: string): Binding | undefined {
  const wanted = name.toLowerCase();
  for (let scope = names; scope !== undefined; scope = scope.outer) if (scope.name === wanted) return scope.binding;
  return undefined;
}

/** A collection's members as far as they are known. */
export interface Listing {
  readonly elements: readonly Element[];
  /** What could not be listed: there may be more members. */
  readonly gaps: readonly Gap[];
  /** More requests are needed to know all members. */
  readonly pending: boolean;
}

/** A part of a collection that could not be read. */
export interface Gap {
  readonly reason: string;
  /** Only installations of users that are not logged on can be missing: said of the product, not an instance of its own. */
  readonly unloadedUsers?: boolean;
  /** Where the missing members would have been found. */
  readonly view?: '32' | '64';
  readonly user?: string;
}

/** One installation of a product on the machine, with its names. */
export interface DetectedInstance extends ProductInstance {
  /** What the product's statements bound, for its patches. Not part of a result. */
  readonly names: Names | undefined;
}

/** A product with its instances: at least one, or `incomplete`. */
export interface DetectedProduct {
  readonly id: string;
  readonly name: string;
  readonly instances: readonly DetectedInstance[];
  /** Why there may be instances that could not be looked for: hives of users who are not logged on. */
  readonly incomplete?: string;
  readonly product: Product;
}

/** What a patch's own condition says of an instance, before supersedence is looked at. */
export interface OwnState {
  readonly state: 'installed' | 'missing' | 'note' | 'unknown';
  readonly reason?: string;
  readonly trace?: Trace;
  readonly how?: 'explicit' | 'by files' | 'by service pack';
  readonly warning?: string;
}

/**
 * What earlier rounds of one evaluation already finished. It belongs to one content, one target and one growing set of
 * observations; only what needs nothing more is kept, so an answer is the same with and without it.
 */
export interface Memo {
  readonly products: Map<string, DetectedProduct>;
  readonly judged: Map<string, OwnState>;
  readonly listings: Map<string, Listing>;
  readonly elements: Map<string, Element>;
  /** Products being detected right now: the guard against a product that asks for itself. */
  readonly detecting: Set<string>;
}

/** An empty memo: give the same to every round. */
export function createMemo(): Memo {
  return { products: new Map(), judged: new Map(), listings: new Map(), elements: new Map(), detecting: new Set() };
}

/** How a leaf that held was recognised. */
export interface Evidence {
  readonly by: 'registry' | 'file' | 'service-pack' | 'other';
  /** A file version that is above the one that was asked for. */
  readonly newer?: string;
}

export interface Context {
  readonly content: Content;
  readonly target: Target;
  readonly observations: Observations;
  readonly trace: boolean;
  readonly memo: Memo;
  /** Requests of this round; what a decided block no longer needs is taken back. */
  readonly needed: ObservationRequest[];
  /** Where everything is to be asked, as for a recording: requests of parts that a decided block does not need. */
  readonly aside?: ObservationRequest[];
  /** Leaves that held, of the condition being judged. */
  readonly evidence: Evidence[];
  /** How many more steps the product or patch at hand may take: content is untrusted, and nested checks can explode. */
  readonly budget: { left: number; total: number };
  /** What products found pending in this round still need. */
  readonly pendingProducts: Map<string, readonly ObservationRequest[]>;
  /** Named checks being judged right now: the guard against one that uses itself. */
  readonly checking: string[];
  /** `product X …` in a condition. */
  readonly testProduct: (context: Context, test: ProductTest) => Judged;
}

/** A question about another product: is some instance such that `accepts` holds of it? */
export interface ProductTest {
  readonly product: string;
  readonly accepts: (version: Read) => Judged;
}

/** 10,000 elements with a hundred conditions each, and a hundred such products or patches. */
const MOST_STEPS = 1_000_000;
export const MOST_STEPS_OF_ALL = 100_000_000;

/** Begins a product or patch. */
export function freshBudget(context: Context): void {
  context.budget.left = MOST_STEPS;
}

/** Takes one step; false when there is none left, and whatever is being judged is then unknown. */
export function spend(context: Context): boolean {
  context.budget.total--;
  return context.budget.left-- > 0 && context.budget.total > 0;
}

/** Takes as many steps as something costs that takes long in one go. */
export function spendMany(context: Context, steps: number): boolean {
  context.budget.total -= Math.floor(steps);
  context.budget.left -= Math.floor(steps);
  return context.budget.left > 0 && context.budget.total > 0;
}

/** Asks for one observation; what was not observed yet is noted as needed and *pending*. */
export function observe<K extends RequestKind>(
  context: Context,
  request: ObservationRequest & { readonly kind: K },
): Read<ObservationValues[K]> {
  const refused = refusedByRule(request);
  if (refused !== undefined) return unreadable(refused, request);
  const observed = context.observations.get(request) as Observation<ObservationValues[K]> | undefined;
  if (observed === undefined) {
    context.needed.push(request);
    return PENDING_READ;
  }
  return { ...observed, from: request };
}

/** Goes through what a decided block would leave out, for its requests alone, where everything is to be asked. */
export function askAside(context: Context, rest: () => void): void {
  if (context.aside === undefined) return;
  const needed = context.needed.length;
  const evidence = context.evidence.length;
  rest();
  context.aside.push(...context.needed.splice(needed));
  context.evidence.length = evidence;
}

/** Ends a step: the value, or the requests of this round without repetition. */
export function outcome<T>(context: Context, value: T | undefined): Outcome<T> {
  const aside = context.aside ?? [];
  if (value !== undefined && aside.length === 0) return { done: true, value };
  const needed = unique([...context.needed, ...aside]);
  if (needed.length === 0) throw new Error('evaluation is pending but needs nothing');
  return { done: false, needed };
}

/** Each request once, in the order they were first made. */
export function unique(requests: readonly ObservationRequest[]): readonly ObservationRequest[] {
  const byId = new Map<string, ObservationRequest>();
  for (const request of requests) {
    const id = requestId(request);
    if (!byId.has(id)) byId.set(id, request);
  }
  return [...byId.values()];
}
