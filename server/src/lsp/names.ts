/**
 * Names as things: what a name at a place stands for, everywhere it is bound and everywhere it is used. A declaration is
 * known in the whole workspace. A local name belongs to its declaration, and to the patches that take it from there.
 */
import { contextsOf } from '../model/link-file.ts';
import type { LoweredFile } from '../model/lower/file.ts';
import type { Location } from '../model/source.ts';
import type { SymbolDefinition, SymbolReference } from '../model/symbols.ts';
import { isWindowsName } from '../model/windows-names.ts';
import type { Workspace } from './workspace.ts';

/** A name with all its places. */
export interface Thing {
  readonly kind: SymbolDefinition['kind'] | 'unknown';
  /** As it is declared, or used where nothing declares it. */
  readonly name: string;
  readonly definitions: readonly SymbolDefinition[];
  readonly uses: readonly SymbolReference[];
  /** Of a local name: the declarations that bind or use it. */
  readonly owners: readonly Owner[];
  /** A local name that patches for Windows have without any statement. */
  readonly ofWindows: boolean;
}

/** A declaration that local names belong to. */
export interface Owner {
  readonly file: string;
  /** In lower case. */
  readonly id: string;
}

type Place = SymbolDefinition | SymbolReference;

const LOCAL: ReadonlySet<string> = new Set(['let', 'each', 'capture', 'parameter', 'local']);
/** Whether a name is bound in a declaration and not known in the whole workspace. */
export const isLocal = ({ kind }: { readonly kind: string }): boolean => LOCAL.has(kind);
const isDefinition = (place: Place): place is SymbolDefinition => 'whole' in place;
const within = (inner: Location, outer: Location): boolean =>
  inner.file === outer.file && inner.start >= outer.start && inner.end <= outer.end;

interface NamesOfFile {
  readonly lowered: LoweredFile;
  readonly places: readonly Place[];
  /** The same by name in lower case. */
  readonly byName: ReadonlyMap<string, readonly Place[]>;
  /** By id, the bulletins and the patches in them, each with all of its bulletin. */
  families?: ReadonlyMap<string, readonly Owner[]>;
}

/** The names of a workspace, by file and by name. Kept up to date: a file that is as it was is not looked at again. */
export class Names {
  readonly #files = new Map<string, NamesOfFile>();
  /** By name in lower case, the files in which it is bound or used. */
  readonly #filesOf = new Map<string, Set<NamesOfFile>>();

  /** The names of some files. */
  static of(files: Iterable<LoweredFile>): Names {
    const names = new Names();
    names.update(files);
    return names;
  }

  /** Takes in all files as they are now. */
  update(files: Iterable<LoweredFile>): void {
    const seen = new Set<string>();
    for (const lowered of files) {
      seen.add(lowered.file);
      const before = this.#files.get(lowered.file);
      if (before?.lowered === lowered) continue;
      this.#forget(before);
      const entry = namesOfFile(lowered);
      this.#files.set(lowered.file, entry);
      for (const name of entry.byName.keys()) {
        const sharing = this.#filesOf.get(name);
        if (sharing) sharing.add(entry);
        else this.#filesOf.set(name, new Set([entry]));
      }
    }
    if (seen.size === this.#files.size) return;
    for (const [file, entry] of this.#files) {
      if (seen.has(file)) continue;
      this.#forget(entry);
      this.#files.delete(file);
    }
  }

  #forget(entry: NamesOfFile | undefined): void {
    for (const name of entry?.byName.keys() ?? []) {
      const sharing = this.#filesOf.get(name);
      if (entry) sharing?.delete(entry);
      if (sharing?.size === 0) this.#filesOf.delete(name);
    }
  }

