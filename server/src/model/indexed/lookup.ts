/**
 * What is known of the files of a workspace: their names, facts and content. Of a file of which only the names are known the rest
 * is learned with the first question that needs it; nobody can have seen a difference before.
 */
import { checksInCycle } from '../check-cycles.ts';
import type { Bulletin, Content, NamedCheck, Patch, Product } from '../content.ts';
import { DeclaredNames, type Declaration } from '../declared-names.ts';
import { factsOf, type FileFacts } from '../facts/facts.ts';
import { nameAtOf, type DeclaredHead, type FileHead } from '../facts/head.ts';
import { isKnown, linkFile, NOTHING_LINKED, type LinkedFile, type NamePool } from '../link-file.ts';
import { withKnownFixes } from '../link.ts';
import { lowerFile, type LoweredFile } from '../lower/file.ts';
import { Narrowed } from '../narrowed.ts';
import { duplicate } from '../pool.ts';
import type { Finding } from '../source.ts';
import type { DeclaredKind } from '../symbols.ts';
import { isNamed, type ClosedFile, type Entry, type NamedFile } from './entry.ts';

export interface LookupOptions {
  /** By what the files are ordered: of two declarations with one name the first counts. */
  readonly order?: (file: string) => string;
  /** Lowers a closed file from its text; undefined where the text is not there any more. */
  readonly lower?: (file: string) => LoweredFile | undefined;
  /** All that is kept of a file of which only the names were known; undefined where the text of that fingerprint is not there any more. */
  readonly learn?: (file: string, fingerprint: string) => ClosedFile | undefined;
}

export class Lookup {
  protected readonly entries = new Map<string, Entry>();
  protected readonly declared = new DeclaredNames<Entry>((one, other) =>
    this.order(one.file) < this.order(other.file) ? -1 : 1,
  );
  protected readonly order: (file: string) => string;
  readonly #lower: (file: string) => LoweredFile | undefined;
  readonly #learn: (file: string, fingerprint: string) => ClosedFile | undefined;
  /** Files of which something is said that a new name may change. */
  protected readonly unsure = new Set<Entry>();
  protected readonly pool: NamePool;
  protected sorted: readonly string[] | undefined;

  constructor({ order = (file) => file, lower = () => undefined, learn = () => undefined }: LookupOptions = {}) {
    this.order = order;
    this.#lower = lower;
    this.#learn = learn;
    this.pool = {
      has: (kind, id) => this.declared.first(kind, id) !== undefined,
      ids: (kind) => this.declared.ids(kind),
      product: (id) => {
        const one = this.first('product', id);
        const names = one && this.factsIn(one.entry).products[one.head.ordinal]?.names;
        return names && { names, damaged: one.head.damaged };
      },
      check: (id) => {
        const one = this.first('check', id);
        const check = one && this.factsIn(one.entry).checks[one.head.ordinal];
        return check && { id: check.id, parameters: check.parameters, damaged: one.head.damaged };
      },
      counts: ({ file, patches }, patch) => {
        const one = this.declared.first('patch', patch.id.toLowerCase());
        return one?.entry.file === file && patches[one.head.ordinal] === patch;
      },
      suggestions: new Map(),
    };
  }

