/** Lists in parts: what a person who looks around a machine wants of a key or a folder, however much there is in it. */
import type { Hive, Observation, RegistryValue } from '../model/observation.ts';
import { refusedByRule } from '../model/refusals.ts';
import type { Machine } from './port.ts';

/** What can be listed. */
export type ListRequest =
  | { readonly kind: 'subkeys' | 'values'; readonly hive: Hive; readonly path: string }
  | { readonly kind: 'entries'; readonly path: string }
  | { readonly kind: 'services' };

/** A part of a list; places count from 0. */
export interface ListRange {
  readonly from: number;
  readonly count: number;
}

/** A value of a key: one that cannot be read, or never is, does not hide the others. */
export interface ListedValue {
  readonly name: string;
  readonly value: Observation<RegistryValue>;
}

/** A folder's entry; a recording may know no more than that it is there. */
export interface ListedEntry {
  readonly name: string;
  readonly folder: boolean;
  readonly size?: number;
  readonly modified?: string;
  readonly link?: true;
}

/** What is in each kind of list. */
export interface ListItems {
  readonly subkeys: string;
  readonly values: ListedValue;
  readonly entries: ListedEntry;
  readonly services: string;
}

export interface Listed<T> {
  readonly items: readonly T[];
  /** Where the next part begins; not there at the end. */
  readonly next?: number;
  /** Whether the machine told all of it: a recording may know of some entries and nothing of others. */
  readonly complete: boolean;
}

/** A machine that can be looked around in. */
export interface BrowsableMachine extends Machine {
  /** A part of a list, like an observation. Rejects only with the signal's reason. */
  list<R extends ListRequest>(
    request: R,
    range: ListRange,
    signal: AbortSignal,
  ): Promise<Observation<Listed<ListItems[R['kind']]>>>;
  /** Nobody keeps what was observed before: it no longer counts towards what may be kept of one machine. */
  letGo(): void;
}

/** A part of what is there whole. */
export function partOf<T>(all: readonly T[], { from, count }: ListRange, complete = true): Listed<T> {
  const items = all.slice(from, from + count);
  const next = from + items.length;
  return { items, complete, ...(next < all.length && { next }) };
}

/** The value without its data where its name says that it is never read. */
export function withoutSecret(at: { readonly hive: Hive; readonly path: string }, one: ListedValue): ListedValue {
  const reason = refusedByRule({ kind: 'value', hive: at.hive, path: at.path, name: one.name });
  return reason === undefined ? one : { name: one.name, value: { state: 'unreadable', reason } };
}