  /** Everything that is declared in the whole workspace. */
  *declared(): Iterable<SymbolDefinition> {
    for (const { places } of this.#files.values())
      for (const one of places) if (isDefinition(one) && !isLocal(one)) yield one;
  }

  #places(name: string): readonly Place[] {
    const id = name.toLowerCase();
    return [...(this.#filesOf.get(id) ?? [])].flatMap(({ byName }) => byName.get(id) ?? []);
  }

  /** Every name that a file binds or uses. */
  inFile(file: string): readonly Place[] {
    return this.#files.get(file)?.places ?? [];
  }

  /** Everything that a name declares or binds, whatever its case. */
  definitionsOf(name: string): readonly SymbolDefinition[] {
    return this.#places(name).filter(isDefinition);
  }

  /** Where a name is used, for whatever. */
  usesOf(name: string): readonly SymbolReference[] {
    return this.#places(name).filter((one): one is SymbolReference => !isDefinition(one));
  }

  /** The place of a name at an offset; where two touch, the one that begins there. */
  placeAt(file: string, offset: number): Place | undefined {
    const around = this.inFile(file).filter(({ at }) => at.start <= offset && offset <= at.end && at.end > at.start);
    return around.find(({ at }) => offset < at.end) ?? around[0];
  }

  thingAt(file: string, offset: number): Thing | undefined {
    const place = this.placeAt(file, offset);
    return place && this.thingOf(place);
  }

  /** What a place names, with all its places. */
  thingOf(place: Place): Thing {
    return isLocal(place) ? this.#local(place) : this.#declared(place);
  }

  #declared({ kind, name }: Place): Thing {
    // Checks have names of their own; products, patches and bulletins share theirs.
    const isCheck = (one: Place): boolean => (one.kind === 'check') === (kind === 'check') && !isLocal(one);
    const definitions = this.definitionsOf(name).filter(isCheck);
    return {
      kind: definitions[0]?.kind ?? 'unknown',
      name: definitions[0]?.name ?? name,
      definitions,
      uses: this.usesOf(name).filter(isCheck),
      owners: [],
      ofWindows: false,
    };
  }

  // ---------- local names

  #local(place: Place): Thing {
    const owner: Owner = { file: place.at.file, id: place.owner ?? '' };
    const name = place.name.toLowerCase();
    const here = this.#localsIn(place.at.file, name);
    const quantifier = this.#quantifiers(here).find(({ whole }) => within(place.at, whole));
    if (quantifier) {
      const uses = here.filter((one): one is SymbolReference => !isDefinition(one) && within(one.at, quantifier.whole));
      return thing([quantifier], uses, { name: place.name, owners: [owner], ofWindows: false });
    }
    const { owners, ofWindows } = this.#reach(owner, name);
    const places = owners.flatMap((one) => this.#ownLocals(one, name));
    const uses = places.filter((one): one is SymbolReference => !isDefinition(one));
    return thing(places.filter(isDefinition), uses, { name: place.name, owners, ofWindows });
  }

  #quantifiers(places: readonly Place[]): readonly SymbolDefinition[] {
    return places.filter(isDefinition).filter((one) => this.#isQuantifier(one));
  }

  #localsIn(file: string, name: string): readonly Place[] {
    return (this.#files.get(file)?.byName.get(name) ?? []).filter(isLocal);
  }

  /** Where a declaration binds or uses a name, but for what its quantifiers bind. */
  #ownLocals({ file, id }: Owner, name: string): readonly Place[] {
    const places = this.#localsIn(file, name).filter(({ owner }) => owner === id);
    const quantifiers = this.#quantifiers(places);
    if (quantifiers.length === 0) return places;
    return places.filter(({ at }) => !quantifiers.some(({ whole }) => within(at, whole)));
  }

  /** From one declaration to all that mean the same by a name: over what a patch fixes, and what its bulletin shares. */
  #reach(from: Owner, name: string): { owners: readonly Owner[]; ofWindows: boolean } {
    const has = (owner: Owner): boolean => this.#ownLocals(owner, name).length > 0;
    const binds = (owner: Owner): boolean => this.#ownLocals(owner, name).some(isDefinition);
    const owners = new Map<string, Owner>();
    const waiting = [from];
    let ofWindows = false;
    for (let owner = waiting.pop(); owner; owner = waiting.pop()) {
      if (owners.has(keyOf(owner))) continue;
      owners.set(keyOf(owner), owner);
      const definition = this.#declaration(owner);
      if (definition?.kind === 'product') {
        for (const patch of this.#patches(owner.id)) {
          const family = this.#family(patch);
          if (!family.some(binds)) waiting.push(...family.filter(has));
        }
      } else if (definition?.kind === 'patch' || definition?.kind === 'bulletin') {
        const family = this.#family(owner);
        waiting.push(...family.filter(has));
        if (family.some(binds)) continue;
        for (const product of family.flatMap((one) => this.#fixedBy(one))) {
          if (isWindowsName(product)) ofWindows = true;
          // Where two have the name it may mean either.
          const found = this.definitionsOf(product).filter(({ kind }) => kind === 'product');
          waiting.push(...found.map(({ at }) => ({ file: at.file, id: product })).filter(has));
        }
      }
    }
    return { owners: [...owners.values()], ofWindows };
  }

