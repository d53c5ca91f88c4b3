/**
 * The content of a workspace, kept up to date file by file. A file that changes is lowered and linked anew; others only where
 * they use a name whose meaning changed. What only all files together tell (circles, supersedence) is made when it is asked for.
 */
import { checkCycles } from './check-cycles.ts';
import type { Content } from './content.ts';
import { declarationsOf, type Declarations } from './declarations.ts';
import { contextsOf, linkFile, type LinkedFile } from './link-file.ts';
import { linkWhole, withKnownFixes, type Whole } from './link.ts';
import type { LoweredCheck } from './lower/check.ts';
import type { Lowering } from './lower/context.ts';
import { lowerFile, type LoweredFile } from './lower/file.ts';
import { poolOf, type Pool } from './pool.ts';
import type { Finding } from './source.ts';

interface Entry {
  lowered: LoweredFile;
  linked: LinkedFile;
}

/** By kind and id, whatever linking another file against a declaration depends on. */
type Face = ReadonlyMap<string, string>;

interface SoundCheck {
  readonly lowered: LoweredCheck;
  /** The file that declares it. */
  readonly of: LoweredFile;
}

const NOT_LINKED: LinkedFile = { findings: [], broken: new Set() };

export class ContentIndex {
  readonly #entries = new Map<string, Entry>();
  /** Names in lower case, and the files that use them. */
  readonly #users = new Map<string, Set<string>>();
  /** New texts; without one the file is gone. */
  readonly #dirty = new Map<string, string | undefined>();
  readonly #order: (a: string, b: string) => number;
  #pool: Pool = poolOf([]);
  #duplicates = new Map<string, Finding[]>();
  /** Files with a declaration of which there is another. */
  #standTwice = new Set<string>();
  #sorted: readonly string[] | undefined;
  #whole: Whole | undefined;

  /** Files are linked in the given order: of two declarations with one name the first counts. */
  constructor(order: (a: string, b: string) => number) {
    this.#order = order;
  }

  set(file: string, text: string): void {
    this.#dirty.set(file, text);
  }

  delete(file: string): void {
    this.#dirty.set(file, undefined);
  }

  /** The files in their order. */
  files(): readonly string[] {
    this.#sorted ??= [...this.#entries.keys()].sort(this.#order);
    return this.#sorted;
  }

  textOf(file: string): string | undefined {
    return this.#entries.get(file)?.lowered.text;
  }

  /** A file as it was lowered; another one as soon as its text is another. */
  loweredOf(file: string): LoweredFile | undefined {
    return this.#entries.get(file)?.lowered;
  }

