/** Every declaration of a workspace by its name, those with errors among them: for whoever shows names and judges nothing. */
import type { Bulletin, NamedCheck, Patch, Product } from './content.ts';
import type { Pool } from './pool.ts';

/** A part of what a map can do. */
export interface Known<T> extends Iterable<readonly [string, T]> {
  readonly size: number;
  /** By the id in lower case. */
  get(id: string): T | undefined;
}

/** Linked content is one of these, and so are the names of files that are not linked together yet. */
export interface Declarations {
  readonly products: Known<Product>;
  readonly patches: Known<Patch>;
  readonly bulletins: Known<Bulletin>;
  readonly checks: Known<NamedCheck>;
}

/** The declarations of a pool as it is; nothing is copied. */
export function declarationsOf({ products, patches, bulletins, checks }: Pool): Declarations {
  return {
    products: view(products, ({ product }) => product),
    patches: view(patches, ({ patch }) => patch),
    bulletins: view(bulletins, ({ bulletin }) => bulletin),
    checks: view(checks, ({ check }) => check),
  };
}

function view<L, T>(from: ReadonlyMap<string, L>, take: (one: L) => T): Known<T> {
  return {
    size: from.size,
    get: (id) => {
      const one = from.get(id);
      return one && take(one);
    },
    *[Symbol.iterator]() {
      for (const [id, one] of from) yield [id, take(one)] as const;
    },
  };
}