  #declaration({ file, id }: Owner): SymbolDefinition | undefined {
    return this.definitionsOf(id).find((one) => !isLocal(one) && one.at.file === file);
  }

  /** A patch or bulletin with all that share its statements. */
  #family(owner: Owner): readonly Owner[] {
    const entry = this.#files.get(owner.file);
    if (!entry) return [owner];
    entry.families ??= familiesOf(owner.file, entry.places);
    return entry.families.get(owner.id) ?? [owner];
  }

  /** The products that a patch is judged for, in lower case. */
  #fixedBy({ file, id }: Owner): readonly string[] {
    const patches = this.#files.get(file)?.lowered.patches ?? [];
    const found = patches.filter(({ patch }) => patch.id.toLowerCase() === id);
    return found.flatMap(({ patch }) => patch.fixes.map(({ name }) => name.toLowerCase()));
  }

  /** `all x in …`, whose name ends with it, as opposed to the statement `each x in …`; the same in XML. */
  #isQuantifier({ kind, whole: { file, start } }: SymbolDefinition): boolean {
    if (kind !== 'each') return false;
    return !/^<?each/.test(this.#files.get(file)?.lowered.text.slice(start, start + '<each'.length) ?? 'each');
  }

  /** The patches that fix a product: each uses its name. */
  #patches(product: string): readonly Owner[] {
    const users = this.usesOf(product).filter(({ kind }) => kind === 'product');
    const owners = users.map(({ at, owner }): Owner => ({ file: at.file, id: owner ?? '' }));
    return owners.filter((owner) => this.#fixedBy(owner).includes(product));
  }
}

const known = new WeakMap<Workspace, Names>();

/** The names of a workspace as of now. */
export function namesOf(workspace: Workspace): Names {
  const names = known.get(workspace) ?? new Names();
  known.set(workspace, names);
  names.update(workspace.analysis.lowered());
  return names;
}

function namesOfFile(lowered: LoweredFile): NamesOfFile {
  const contexts = contextsOf(lowered);
  const places: Place[] = contexts.flatMap(({ definitions, references }): Place[] => [...definitions, ...references]);
  return { lowered, places, byName: grouped(places, ({ name }) => name.toLowerCase()) };
}

/** By id, the bulletins of a file and the patches in them, each with all of its bulletin. */
function familiesOf(file: string, places: readonly Place[]): ReadonlyMap<string, readonly Owner[]> {
  const declared = places.filter((one): one is SymbolDefinition => isDefinition(one) && !isLocal(one));
  const families = new Map<string, readonly Owner[]>();
  for (const bulletin of declared.filter(({ kind }) => kind === 'bulletin')) {
    const members = declared.filter(({ at }) => within(at, bulletin.whole));
    const family = members.map(({ name }) => ({ file, id: name.toLowerCase() }));
    for (const { id } of family) families.set(id, family);
  }
  return families;
}

function thing(
  definitions: readonly SymbolDefinition[],
  uses: readonly SymbolReference[],
  rest: { readonly name: string; readonly owners: readonly Owner[]; readonly ofWindows: boolean },
): Thing {
  return {
    ...rest,
    kind: definitions[0]?.kind ?? 'unknown',
    name: definitions[0]?.name ?? rest.name,
    definitions,
    uses,
  };
}

const keyOf = ({ file, id }: Owner): string => `${id}|${file}`;

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
