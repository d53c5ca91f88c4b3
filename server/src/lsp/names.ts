/**
 * Names as things: what a name at a place stands for, everywhere it is bound and everywhere it is used. A declaration is
 * known in the whole workspace. A local name belongs to its declaration, and to the patches that take it from there.
 */
import type { Linked } from '../model/link.ts';
import type { Location } from '../model/source.ts';
import type { SymbolDefinition, SymbolReference, Symbols } from '../model/symbols.ts';
import { isWindowsName } from '../model/windows-names.ts';

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

/** The names of a workspace, by file and by name. Made once for what linking gave. */
export class Names {
  readonly symbols: Symbols;
  readonly #byFile: ReadonlyMap<string, readonly Place[]>;
  readonly #definitions: ReadonlyMap<string, readonly SymbolDefinition[]>;
  readonly #uses: ReadonlyMap<string, readonly SymbolReference[]>;
  #patchesFor: ReadonlyMap<string, readonly string[]> | undefined;

  readonly #families = new Map<string, ReadonlyMap<string, readonly Owner[]>>();
  readonly #texts: ReadonlyMap<string, string>;

  constructor({ symbols, content }: Linked) {
    this.symbols = symbols;
    this.#texts = content.texts;
    const all = [...symbols.definitions, ...symbols.references];
    this.#byFile = grouped(all, ({ at }) => at.file);
    this.#definitions = grouped(symbols.definitions, ({ name }) => name.toLowerCase());
    this.#uses = grouped(symbols.references, ({ name }) => name.toLowerCase());
  }

  /** Every name that a file binds or uses. */
  inFile(file: string): readonly Place[] {
    return this.#byFile.get(file) ?? [];
  }

  /** Everything that a name declares or binds, whatever its case. */
  definitionsOf(name: string): readonly SymbolDefinition[] {
    return this.#definitions.get(name.toLowerCase()) ?? [];
  }

  /** Where a name is used, for whatever. */
  usesOf(name: string): readonly SymbolReference[] {
    return this.#uses.get(name.toLowerCase()) ?? [];
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
    const bound = this.definitionsOf(place.name).filter(isLocal);
    const used = this.usesOf(place.name).filter(isLocal);
    const isQuantifier = (one: SymbolDefinition): boolean => this.#isQuantifier(one);
    const quantifier = bound.find((one) => isQuantifier(one) && within(place.at, one.whole));
    if (quantifier) {
      const uses = used.filter(({ at }) => within(at, quantifier.whole));
      return thing([quantifier], uses, { name: place.name, owners: [owner], ofWindows: false });
    }
    const quantified = bound.filter(isQuantifier);
    const binders = grouped(
      bound.filter((one) => !isQuantifier(one)),
      ownerKey,
    );
    const users = grouped(
      used.filter(({ at }) => !quantified.some(({ whole }) => within(at, whole))),
      ownerKey,
    );
    const { owners, ofWindows } = this.#reach(owner, { binders, users });
    const keys = owners.map(keyOf);
    const definitions = keys.flatMap((key) => binders.get(key) ?? []);
    const uses = keys.flatMap((key) => users.get(key) ?? []);
    return thing(definitions, uses, { name: place.name, owners, ofWindows });
  }

  /** From one declaration to all that mean the same by a name: over what a patch fixes, and what its bulletin shares. */
  #reach(
    from: Owner,
    {
      binders,
      users,
    }: { readonly binders: ReadonlyMap<string, unknown>; readonly users: ReadonlyMap<string, unknown> },
  ): { owners: readonly Owner[]; ofWindows: boolean } {
    const has = (owner: Owner): boolean => binders.has(keyOf(owner)) || users.has(keyOf(owner));
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
          if (!family.some((one) => binders.has(keyOf(one)))) waiting.push(...family.filter(has));
        }
      } else if (definition?.kind === 'patch' || definition?.kind === 'bulletin') {
        const family = this.#family(owner);
        waiting.push(...family.filter(has));
        if (family.some((one) => binders.has(keyOf(one)))) continue;
        for (const one of family) {
          for (const product of this.symbols.fixed.get(one.id) ?? []) {
            if (isWindowsName(product)) ofWindows = true;
            const found = this.definitionsOf(product).find(({ kind }) => kind === 'product');
            const known = found && { file: found.at.file, id: product };
            if (known && has(known)) waiting.push(known);
          }
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
    const families = this.#families.get(owner.file) ?? familiesOf(owner.file, this.inFile(owner.file));
    this.#families.set(owner.file, families);
    return families.get(owner.id) ?? [owner];
  }

  /** `all x in …`, whose name ends with it, as opposed to the statement `each x in …`; the same in XML. */
  #isQuantifier({ kind, whole }: SymbolDefinition): boolean {
    return (
      kind === 'each' && !/^<?each/.test(this.#texts.get(whole.file)?.slice(whole.start, whole.start + 5) ?? 'each')
    );
  }

  #patches(product: string): readonly Owner[] {
    this.#patchesFor ??= reversed(this.symbols.fixed);
    return (this.#patchesFor.get(product) ?? []).flatMap((id) => {
      const found = this.definitionsOf(id).find(({ kind }) => kind === 'patch');
      return found ? [{ file: found.at.file, id }] : [];
    });
  }
}

const known = new WeakMap<Symbols, Names>();

/** The names of what linking gave, made once for it. */
export function namesOf(linked: Linked): Names {
  const names = known.get(linked.symbols) ?? new Names(linked);
  known.set(linked.symbols, names);
  return names;
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
const ownerKey = ({ at, owner }: Place): string => keyOf({ file: at.file, id: owner ?? '' });

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

function reversed(fixed: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  const pairs = [...fixed].flatMap(([patch, products]) => products.map((product) => ({ patch, product })));
  return new Map([...grouped(pairs, ({ product }) => product)].map(([id, all]) => [id, all.map(({ patch }) => patch)]));
}
