/**
 * The content of a workspace, kept up to date file by file. A file that changes is lowered and linked anew; others only where
 * they use a name whose meaning changed. Of a file that nobody works on, facts are kept, and no content: that is made anew when
 * it is asked for. What only all files together tell (circles, supersedence) is made when it is asked for.
 */
import { checkCycles, checksInCycle } from './check-cycles.ts';
import type { Bulletin, Content, NamedCheck, Patch, Product, SupersedenceEdge } from './content.ts';
import { DeclaredNames, type Declaration } from './declared-names.ts';
import { factsOf, type FileFacts } from './facts/facts.ts';
import { headOf, nameAtOf, sameHead, type DeclaredHead, type FileHead } from './facts/head.ts';
import { isKnown, linkFile, NOTHING_LINKED, type LinkedFile, type NamePool } from './link-file.ts';
import { linkFiles, withKnownFixes, type Linked } from './link.ts';
import { lowerFile, type LoweredFile } from './lower/file.ts';
import { Narrowed } from './narrowed.ts';
import { duplicate } from './pool.ts';
import type { Finding } from './source.ts';
import { supersedence, type SupersedingPatch } from './supersedence.ts';

/** What is kept of a file whose text is not. */
export interface ClosedFile {
  readonly head: FileHead;
  readonly facts: () => FileFacts;
  /** Whether a text is the one that it was made of. */
  readonly isText: (text: string) => boolean;
}

/** One file. While it is worked on its text is there, and counts. */
export interface Entry {
  readonly file: string;
  head: FileHead;
  text?: string;
  lowered?: LoweredFile | undefined;
  closed?: ClosedFile | undefined;
  linked: LinkedFile;
}

export interface IndexOptions {
  /** By what the files are ordered: of two declarations with one name the first counts. */
  readonly order?: (file: string) => string;
  /** Lowers a closed file from its text; undefined where the text is not there any more. */
  readonly lower?: (file: string) => LoweredFile | undefined;
}

/** Supersedence as all files state it. */
export interface Superseding {
  readonly edges: readonly SupersedenceEdge[];
  readonly findings: readonly Finding[];
}

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

type Change = string | ClosedFile | undefined;

/** After so many files others may have their turn. */
const FILES_AT_ONCE = 50;

