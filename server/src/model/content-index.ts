/**
 * The content of a workspace, kept up to date file by file. A file that changes is lowered and linked anew; others only where
 * they use a name whose meaning changed. Of a file that nobody works on, facts are kept, and no content: that is made anew when
 * it is asked for. What only all files together tell (circles, supersedence) is made when it is asked for.
 */
import { factsOf } from './facts/facts.ts';
import { headOf, sameHead, type FileHead } from './facts/head.ts';
import { isNamed, type ClosedFile, type Entry, type NamedFile } from './indexed/entry.ts';
import { Whole } from './indexed/whole.ts';
import { lowerFile, type LoweredFile } from './lower/file.ts';

/** What an update has changed, by files; those that are gone among them. */
export interface Affected {
  /** Of these something else may be said now by linking. */
  readonly linked: ReadonlySet<string>;
  /** These are as they were, but use what means something else now. */
  readonly used: ReadonlySet<string>;
}

const NOTHING_AFFECTED: Affected = { linked: new Set(), used: new Set() };

/** Names of declarations that mean something to whoever uses them. */
class Meanings {
  readonly checks = new Set<string>();
  readonly products = new Set<string>();

  add(entry: Entry | undefined): void {
    for (const { kind, id } of entry?.head.declared ?? []) {
      if (kind === 'check') this.checks.add(id.toLowerCase());
      else if (kind === 'product') this.products.add(id.toLowerCase());
    }
  }
}

type Change = string | ClosedFile | NamedFile | undefined;

export class ContentIndex extends Whole {
  /** New texts or facts; without one the file is gone. */
  #dirty = new Map<string, Change>();
  #revision = 0;

  set(file: string, text: string): void {
    this.#dirty.set(file, text);
  }

  /** Takes in a file of which only facts are kept, or not even they are known. */
  setClosed(file: string, closed: ClosedFile | NamedFile): void {
    this.#dirty.set(file, closed);
  }

  delete(file: string): void {
    this.#dirty.set(file, undefined);
  }

  /** Increases with everything that changes. */
  get revision(): number {
    return this.#revision;
  }