  /** The files in their order. */
  files(): readonly string[] {
    if (this.sorted) return this.sorted;
    const keyed = [...this.entries.keys()].map((file) => ({ file, key: this.order(file) }));
    this.sorted = keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ file }) => file);
    return this.sorted;
  }

  get size(): number {
    return this.entries.size;
  }

  /** The files that declare or use a name, given in lower case, in their order. */
  filesOf(name: string): readonly string[] {
    const keyed = [...this.declared.users(name)].map(({ file }) => ({ file, key: this.order(file) }));
    return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ file }) => file);
  }

  has(file: string): boolean {
    return this.entries.has(file);
  }

  /** The text of a file that is worked on. */
  textOf(file: string): string | undefined {
    return this.entries.get(file)?.text;
  }

  headOf(file: string): FileHead | undefined {
    return this.entries.get(file)?.head;
  }

  closedOf(file: string): ClosedFile | NamedFile | undefined {
    return this.entries.get(file)?.closed;
  }

  factsOf(file: string): FileFacts | undefined {
    const entry = this.entries.get(file);
    return entry && this.factsIn(entry);
  }

  /** A file as it was lowered; another one as soon as its text is another. */
  loweredOf(file: string): LoweredFile | undefined {
    const entry = this.entries.get(file);
    return entry && this.loweredIn(entry);
  }

  /** The declarations that count for a name. */
  get names(): Pick<DeclaredNames<Entry>, 'first' | 'all' | 'size' | 'users' | 'declaring'> {
    return this.declared;
  }

  /** A declaration with all that its head says. */
  protected first(kind: DeclaredKind, id: string): Declaration<Entry> | undefined {
    const one = this.declared.first(kind, id);
    if (one === undefined || !isNamed(one.entry)) return one;
    this.learned(one.entry);
    return this.declared.first(kind, id);
  }

  /** Learns what is not known of a file yet. */
  protected learned(entry: Entry): Entry {
    const { closed } = entry;
    if (closed === undefined || 'facts' in closed) return entry;
    const known = this.#learn(entry.file, closed.fingerprint) ?? gone(entry.file, closed);
    entry.closed = known;
    this.declared.renew(entry, known.head);
    entry.linked = undefined;
    return entry;
  }

  /** Whether only the names of a file are known: nothing else is said of it. */
  isNamed(file: string): boolean {
    const entry = this.entries.get(file);
    return entry !== undefined && isNamed(entry);
  }

  protected factsIn(entry: Entry): FileFacts {
    const { closed } = this.learned(entry);
    if (closed && 'facts' in closed && !entry.lowered) return closed.facts();
    const lowered = this.loweredIn(entry);
    if (!lowered) throw new Error(`nothing is known of ${entry.file}`);
    return factsOf(lowered);
  }

  protected loweredIn(entry: Entry): LoweredFile | undefined {
    if (entry.text === undefined) return this.#lower(entry.file);
    entry.lowered ??= lowerFile(entry.file, entry.text);
    return entry.lowered;
  }

  // ---------- links

  /** What linking says of a file. */
  protected linkedIn(entry: Entry): LinkedFile {
    this.learned(entry);
    return entry.linked ?? this.link(entry);
  }

  /** Links a file anew. */
  protected link(entry: Entry): LinkedFile {
    const { needs } = entry.head;
    const isFine =
      needs?.every(([kind, id]) => isKnown(this.pool, kind, id)) === true && !this.declared.standsTwice(entry);
    const linked = isFine ? NOTHING_LINKED : linkFile(this.pool, this.factsIn(entry));
    entry.linked = linked;
    if (linked.findings.some(mayChange)) this.unsure.add(entry);
    else this.unsure.delete(entry);
    return linked;
  }

  /** What is found in a file by itself and against the names of the others; nothing where only its names are known. */
  findingsOf(file: string): readonly Finding[] {
    const entry = this.entries.get(file);
    if (!entry || isNamed(entry)) return [];
    const { findings } = this.linkedIn(entry);
    const duplicates = this.#duplicatesIn(entry);
    return duplicates.length > 0 ? [...findings, ...duplicates] : findings;
  }

  #duplicatesIn(entry: Entry): readonly Finding[] {
    return this.declared.doublesIn(entry).flatMap(({ head, before }) => {
      const nameAt = nameAtOf(this.factsIn(entry), head);
      const taken = nameAtOf(this.factsIn(before.entry), before.head);
      return nameAt && taken ? [duplicate({ id: head.id, nameAt }, { nameAt: taken })] : [];
    });
  }

  // ---------- content

  /** Whether a declaration counts for its name, and may judge. */
  isSound({ entry, head }: Declaration<Entry>): boolean {
    if (!this.counts(entry, head) || this.#isDamaged(entry, head)) return false;
    return !this.linkedIn(entry).broken.has(head.context);
  }

  #isDamaged(entry: Entry, head: DeclaredHead): boolean {
    if (!isNamed(entry)) return head.damaged;
    const { declared } = this.learned(entry).head;
    return declared.some(({ kind, ordinal, damaged }) => damaged && kind === head.kind && ordinal === head.ordinal);
  }

  protected counts(entry: Entry, { kind, id, ordinal }: Pick<DeclaredHead, 'kind' | 'id' | 'ordinal'>): boolean {
    const first = this.declared.first(kind, id.toLowerCase());
    return first?.entry === entry && first.head.ordinal === ordinal;
  }

  /** A product's id as it is declared. */
  spelled(id: string): string | undefined {
    return this.declared.first('product', id)?.head.id;
  }

  /** What rules look at in other files when they look at one: products that it names, and checks that are used, through others too. */
  usedBy(file: string): {
    readonly products: ReadonlySet<Declaration<Entry>>;
    readonly checks: ReadonlySet<Declaration<Entry>>;
  } {
    const found = this.entries.get(file);
    const entry = found && this.learned(found);
    const products = new Set<Declaration<Entry>>();
    const checks = new Set<Declaration<Entry>>();
    const reach = (ids: readonly string[]): void => {
      for (const id of ids) {
        const one = this.first('check', id);
        if (one) checks.add(one);
      }
    };
    for (const name of entry?.head.names ?? []) {
      const product = this.first('product', name);
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
    const found = this.entries.get(file);
    const entry = found && this.learned(found);
    const lowered = entry && this.loweredIn(entry);
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
      const of = one.entry === entry ? lowered : this.loweredIn(one.entry);
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
      const first = this.first(kind, id.toLowerCase());
      return first && (first.entry === entry || kind === 'patch') ? [first] : [];
    });
  }
}

/** Findings that say what the name may have been meant to be. */
const mayChange = ({ code }: Finding): boolean => code === 'unknown-name' || code === 'unknown-superseded';

/** What is said of a file that is not there any more as it was taken in: nothing, until it is taken in anew. */
const gone = (file: string, { head }: NamedFile): ClosedFile => ({
  head: { ...head, needs: [] },
  facts: () => factsOf(lowerFile(file, '')),
  isText: () => false,
});
