/**
 * Names as things: what a name at a place stands for, everywhere it is bound and everywhere it is used. A declaration is
 * known in the whole workspace. A local name belongs to its declaration, and to the patches that take it from there.
 */
import type { ContentIndex } from '../model/content-index.ts';
import { factsOf, type FileFacts } from '../model/facts/facts.ts';
import type { LoweredFile } from '../model/lower/file.ts';
import type { Location } from '../model/source.ts';
import type { SymbolDefinition, SymbolReference } from '../model/symbols.ts';
import { isWindowsName } from '../model/windows-names.ts';
import { Recent } from './closed/recent.ts';
import { Summary } from './closed/summary.ts';
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
  readonly places: readonly Place[];
  /** The same by name in lower case. */
  readonly byName: ReadonlyMap<string, readonly Place[]>;
  /** By id, the bulletins and the patches in them, each with all of its bulletin. */
  families?: ReadonlyMap<string, readonly Owner[]>;
}

/** Where names are looked up: the facts of each file, and which files have to do with a name of the workspace. */
export interface NameSource {
  readonly factsOf: (file: string) => FileFacts | undefined;
  /** By the name in lower case. */
  readonly filesOf: (name: string) => Iterable<string>;
  /** Of these, those that declare it. */
  readonly declaring: (name: string) => Iterable<string>;
}

const EMPTY: NamesOfFile = { places: [], byName: new Map() };
const known = new WeakMap<FileFacts, NamesOfFile>();

/** The names of a workspace, by file and by name. */
export class Names {
  readonly #source: NameSource;

  constructor(source: NameSource) {
    this.#source = source;
  }

  /** The names of some files. */
  static of(files: Iterable<LoweredFile>): Names {
    const all = new Map([...files].map((one) => [one.file, factsOf(one)]));
    return new Names({ factsOf: (file) => all.get(file), filesOf: () => all.keys(), declaring: () => all.keys() });
  }

  #places(name: string, files: Iterable<string>): readonly Place[] {
    const id = name.toLowerCase();
    return [...files].flatMap((file) => {
      const facts = this.#source.factsOf(file);
      return facts ? (known.get(facts)?.byName.get(id) ?? placesOf(facts, id)) : [];
    });
  }

  #namesIn(file: string): NamesOfFile {
    const facts = this.#source.factsOf(file);
    if (!facts) return EMPTY;
    const before = known.get(facts);
    if (before) return before;
    const places = placesOf(facts);
    const names = { places, byName: grouped(places, ({ name }) => name.toLowerCase()) };
    known.set(facts, names);
    return names;
  }

  /** Every name that a file binds or uses. */
  inFile(file: string): readonly Place[] {
    return this.#namesIn(file).places;
  }

  /** Everything that a name of the workspace declares, whatever its case, and what files with such a declaration bind by it. */
  definitionsOf(name: string): readonly SymbolDefinition[] {
    return this.#places(name, this.#source.declaring(name.toLowerCase())).filter(isDefinition);
  }

  /** Where a name of the workspace is used, and what those files use by that name besides. */
  usesOf(name: string): readonly SymbolReference[] {
    const files = this.#source.filesOf(name.toLowerCase());
    return this.#places(name, files).filter((one): one is SymbolReference => !isDefinition(one));
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
    const here = this.localsIn(place.at.file, name);
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
    return places.filter(isDefinition).filter(({ quantifier }) => quantifier === true);
  }

  /** Where a file binds or uses a name, in lower case, that belongs to a declaration. */
  localsIn(file: string, name: string): readonly Place[] {
    return (this.#namesIn(file).byName.get(name) ?? []).filter(isLocal);
  }

  /** Where a declaration binds or uses a name, but for what its quantifiers bind. */
  #ownLocals({ file, id }: Owner, name: string): readonly Place[] {
    const places = this.localsIn(file, name).filter(({ owner }) => owner === id);
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
    const names = this.#namesIn(owner.file);
    names.families ??= familiesOf(owner.file, names.places);
    return names.families.get(owner.id) ?? [owner];
  }

  /** The products that a patch is judged for, in lower case. */
  #fixedBy({ file, id }: Owner): readonly string[] {
    const patches = this.#source.factsOf(file)?.patches ?? [];
    const found = patches.filter((patch) => patch.id.toLowerCase() === id);
    return found.flatMap(({ fixed }) => fixed.map((name) => name.toLowerCase()));
  }

  /** The patches that fix a product: each uses its name. */
  #patches(product: string): readonly Owner[] {
    const users = this.usesOf(product).filter(({ kind }) => kind === 'product');
    const owners = users.map(({ at, owner }): Owner => ({ file: at.file, id: owner ?? '' }));
    return owners.filter((owner) => this.#fixedBy(owner).includes(product));
  }
}

type Index = Pick<ContentIndex, 'factsOf' | 'filesOf' | 'names' | 'textOf' | 'closedOf'>;

/** What requests have looked at stays read: the next one is often about the same files, and some are about hundreds. */
const asked = new Recent<object, FileFacts | undefined>(1000);

/** The names of a workspace as of now. */
export const namesOf = ({ analysis }: Workspace): Names => namesOfIndex(analysis.index);

export function namesOfIndex(index: Index): Names {
  return new Names({
    factsOf: (file) => {
      const closed = index.textOf(file) === undefined ? index.closedOf(file) : undefined;
      return closed instanceof Summary ? asked.get(closed, () => index.factsOf(file)) : index.factsOf(file);
    },
    filesOf: (name) => index.filesOf(name),
    declaring: (name) => new Set(index.names.declaring(name).map(({ file }) => file)),
  });
}

/** The places of names in a file, or of one name, in lower case. */
function placesOf({ contexts }: FileFacts, name?: string): readonly Place[] {
  const all = contexts.flatMap(({ definitions, references }): readonly Place[] => [...definitions, ...references]);
  return name === undefined ? all : all.filter((one) => one.name.toLowerCase() === name);
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