  /** Takes in what was set. */
  update(): Affected {
    const dirty = [...this.#dirty].map((change) => ({ change, key: this.order(change[0]) }));
    // A map that was emptied would keep what was in it until all of memory is gone through.
    this.#dirty = new Map();
    for (const { change } of dirty) this.#learnBefore(...change);
    const changed = dirty
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ change }) => change)
      .filter(([file, change]) => !this.#isSame(file, change));
    if (changed.length === 0) return NOTHING_AFFECTED;
    this.forgetWhole();
    this.#revision++;
    const only = changed.length === 1 ? changed[0] : undefined;
    if (this.entries.size === 0) return { linked: this.#replace(changed), used: new Set() };
    const meanings = new Meanings();
    for (const [file] of changed) meanings.add(this.entries.get(file));
    const replaced = only?.[1] !== undefined && this.#replaceAlone(only[0], only[1]);
    const linked = replaced ? new Set([only[0]]) : this.#replace(changed);
    for (const [file] of changed) meanings.add(this.entries.get(file));
    return { linked, used: this.#usersOf(meanings, linked) };
  }

  /** What a file showed the others is known before it shows them something else. */
  #learnBefore(file: string, change: Change): void {
    const entry = this.entries.get(file);
    if (entry && change !== undefined) this.learned(entry);
  }

  /** Whether a change is none: the same text, open or closed. */
  #isSame(file: string, change: Change): boolean {
    const entry = this.entries.get(file);
    if (!entry || change === undefined) return change === undefined && !entry;
    if (typeof change === 'string') {
      if (entry.text !== undefined ? entry.text !== change : entry.closed?.isText(change) !== true) return false;
      entry.text = change;
      return true;
    }
    if (entry.text !== undefined ? !change.isText(entry.text) : change !== entry.closed) return false;
    delete entry.text;
    entry.lowered = undefined;
    entry.closed = change;
    this.declared.renew(entry, change.head);
    return true;
  }

  /** What a check says holds for whatever uses it, through other checks too; what a product binds, for the patches that fix it. */
  #usersOf({ checks, products }: Meanings, linked: ReadonlySet<string>): ReadonlySet<string> {
    const found = new Set<string>();
    const add = (entry: Entry): void => {
      if (!linked.has(entry.file)) found.add(entry.file);
    };
    // A set that grows while it is gone through is gone through to its end.
    for (const check of checks) {
      for (const entry of this.declared.users(check)) {
        add(entry);
        for (const { kind, id } of entry.head.declared) {
          if (kind === 'check') checks.add(id.toLowerCase());
          else if (kind === 'product') products.add(id.toLowerCase());
        }
      }
    }
    for (const product of products) for (const entry of this.declared.users(product)) add(entry);
    return found;
  }

  /** A file that shows the others the same as before is linked by itself, and they are left alone. */
  #replaceAlone(file: string, change: NonNullable<Change>): boolean {
    const entry = this.entries.get(file);
    if (!entry || this.declared.standsTwice(entry)) return false;
    const next = entered(file, change, entry.lowered);
    if (sameHead(entry.head, next.head)) this.#take(entry, { ...next, head: entry.head });
    else if (differences(entry.head, next.head).length > 0) return false;
    else {
      this.declared.remove(entry);
      this.#take(entry, next);
      this.declared.add(entry);
    }
    this.#relink(entry);
    return true;
  }

  #take(entry: Entry, { head, text, lowered, closed }: Entry): void {
    entry.head = head;
    if (text === undefined) delete entry.text;
    else entry.text = text;
    entry.lowered = lowered;
    entry.closed = closed;
  }

  #replace(changed: readonly (readonly [string, Change])[]): Set<string> {
    const names = new Set<string>();
    const affected = new Set<string>();
    // Where there was nothing, nobody else is affected.
    const isFirst = this.entries.size === 0;
    const addDoubles = (entry: Entry): void => {
      for (const { file } of this.declared.doublesOf(entry)) affected.add(file);
    };
    for (const [file, change] of changed) {
      affected.add(file);
      const before = this.entries.get(file);
      if (before) addDoubles(before);
      const next = change === undefined ? undefined : entered(file, change, before?.lowered);
      if (!isFirst) for (const name of differences(before?.head, next?.head)) names.add(name);
      if (before) this.declared.remove(before);
      if (!next) {
        this.entries.delete(file);
        if (before) this.unsure.delete(before);
        this.sorted = undefined;
        continue;
      }
      const entry = before ?? next;
      this.#take(entry, next);
      if (!before) {
        this.entries.set(file, entry);
        this.sorted = undefined;
      }
      this.declared.add(entry);
    }
    for (const [file] of changed) {
      const entry = this.entries.get(file);
      if (entry && !isFirst) addDoubles(entry);
    }
    for (const name of names) for (const { file } of this.declared.users(name)) affected.add(file);
    if (isFirst || names.size > 0) {
      this.pool.suggestions.clear();
      // A name that is new may be what someone else meant.
      for (const { file } of this.unsure) affected.add(file);
    }
    for (const file of affected) {
      const entry = this.entries.get(file);
      if (entry) this.#relink(entry);
    }
    return affected;
  }

  /** Of a file of which only the names are known linking says nothing yet. */
  #relink(entry: Entry): void {
    if (isNamed(entry)) entry.linked = undefined;
    else this.link(entry);
  }
}

function entered(file: string, change: NonNullable<Change>, before?: LoweredFile): Entry {
  if (typeof change !== 'string') return { file, head: change.head, closed: change };
  const lowered = lowerFile(file, change, before);
  return { file, head: headOf(factsOf(lowered)), text: change, lowered };
}

/** The names of which two heads show other files different things, in lower case. */
function differences(a: FileHead | undefined, b: FileHead | undefined): readonly string[] {
  const [before, after] = [shownBy(a), shownBy(b)];
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].filter((key) => before.get(key) !== after.get(key)).map((key) => key.slice(key.indexOf(' ') + 1));
}

function shownBy(head: FileHead | undefined): ReadonlyMap<string, string> {
  const shown = new Map<string, string>();
  for (const { kind, id, shows } of head?.declared ?? []) {
    const key = `${kind} ${id.toLowerCase()}`;
    shown.set(key, `${shown.get(key) ?? ''}${id} ${shows}\n`);
  }
  return shown;
}
