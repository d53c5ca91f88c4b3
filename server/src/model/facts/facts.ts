/**
 * What a workspace must know of a file whose text it does not hold: what it declares and uses and where, what linking and the
 * rules that compare declarations ask. Made from the lowered file, or read back from what was packed of it.
 */
import type { CollectionKind } from '../content.ts';
import type { FreeName, Lowering } from '../lower/context.ts';
import type { LoweredFile } from '../lower/file.ts';
import type { Superseded } from '../lower/patch.ts';
import type { Finding, Location } from '../source.ts';
import type { DeclaredKind, SymbolDefinition, SymbolReference } from '../symbols.ts';
import { outlineOfPatch, outlineOfProduct, type PatchOutline, type ProductOutline } from './outline.ts';

/** What is known of one declaration's names, or of a test's. */
export interface ContextFacts {
  readonly owner: string;
  readonly damaged: boolean;
  readonly findings: readonly Finding[];
  readonly definitions: readonly SymbolDefinition[];
  readonly references: readonly SymbolReference[];
  readonly free: readonly FreeName[];
  readonly checkUses: readonly { readonly check: string; readonly count: number; readonly at: Location }[];
}

export interface DeclaredFacts {
  readonly kind: DeclaredKind;
  readonly id: string;
  readonly title?: string | undefined;
  readonly nameAt: Location;
  /** Its place among the contexts of its file. */
  readonly context: number;
}

export interface ProductFacts extends DeclaredFacts {
  readonly kind: 'product';
  /** What every instance has, by name in lower case. */
  readonly names: ReadonlyMap<string, { readonly name: string; readonly collection?: CollectionKind | undefined }>;
  readonly outline: ProductOutline;
}

export interface PatchFacts extends DeclaredFacts {
  readonly kind: 'patch';
  readonly released?: string | undefined;
  /** The names in its `fixes`, as written. */
  readonly fixed: readonly string[];
  readonly supersedes: readonly Superseded[];
  readonly outline: PatchOutline;
}

export interface BulletinFacts extends DeclaredFacts {
  readonly kind: 'bulletin';
  readonly patches: readonly string[];
}

export interface CheckFacts extends DeclaredFacts {
  readonly kind: 'check';
  readonly parameters: readonly string[];
  /** The checks that its conditions use, in lower case. */
  readonly calls: readonly string[];
}

export interface FileFacts {
  readonly file: string;
  readonly syntax: readonly Finding[];
  /** Products, patches, bulletins, checks, tests: in this order, each in that of the file. */
  readonly contexts: readonly ContextFacts[];
  readonly products: readonly ProductFacts[];
  readonly patches: readonly PatchFacts[];
  readonly bulletins: readonly BulletinFacts[];
  readonly checks: readonly CheckFacts[];
}

/** The declarations of a file as they were lowered, and its tests. */
export const contextsOf = (file: LoweredFile): readonly Lowering[] => [
  ...file.products.map((one) => one.context),
  ...file.patches.map((one) => one.context),
  ...file.bulletins.map((one) => one.context),
  ...file.checks.map((one) => one.context),
  ...file.tests,
];

const FACTS = Symbol('facts');

/**
 * The facts of a lowered file, which keeps them. A weak map would keep them alive until all of memory is gone through: with
 * each key typed that is one more version of a long file.
 */
export function factsOf(lowered: LoweredFile & { [FACTS]?: FileFacts }): FileFacts {
  return (lowered[FACTS] ??= make(lowered));
}

function make(lowered: LoweredFile): FileFacts {
  const { file, text, syntax, products, patches, bulletins, checks } = lowered;
  let context = 0;
  return {
    file,
    syntax,
    contexts: contextsOf(lowered),
    products: products.map(({ product, names }): ProductFacts =>
      Object.assign(new Outlined(() => outlineOfProduct(product, text)), {
        ...head(product, context++),
        kind: 'product' as const,
        names,
      }),
    ),
    patches: patches.map(({ patch, supersedes }): PatchFacts =>
      Object.assign(new Outlined(() => outlineOfPatch(patch)), {
        ...head(patch, context++),
        kind: 'patch' as const,
        released: patch.released,
        fixed: patch.fixes.map(({ name }) => name),
        supersedes,
      }),
    ),
    bulletins: bulletins.map(({ bulletin }): BulletinFacts => ({
      ...head(bulletin, context++),
      kind: 'bulletin',
      patches: bulletin.patches,
    })),
    checks: checks.map(({ check, calls }): CheckFacts => ({
      ...head(check, context++),
      kind: 'check',
      parameters: check.parameters,
      calls,
    })),
  };
}

/**
 * An outline that is made when rules ask for it. Getters of objects of their own would each cost a hidden class, which keeps
 * what they refer to until all of memory is gone through.
 */
class Outlined<O> {
  readonly #make: () => O;
  #made: O | undefined;

  constructor(make: () => O) {
    this.#make = make;
  }

  get outline(): O {
    return (this.#made ??= this.#make());
  }
}

const head = (
  { id, title, nameAt }: { readonly id: string; readonly title?: string; readonly nameAt: Location },
  context: number,
) => ({ id, title, nameAt, context });
