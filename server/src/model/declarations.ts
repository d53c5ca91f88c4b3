/** Every declaration of a workspace by its name, those with errors among them: for whoever shows names and judges nothing. */
import type { ContentIndex } from './content-index.ts';
import type { Bulletin, NamedCheck, Patch, Product } from './content.ts';
import type { LoweredFile } from './lower/file.ts';
import type { DeclaredKind } from './symbols.ts';

/** A part of what a map can do. What is gone through is known by name and title alone. */
export interface Known<T> extends Iterable<readonly [string, Titled]> {
  readonly size: number;
  /** By the id in lower case. */
  get(id: string): T | undefined;
}

export interface Titled {
  readonly id: string;
  readonly title?: string;
}

/** Linked content is one of these, and so are the names of files that are not linked together yet. */
export interface Declarations {
  readonly products: Known<Product>;
  readonly patches: Known<Patch>;
  readonly bulletins: Known<Bulletin>;
  readonly checks: Known<NamedCheck>;
}

type Index = Pick<ContentIndex, 'names' | 'loweredOf'>;

/** The declarations of an index as it is; one that is asked for is lowered then. */
export function declarationsOf(index: Index): Declarations {
  return {
    products: view(index, 'product', (file, at) => file.products[at]?.product),
    patches: view(index, 'patch', (file, at) => file.patches[at]?.patch),
    bulletins: view(index, 'bulletin', (file, at) => file.bulletins[at]?.bulletin),
    checks: view(index, 'check', (file, at) => file.checks[at]?.check),
  };
}

function view<T>(
  index: Index,
  kind: DeclaredKind,
  take: (file: LoweredFile, ordinal: number) => T | undefined,
): Known<T> {
  return {
    get size() {
      return index.names.size(kind);
    },
    get: (id) => {
      const one = index.names.first(kind, id);
      const lowered = one && index.loweredOf(one.entry.file);
      return lowered && take(lowered, one.head.ordinal);
    },
    *[Symbol.iterator]() {
      for (const { head } of index.names.all(kind)) yield [head.id.toLowerCase(), head] as const;
    },
  };
}