export class ContentIndex {
  readonly #entries = new Map<string, Entry>();
  readonly #names = new DeclaredNames<Entry>((one, other) =>
    this.#order(one.file) < this.#order(other.file) ? -1 : 1,
  );
  /** New texts or facts; without one the file is gone. */
  #dirty = new Map<string, Change>();
  readonly #order: (file: string) => string;
  readonly #lower: (file: string) => LoweredFile | undefined;
  /** Files of which something is said that a new name may change. */
  readonly #unsure = new Set<Entry>();
  readonly #pool: NamePool;
  #sorted: readonly string[] | undefined;
  #whole: WeakRef<Linked> | undefined;
  /** What content as a whole was made of: whoever holds the content keeps the files, too. */
  readonly #madeOf = new WeakMap<Linked, ReadonlyMap<string, LoweredFile>>();
  #last: WeakRef<ReadonlyMap<string, LoweredFile>> | undefined;
  #revision = 0;

  constructor({ order = (file) => file, lower = () => undefined }: IndexOptions = {}) {
    this.#order = order;
    this.#lower = lower;
    const damaged = ({ head }: Declaration<Entry>): boolean => head.damaged;
    this.#pool = {
      has: (kind, id) => this.#names.first(kind, id) !== undefined,
      ids: (kind) => this.#names.ids(kind),
      product: (id) => {
        const one = this.#names.first('product', id);
        const names = one && this.#facts(one.entry).products[one.head.ordinal]?.names;
        return names && { names, damaged: damaged(one) };
      },
      check: (id) => {
        const one = this.#names.first('check', id);
        const check = one && this.#facts(one.entry).checks[one.head.ordinal];
        return check && { id: check.id, parameters: check.parameters, damaged: damaged(one) };
      },
      counts: ({ file, patches }, patch) => {
        const one = this.#names.first('patch', patch.id.toLowerCase());
        return one?.entry.file === file && patches[one.head.ordinal] === patch;
      },
      suggestions: new Map(),
    };
  }

  set(file: string, text: string): void {
    this.#dirty.set(file, text);
  }

  /** Takes in a file of which only facts are kept. */
  setClosed(file: string, closed: ClosedFile): void {
    this.#dirty.set(file, closed);
  }

  delete(file: string): void {
    this.#dirty.set(file, undefined);
  }

  /** The files in their order. */
  files(): readonly string[] {
    if (this.#sorted) return this.#sorted;
    const keyed = [...this.#entries.keys()].map((file) => ({ file, key: this.#order(file) }));
    this.#sorted = keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ file }) => file);
    return this.#sorted;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The files that declare or use a name, given in lower case, in their order. */
  filesOf(name: string): readonly string[] {
    const keyed = [...this.#names.users(name)].map(({ file }) => ({ file, key: this.#order(file) }));
    return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ file }) => file);
  }

  has(file: string): boolean {
    return this.#entries.has(file);
  }

  /** The text of a file that is worked on. */
  textOf(file: string): string | undefined {
    return this.#entries.get(file)?.text;
  }

  headOf(file: string): FileHead | undefined {
    return this.#entries.get(file)?.head;
  }

  closedOf(file: string): ClosedFile | undefined {
    return this.#entries.get(file)?.closed;
  }

  factsOf(file: string): FileFacts | undefined {
    const entry = this.#entries.get(file);
    return entry && this.#facts(entry);
  }

  /** A file as it was lowered; another one as soon as its text is another. */
  loweredOf(file: string): LoweredFile | undefined {
    const entry = this.#entries.get(file);
    return entry && this.#loweredOf(entry);
  }

  /** The declarations that count for a name. */
  get names(): Pick<DeclaredNames<Entry>, 'first' | 'all' | 'size' | 'users' | 'declaring'> {
    return this.#names;
  }

  /** Increases with everything that changes. */
  get revision(): number {
    return this.#revision;
  }

  #facts(entry: Entry): FileFacts {
    const { closed } = entry;
    if (closed && !entry.lowered) return closed.facts();
    const lowered = this.#loweredOf(entry);
    if (!lowered) throw new Error(`nothing is known of ${entry.file}`);
    return factsOf(lowered);
  }

  #loweredOf(entry: Entry): LoweredFile | undefined {
    if (entry.text === undefined) return this.#lower(entry.file);
    entry.lowered ??= lowerFile(entry.file, entry.text);
    return entry.lowered;
  }

  /** Takes in what was set. */
  update(): Affected {
    const dirty = [...this.#dirty].map((change) => ({ change, key: this.#order(change[0]) }));
    // A map that was emptied would keep what was in it until all of memory is gone through.
    this.#dirty = new Map();
    const changed = dirty
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ change }) => change)
      .filter(([file, change]) => !this.#isSame(file, change));
    if (changed.length === 0) return NOTHING_AFFECTED;
    this.#whole = undefined;
    this.#revision++;
    const only = changed.length === 1 ? changed[0] : undefined;
    if (this.#entries.size === 0) return { linked: this.#replace(changed), used: new Set() };
    const meanings = new Meanings();
    for (const [file] of changed) meanings.add(this.#entries.get(file));
    const replaced = only?.[1] !== undefined && this.#replaceAlone(only[0], only[1]);
    const linked = replaced ? new Set([only[0]]) : this.#replace(changed);
    for (const [file] of changed) meanings.add(this.#entries.get(file));
    return { linked, used: this.#usersOf(meanings, linked) };
  }

  /** Whether a change is none: the same text, open or closed. */
  #isSame(file: string, change: Change): boolean {
    const entry = this.#entries.get(file);
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
    this.#settle(entry, change.head);
    return true;
  }

  /** The same head as before, from another text that is the same: only what points to it is renewed. */
  #settle(entry: Entry, head: FileHead): void {
    this.#names.remove(entry);
    entry.head = head;
    this.#names.add(entry);
  }

  /** What a check says holds for whatever uses it, through other checks too; what a product binds, for the patches that fix it. */
  #usersOf({ checks, products }: Meanings, linked: ReadonlySet<string>): ReadonlySet<string> {
    const found = new Set<string>();
    const add = (entry: Entry): void => {
      if (!linked.has(entry.file)) found.add(entry.file);
    };
    // A set that grows while it is gone through is gone through to its end.
    for (const check of checks) {
      for (const entry of this.#names.users(check)) {
        add(entry);
        for (const { kind, id } of entry.head.declared) {
          if (kind === 'check') checks.add(id.toLowerCase());
          else if (kind === 'product') products.add(id.toLowerCase());
        }
      }
    }
    for (const product of products) for (const entry of this.#names.users(product)) add(entry);
    return found;
  }

  /** What is found in a file by itself and against the names of the others. */
  findingsOf(file: string): readonly Finding[] {
    const entry = this.#entries.get(file);
    if (!entry) return [];
    const duplicates = this.#duplicatesIn(entry);
    return duplicates.length > 0 ? [...entry.linked.findings, ...duplicates] : entry.linked.findings;
  }

  #duplicatesIn(entry: Entry): readonly Finding[] {
    return this.#names.doublesIn(entry).flatMap(({ head, before }) => {
      const nameAt = nameAtOf(this.#facts(entry), head);
      const taken = nameAtOf(this.#facts(before.entry), before.head);
      return nameAt && taken ? [duplicate({ id: head.id, nameAt }, { nameAt: taken })] : [];
    });
  }

  // ---------- content

  /** Whether a declaration counts for its name, and may judge. */
  isSound({ entry, head }: Declaration<Entry>): boolean {
    return !head.damaged && !entry.linked.broken.has(head.context) && this.#counts(entry, head);
  }

  #counts(entry: Entry, { kind, id, ordinal }: Pick<DeclaredHead, 'kind' | 'id' | 'ordinal'>): boolean {
    const first = this.#names.first(kind, id.toLowerCase());
    return first?.entry === entry && first.head.ordinal === ordinal;
  }

  /** A product's id as it is declared. */
  spelled(id: string): string | undefined {
    return this.#names.first('product', id)?.head.id;
  }

  /** What rules look at in other files when they look at one: products that it names, and checks that are used, through others too. */
  usedBy(file: string): {
    readonly products: ReadonlySet<Declaration<Entry>>;
    readonly checks: ReadonlySet<Declaration<Entry>>;
  } {
    const entry = this.#entries.get(file);
    const products = new Set<Declaration<Entry>>();
    const checks = new Set<Declaration<Entry>>();
    const reach = (ids: readonly string[]): void => {
      for (const id of ids) {
        const one = this.#names.first('check', id);
        if (one) checks.add(one);
      }
    };
    for (const name of entry?.head.names ?? []) {
      const product = this.#names.first('product', name);
      if (product && product.entry !== entry) {
        products.add(product);
        reach(product.head.calls ?? []);
      }
    }
    reach(entry?.head.names ?? []);
    // A set that grows while it is gone through is gone through to its end.
    for (const { head } of checks) reach(head.calls ?? []);
    return { products, checks };
  }

  /**
   * The content that one file declares, without supersedence, which needs all files. What it uses of other files is found in
   * it, but is not among what it has when all of it is gone through.
   */
  contentOf(file: string): Content {
    const entry = this.#entries.get(file);
    const lowered = entry && this.#loweredOf(entry);
    const texts = new Map<string, string>();
    const content = {
      products: new Narrowed<Product>(),
      patches: new Narrowed<Patch>(),
      bulletins: new Narrowed<Bulletin>(),
      checks: new Narrowed<NamedCheck>(),
      supersedence: [],
      texts,
    };
    if (!lowered) return content;
    texts.set(file, lowered.text);
    const { products, checks } = this.usedBy(file);
    const used = [...checks];
    const inCycle = checksInCycle(used.map(({ head }) => ({ id: head.id, calls: head.calls ?? [] })));
    for (const one of [...products, ...used, ...this.#ownOf(entry)]) {
      const of = one.entry === entry ? lowered : this.#loweredOf(one.entry);
      const id = one.head.id.toLowerCase();
      if (!of || !this.isSound(one) || (one.head.kind === 'check' && inCycle.has(id))) continue;
      texts.set(of.file, of.text);
      const { ordinal } = one.head;
      const add = <T>(to: Narrowed<T>, declared: T | undefined): void => {
        if (declared === undefined) return;
        if (one.entry === entry) to.set(id, declared);
        else to.lend(id, declared);
      };
      switch (one.head.kind) {
        case 'product':
          add(content.products, of.products[ordinal]?.product);
          break;
        case 'patch': {
          const patch = of.patches[ordinal]?.patch;
          add(content.patches, patch && withKnownFixes(patch, (name) => this.spelled(name)));
          break;
        }
        case 'bulletin':
          add(content.bulletins, of.bulletins[ordinal]?.bulletin);
          break;
        case 'check':
          add(content.checks, of.checks[ordinal]?.check);
      }
    }
    return content;
  }

  /** What a file declares that counts, and what stands for a name in one of its bulletins elsewhere. */
  #ownOf(entry: Entry): readonly Declaration<Entry>[] {
    return entry.head.declared.flatMap(({ kind, id }) => {
      const first = this.#names.first(kind, id.toLowerCase());
      return first && (first.entry === entry || kind === 'patch') ? [first] : [];
    });
  }

  // ---------- all files together

  /** All content, linked. Every file is lowered for it, but those that are still there since the last time. */
  whole(): Linked {
    const known = this.#whole?.deref();
    if (known) return known;
    const before = this.#last?.deref();
    const files = new Map<string, LoweredFile>();
    for (const file of this.files()) {
      const entry = this.#entries.get(file);
      const last = before?.get(file);
      const isCurrent = last !== undefined && entry !== undefined && this.#isOf(entry, last);
      const lowered = isCurrent ? last : entry && this.#loweredOf(entry);
      if (lowered) files.set(file, lowered);
    }
    const linked = linkFiles([...files.values()]);
    this.#madeOf.set(linked, files);
    this.#last = new WeakRef(files);
    this.#whole = new WeakRef(linked);
    return linked;
  }

  #isOf(entry: Entry, { text }: LoweredFile): boolean {
    return entry.text !== undefined ? entry.text === text : entry.closed?.isText(text) === true;
  }

  /** Checks that use themselves. */
  checkCycles(): readonly Finding[] {
    const all = [...this.#names.all('check')];
    const inCycle = checksInCycle(all.map(({ head }) => ({ id: head.id, calls: head.calls ?? [] })));
    const round = all.filter(({ head }) => inCycle.has(head.id.toLowerCase()));
    return checkCycles(
      round.flatMap(({ entry, head }) => {
        const nameAt = nameAtOf(this.#facts(entry), head);
        return nameAt ? [{ id: head.id, nameAt, calls: head.calls ?? [] }] : [];
      }),
    ).findings;
  }

  /** Who supersedes whom. Can be interrupted where it yields, and is of no use when something has changed meanwhile. */
  *supersedence(): Generator<undefined, Superseding> {
    const patches: SupersedingPatch[] = [];
    for (const [at, file] of this.files().entries()) {
      if (at % FILES_AT_ONCE === FILES_AT_ONCE - 1) yield;
      const entry = this.#entries.get(file);
      if (entry?.head.supersedes !== true) continue;
      for (const [ordinal, { id, fixed, supersedes }] of this.#facts(entry).patches.entries()) {
        if (supersedes.length === 0 || !this.#counts(entry, { kind: 'patch', id, ordinal })) continue;
        patches.push({ id, fixes: fixed.map((name) => ({ name })), supersedes });
      }
    }
    const sound = (id: string): DeclaredHead | undefined => {
      const one = this.#names.first('patch', id);
      return one && this.isSound(one) ? one.head : undefined;
    };
    return supersedence(patches, {
      patch: sound,
      patches: () => this.#soundPatches(),
      members: (id) => {
        const one = this.#names.first('bulletin', id);
        const bulletin = one && this.#facts(one.entry).bulletins[one.head.ordinal];
        return bulletin?.patches.map((patch) => patch.toLowerCase());
      },
    });
  }

  *#soundPatches(): Iterable<readonly [string, { readonly id: string; readonly fixes: { readonly name: string }[] }]> {
    for (const file of this.files()) {
      const entry = this.#entries.get(file);
      for (const head of entry?.head.declared ?? []) {
        if (!entry || head.kind !== 'patch' || !this.isSound({ entry, head })) continue;
        const fixed = this.#facts(entry).patches[head.ordinal]?.fixed ?? [];
        const fixes = fixed.filter((name) => isKnown(this.#pool, 'product', name.toLowerCase()));
        yield [head.id.toLowerCase(), { id: head.id, fixes: fixes.map((name) => ({ name })) }];
      }
    }
  }

  // ---------- keeping up

  /** A file that shows the others the same as before is linked by itself, and they are left alone. */
  #replaceAlone(file: string, change: string | ClosedFile): boolean {
    const entry = this.#entries.get(file);
    if (!entry || this.#names.standsTwice(entry)) return false;
    const next = entered(file, change, entry.lowered);
    if (sameHead(entry.head, next.head)) this.#take(entry, { ...next, head: entry.head });
    else if (differences(entry.head, next.head).length > 0) return false;
    else {
      this.#names.remove(entry);
      this.#take(entry, next);
      this.#names.add(entry);
    }
    this.#link(entry);
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
    const isFirst = this.#entries.size === 0;
    const addDoubles = (entry: Entry): void => {
      for (const { file } of this.#names.doublesOf(entry)) affected.add(file);
    };
    for (const [file, change] of changed) {
      affected.add(file);
      const before = this.#entries.get(file);
      if (before) addDoubles(before);
      const next = change === undefined ? undefined : entered(file, change, before?.lowered);
      if (!isFirst) for (const name of differences(before?.head, next?.head)) names.add(name);
      if (before) this.#names.remove(before);
      if (!next) {
        this.#entries.delete(file);
        if (before) this.#unsure.delete(before);
        this.#sorted = undefined;
        continue;
      }
      const entry = before ?? next;
      this.#take(entry, next);
      if (!before) {
        this.#entries.set(file, entry);
        this.#sorted = undefined;
      }
      this.#names.add(entry);
    }
    for (const [file] of changed) {
      const entry = this.#entries.get(file);
      if (entry && !isFirst) addDoubles(entry);
    }
    for (const name of names) for (const { file } of this.#names.users(name)) affected.add(file);
    if (isFirst || names.size > 0) {
      this.#pool.suggestions.clear();
      // A name that is new may be what someone else meant.
      for (const { file } of this.#unsure) affected.add(file);
    }
    for (const file of affected) {
      const entry = this.#entries.get(file);
      if (entry) this.#link(entry);
    }
    return affected;
  }

  #link(entry: Entry): void {
    const { needs } = entry.head;
    const isFine =
      needs?.every(([kind, id]) => isKnown(this.#pool, kind, id)) === true && !this.#names.standsTwice(entry);
    entry.linked = isFine ? NOTHING_LINKED : linkFile(this.#pool, this.#facts(entry));
    if (entry.linked.findings.some(mayChange)) this.#unsure.add(entry);
    else this.#unsure.delete(entry);
  }
}

/** Findings that say what the name may have been meant to be. */
const mayChange = ({ code }: Finding): boolean => code === 'unknown-name' || code === 'unknown-superseded';

function entered(file: string, change: string | ClosedFile, before?: LoweredFile): Entry {
  if (typeof change !== 'string') return { file, head: change.head, closed: change, linked: NOTHING_LINKED };
  const lowered = lowerFile(file, change, before);
  return { file, head: headOf(factsOf(lowered)), text: change, lowered, linked: NOTHING_LINKED };
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
