/** The names of a workspace: which declaration counts for each, and which files have anything to do with it. */
import type { DeclaredHead, FileHead } from './facts/head.ts';
import type { DeclaredKind } from './symbols.ts';

/** One declaration of one file. */
export interface Declaration<E> {
  readonly entry: E;
  readonly head: DeclaredHead;
}

type OneOrMore<T> = T | T[];

export class DeclaredNames<E extends { head: FileHead }> {
  /** Products, patches and bulletins share their names, in lower case. */
  readonly #shared = new Map<string, OneOrMore<Declaration<E>>>();
  readonly #checks = new Map<string, OneOrMore<Declaration<E>>>();
  readonly #users = new Map<string, E | Set<E>>();
  readonly #inOrder: (one: E, other: E) => number;
  /** How many names are declared more than once. */
  #doubles = 0;
  readonly #sizes = { product: 0, patch: 0, bulletin: 0, check: 0 };

  /** Of two declarations with one name that of the first file counts. */
  constructor(inOrder: (one: E, other: E) => number) {
    this.#inOrder = inOrder;
  }

  #map(kind: DeclaredKind): Map<string, OneOrMore<Declaration<E>>> {
    return kind === 'check' ? this.#checks : this.#shared;
  }

  add(entry: E): void {
    for (const head of entry.head.declared) {
      const map = this.#map(head.kind);
      const id = head.id.toLowerCase();
      const before = map.get(id);
      const declaration = { entry, head };
      this.#sizes[head.kind]++;
      if (before === undefined) map.set(id, declaration);
      else {
        const list = Array.isArray(before) ? before : [before];
        if (list.length === 1) this.#doubles++;
        list.push(declaration);
        map.set(id, list.sort(this.#compare));
      }
    }
    for (const name of entry.head.names) this.#use(name, entry);
  }

  #use(name: string, entry: E): void {
    const before = this.#users.get(name);
    if (before === undefined) this.#users.set(name, entry);
    else if (before instanceof Set) before.add(entry);
    else if (before !== entry) this.#users.set(name, new Set([before, entry]));
  }

  remove(entry: E): void {
    for (const { kind, id } of entry.head.declared) {
      const map = this.#map(kind);
      const before = map.get(id.toLowerCase());
      if (before === undefined) continue;
      this.#sizes[kind]--;
      const list = Array.isArray(before) ? before : [before];
      const at = list.findIndex((one) => one.entry === entry);
      if (at >= 0) list.splice(at, 1);
      const [only] = list;
      if (only === undefined) map.delete(id.toLowerCase());
      else if (list.length === 1) {
        this.#doubles--;
        map.set(id.toLowerCase(), only);
      }
    }
    for (const name of entry.head.names) this.#useNoMore(name, entry);
  }

  #useNoMore(name: string, entry: E): void {
    const before = this.#users.get(name);
    if (before instanceof Set) before.delete(entry);
    if (before === entry || (before instanceof Set && before.size === 0)) this.#users.delete(name);
  }

  /** Gives an entry another head. Where it declares the same names, they stay where they are among all others. */
  renew(entry: E, head: FileHead): void {
    const before = entry.head;
    if (!isSameNames(before, head)) {
      this.remove(entry);
      entry.head = head;
      return this.add(entry);
    }
    entry.head = head;
    for (const [at, one] of head.declared.entries()) {
      const map = this.#map(one.kind);
      const id = one.id.toLowerCase();
      const found = map.get(id);
      if (Array.isArray(found)) {
        const place = found.findIndex((other) => other.entry === entry && other.head === before.declared[at]);
        found[place] = { entry, head: one };
      } else map.set(id, { entry, head: one });
    }
    const names = new Set(head.names);
    for (const name of before.names) if (!names.delete(name)) this.#useNoMore(name, entry);
    for (const name of names) this.#use(name, entry);
  }

  readonly #compare = (one: Declaration<E>, other: Declaration<E>): number => {
    if (one.entry !== other.entry) return this.#inOrder(one.entry, other.entry);
    const { declared } = one.entry.head;
    return declared.indexOf(one.head) - declared.indexOf(other.head);
  };

  #list(kind: DeclaredKind, id: string): readonly Declaration<E>[] {
    const found = this.#map(kind).get(id);
    return found === undefined ? [] : Array.isArray(found) ? found : [found];
  }

  /** The declaration that an id in lower case stands for, if it is of the kind. */
  first(kind: DeclaredKind, id: string): Declaration<E> | undefined {
    const found = this.#map(kind).get(id);
    const one = Array.isArray(found) ? found[0] : found;
    return one?.head.kind === kind ? one : undefined;
  }

  /** The declarations of a kind that count. */
  *all(kind: DeclaredKind): Iterable<Declaration<E>> {
    for (const found of this.#map(kind).values()) {
      const one = Array.isArray(found) ? found[0] : found;
      if (one?.head.kind === kind) yield one;
    }
  }

  /** The ids of a kind as they are declared. */
  *ids(kind: DeclaredKind): Iterable<string> {
    for (const { head } of this.all(kind)) yield head.id;
  }

  /** How many declarations of a kind there are, those that do not count among them. */
  size(kind: DeclaredKind): number {
    return this.#sizes[kind];
  }

  /** The files that declare or use a name, given in lower case. */
  users(name: string): Iterable<E> {
    const found = this.#users.get(name);
    if (found === undefined) return [];
    return found instanceof Set ? found : [found];
  }

  /** The files that declare a name as whatever, given in lower case. */
  declaring(name: string): readonly E[] {
    return [...this.#list('product', name), ...this.#list('check', name)].map(({ entry }) => entry);
  }

  /** Whether any name that a file declares is declared more than once. */
  standsTwice(entry: E): boolean {
    return (
      this.#doubles > 0 && entry.head.declared.some(({ kind, id }) => this.#list(kind, id.toLowerCase()).length > 1)
    );
  }

  /** The files with a name that this one declares too, itself among them; none where all its names are its own. */
  doublesOf(entry: E): readonly E[] {
    if (!this.standsTwice(entry)) return [];
    return entry.head.declared.flatMap(({ kind, id }) => {
      const list = this.#list(kind, id.toLowerCase());
      return list.length > 1 ? list.map((one) => one.entry) : [];
    });
  }

  /** The declarations of a file that do not count, each with the one that does. */
  doublesIn(entry: E): readonly { readonly head: DeclaredHead; readonly before: Declaration<E> }[] {
    if (!this.standsTwice(entry)) return [];
    return entry.head.declared.flatMap((head) => {
      const [before] = this.#list(head.kind, head.id.toLowerCase());
      return before !== undefined && before.head !== head ? [{ head, before }] : [];
    });
  }
}

const isSameNames = ({ declared: before }: FileHead, { declared: now }: FileHead): boolean =>
  before.length === now.length && before.every(({ kind, id }, at) => kind === now[at]?.kind && id === now[at].id);
