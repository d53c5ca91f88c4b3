/** Where names are declared and used, for the editor: definition, references, completion. */
import type { CollectionKind } from './content.ts';
import type { Location } from './source.ts';

export type DeclaredKind = 'product' | 'patch' | 'bulletin' | 'check';
export type LocalKind = 'let' | 'each' | 'capture' | 'parameter';

/** A place that declares a name. */
export interface SymbolDefinition {
  readonly kind: DeclaredKind | LocalKind;
  readonly name: string;
  readonly title?: string;
  readonly documentation?: string;
  /** The name alone. */
  readonly at: Location;
  /** The whole declaration or statement. */
  readonly whole: Location;
  /** The declaration that a local name belongs to, in lower case. */
  readonly owner?: string;
  /** What an `each` name is an element of. */
  readonly collection?: CollectionKind;
  /** Bound by `all x in …` or `any x in …`: the name ends with it, as opposed to the statement `each x in …`. */
  readonly quantifier?: true;
}

/** What `expect` says something of: a product or patch (`definition`), or the one that what is said fits alone. */
export type ExpectedKind = 'definition' | 'expected-product' | 'expected-patch';

/** A place that uses a name. */
export interface SymbolReference {
  /** Of what kind the name must be. */
  readonly kind: DeclaredKind | ExpectedKind | 'local';
  readonly name: string;
  readonly at: Location;
  /** The declaration that it stands in, in lower case. */
  readonly owner?: string;
}

/** Every name of a workspace, where it is declared and where it is used. */
export interface Symbols {
  readonly definitions: readonly SymbolDefinition[];
  readonly references: readonly SymbolReference[];
  /** The products whose instances a patch is judged for, in lower case, by the patch's id in lower case. */
  readonly fixed: ReadonlyMap<string, readonly string[]>;
}

/** The name is found also where something is said of it that does not fit. */
const EXPECTED = ['product', 'patch', 'bulletin'] as const;

const KINDS: Readonly<Record<SymbolReference['kind'], readonly SymbolDefinition['kind'][]>> = {
  product: ['product'],
  patch: ['patch', 'bulletin'],
  bulletin: ['bulletin'],
  check: ['check'],
  definition: EXPECTED,
  'expected-product': EXPECTED,
  'expected-patch': EXPECTED,
  local: ['let', 'each', 'capture', 'parameter'],
};

/** What a use refers to: a local name of its declaration first, then what a patch takes from its products' instances. */
export function definitionsOf(symbols: Symbols, use: SymbolReference): readonly SymbolDefinition[] {
  const name = use.name.toLowerCase();
  const found = symbols.definitions.filter(
    (one) => one.name.toLowerCase() === name && KINDS[use.kind].includes(one.kind),
  );
  if (use.kind !== 'local') return found;
  const own = found.filter((one) => one.owner === use.owner);
  if (own.length > 0) return own;
  const products = symbols.fixed.get(use.owner ?? '') ?? [];
  return found.filter((one) => one.owner !== undefined && products.includes(one.owner));
}