  /** The names of all files, without linking them together. */
  declarations(): Declarations {
    return declarationsOf(this.#pool);
  }

  /** Takes in what was set; gives the files of which something else may be said now, those that are gone among them. */
  update(): ReadonlySet<string> {
    const changed = [...this.#dirty].filter(([file, text]) => this.textOf(file) !== text);
    this.#dirty.clear();
    if (changed.length === 0) return new Set();
    this.#whole = undefined;
    const only = changed.length === 1 ? changed[0] : undefined;
    const checks = new Set<string>();
    for (const [file] of changed) this.#addChecks(file, checks);
    const replaced = only?.[1] !== undefined && this.#replaceAlone(only[0], only[1]);
    const affected = replaced ? new Set([only[0]]) : this.#replace(changed);
    for (const [file] of changed) this.#addChecks(file, checks);
    this.#addUsersOf(checks, affected);
    return affected;
  }

  #addChecks(file: string, checks: Set<string>): void {
    for (const { check } of this.#entries.get(file)?.lowered.checks ?? []) checks.add(check.id.toLowerCase());
  }

  /** What a check says holds for whatever uses it, through other checks too. */
  #addUsersOf(checks: Set<string>, affected: Set<string>): void {
    // A set that grows while it is gone through is gone through to its end.
    for (const check of checks) {
      for (const file of this.#users.get(check) ?? []) {
        affected.add(file);
        this.#addChecks(file, checks);
      }
    }
  }

  /** What is found in a file by itself and against the names of the others. */
  findingsOf(file: string): readonly Finding[] {
    const own = this.#entries.get(file)?.linked.findings ?? [];
    const duplicates = this.#duplicates.get(file);
    return duplicates ? [...own, ...duplicates] : own;
  }

  /** The content that one file declares, with the checks that it uses, and without supersedence, which needs all files. */
  contentOf(file: string): Content {
    const pool = this.#pool;
    const empty = { products: new Map(), patches: new Map(), bulletins: new Map(), checks: new Map() };
    const entry = this.#entries.get(file);
    if (!entry) return { ...empty, supersedence: [], texts: new Map() };
    const { lowered, linked } = entry;
    const checks = this.#checksOf(lowered);
    const sound = ({ context }: { readonly context: Lowering }) => !context.damaged && !linked.broken.has(context);
    const keep = <L extends { readonly context: Lowering }, T extends { readonly id: string }>(
      all: readonly L[],
      named: ReadonlyMap<string, L>,
      take: (one: L) => T,
    ): ReadonlyMap<string, T> =>
      new Map(
        all.flatMap((one) => {
          const taken = take(one);
          const id = taken.id.toLowerCase();
          return sound(one) && named.get(id) === one ? [[id, taken] as const] : [];
        }),
      );
    return {
      products: keep(lowered.products, pool.products, ({ product }) => product),
      patches: keep(lowered.patches, pool.patches, ({ patch }) => withKnownFixes(pool, patch)),
      bulletins: keep(lowered.bulletins, pool.bulletins, ({ bulletin }) => bulletin),
      checks: new Map([...checks].flatMap(([id, { lowered: one }]) => [[id, one.check] as const])),
      supersedence: [],
      texts: new Map([[file, lowered.text], ...[...checks.values()].map(({ of }) => [of.file, of.text] as const)]),
    };
  }

  /** The checks that a file declares, and those that it uses, through others too; without any that must not judge. */
  #checksOf(file: LoweredFile): ReadonlyMap<string, SoundCheck> {
    const { checks } = this.#pool;
    const reached = new Map<string, LoweredCheck>();
    const reach = (id: string): void => {
      const one = checks.get(id);
      if (one) reached.set(id, one);
    };
    for (const { check } of file.checks) reach(check.id.toLowerCase());
    for (const context of contextsOf(file)) for (const { check } of context.checkUses) reach(check.toLowerCase());
    // A map that grows while it is gone through is gone through to its end.
    for (const [, { context }] of reached) for (const { check } of context.checkUses) reach(check.toLowerCase());
    if (reached.size === 0) return new Map();
    const { inCycle } = checkCycles([...reached.values()].map(({ check }) => check));
    const sound = new Map<string, SoundCheck>();
    for (const [id, lowered] of reached) {
      const of = this.#entries.get(lowered.context.file);
      if (!of || lowered.context.damaged || of.linked.broken.has(lowered.context) || inCycle.has(id)) continue;
      sound.set(id, { lowered, of: of.lowered });
    }
    return sound;
  }

  /** All files together. */
  whole(): Whole {
    if (this.#whole) return this.#whole;
    const linked = new Map<LoweredFile, LinkedFile>();
    for (const file of this.files()) {
      const entry = this.#entries.get(file);
      if (entry) linked.set(entry.lowered, entry.linked);
    }
    this.#whole = linkWhole(this.#pool, linked);
    return this.#whole;
  }

  /** A file that shows the others the same as before is linked by itself, and they are left alone. */
  #replaceAlone(file: string, text: string): boolean {
    const entry = this.#entries.get(file);
    if (!entry || this.#standTwice.has(file)) return false;
    const lowered = lowerFile(file, text);
    if (!sameFace(faceOf(entry.lowered), faceOf(lowered))) return false;
    this.#forgetUses(file, entry.lowered);
    entry.lowered = lowered;
    this.#rememberUses(file, lowered);
    const { products, patches, bulletins, checks } = this.#pool;
    for (const one of lowered.products) enter(products, one.product.id, one);
    for (const one of lowered.patches) enter(patches, one.patch.id, one);
    for (const one of lowered.bulletins) enter(bulletins, one.bulletin.id, one);
    for (const one of lowered.checks) enter(checks, one.check.id, one);
    entry.linked = linkFile(this.#pool, lowered);
    return true;
  }

  #replace(changed: readonly (readonly [string, string | undefined])[]): Set<string> {
    const names = new Set<string>();
    for (const [file, text] of changed) {
      const before = this.#entries.get(file);
      if (before) this.#forgetUses(file, before.lowered);
      if (text === undefined) this.#entries.delete(file);
      const lowered = text === undefined ? undefined : lowerFile(file, text);
      for (const name of differences(faceOf(before?.lowered), faceOf(lowered))) names.add(name);
      if (!lowered) continue;
      this.#entries.set(file, { lowered, linked: NOT_LINKED });
      this.#rememberUses(file, lowered);
    }
    if (changed.some(([file, text]) => text === undefined || !this.#sorted?.includes(file))) this.#sorted = undefined;
    const affected = new Set(changed.map(([file]) => file));
    this.#gatherNames(affected);
    for (const name of names) for (const user of this.#users.get(name) ?? []) affected.add(user);
    // A name that is new may be what someone else meant.
    if (names.size > 0) {
      for (const [file, { linked }] of this.#entries) if (linked.findings.some(mayChange)) affected.add(file);
    }
    for (const file of affected) {
      const entry = this.#entries.get(file);
      if (entry) entry.linked = linkFile(this.#pool, entry.lowered);
    }
    return affected;
  }

  /** All names anew; adds the files whose declarations stand twice, or did. */
  #gatherNames(affected: Set<string>): void {
    this.#pool = poolOf(this.files().flatMap((file) => this.#entries.get(file)?.lowered ?? []));
    for (const file of this.#standTwice) affected.add(file);
    this.#duplicates = new Map();
    this.#standTwice = new Set();
    for (const duplicate of this.#pool.duplicates) {
      const list = this.#duplicates.get(duplicate.at.file);
      if (list) list.push(duplicate);
      else this.#duplicates.set(duplicate.at.file, [duplicate]);
      for (const { at } of [duplicate, ...(duplicate.related ?? [])]) this.#standTwice.add(at.file);
    }
    for (const file of this.#standTwice) affected.add(file);
  }

  #rememberUses(file: string, lowered: LoweredFile): void {
    for (const name of usesOf(lowered)) {
      const users = this.#users.get(name);
      if (users) users.add(file);
      else this.#users.set(name, new Set([file]));
    }
  }

  #forgetUses(file: string, lowered: LoweredFile): void {
    for (const name of usesOf(lowered)) {
      const users = this.#users.get(name);
      users?.delete(file);
      if (users?.size === 0) this.#users.delete(name);
    }
  }
}

/** A declaration takes the place of the one that it was before. */
function enter<L>(into: Map<string, L>, id: string, one: L): void {
  if (id !== '') into.set(id.toLowerCase(), one);
}

/** Findings that say what the name may have been meant to be. */
const mayChange = ({ code }: Finding): boolean => code === 'unknown-name' || code === 'unknown-superseded';

/** The names of other declarations that a file uses, in lower case. */
function usesOf(lowered: LoweredFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { references, checkUses } of contextsOf(lowered)) {
    for (const { kind, name } of references) if (kind !== 'local') names.add(name.toLowerCase());
    for (const { check } of checkUses) names.add(check.toLowerCase());
  }
  for (const { patch } of lowered.patches) for (const { name } of patch.fixes) names.add(name.toLowerCase());
  return names;
}

/** What other files can see of one; nothing of one that is not there. */
function faceOf(lowered: LoweredFile | undefined): Face {
  const face = new Map<string, string>();
  if (!lowered) return face;
  const { products, patches, bulletins, checks } = lowered;
  const show = (kind: string, id: string, seen: string): void => {
    const key = `${kind} ${id.toLowerCase()}`;
    face.set(key, `${face.get(key) ?? ''}${id} ${seen}\n`);
  };
  for (const { product, context, names } of products) {
    const bound = [...names.values()].map(({ name, collection }) => `${name}:${collection ?? ''}`);
    show('product', product.id, `${context.damaged} ${bound.join(' ')}`);
  }
  for (const { patch } of patches) show('patch', patch.id, '');
  for (const { bulletin } of bulletins) show('bulletin', bulletin.id, '');
  for (const { check, context } of checks) show('check', check.id, `${context.damaged} ${check.parameters.join(' ')}`);
  return face;
}

const sameFace = (a: Face, b: Face): boolean => a.size === b.size && [...a].every(([key, seen]) => b.get(key) === seen);

/** The names of which two faces show different things. */
function differences(a: Face, b: Face): readonly string[] {
  const keys = new Set([...a.keys(), ...b.keys()]);
  return [...keys].filter((key) => a.get(key) !== b.get(key)).map((key) => key.slice(key.indexOf(' ') + 1));
}
