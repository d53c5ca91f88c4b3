/** The names of a workspace: every declaration of all files, by its id. */
import { MODEL_DIAGNOSTICS, type ModelCode } from './codes.ts';
import type { Declared } from './content.ts';
import { factsOf, type FileFacts } from './facts/facts.ts';
import type { NamePool } from './link-file.ts';
import type { LoweredCheck } from './lower/check.ts';
import type { LoweredFile } from './lower/file.ts';
import type { LoweredBulletin, LoweredPatch } from './lower/patch.ts';
import type { LoweredProduct } from './lower/product.ts';
import type { Finding, Location } from './source.ts';
import type { DeclaredKind } from './symbols.ts';

/** Every declaration by its id in lower case, the first of two with the same name. */
export interface Pool {
  readonly products: Map<string, LoweredProduct>;
  readonly patches: Map<string, LoweredPatch>;
  readonly bulletins: Map<string, LoweredBulletin>;
  readonly checks: Map<string, LoweredCheck>;
  readonly duplicates: readonly Finding[];
}

/** Gathers the declarations of all files: the first of a name counts. */
export function poolOf(files: readonly LoweredFile[]): Pool {
  const duplicates: Finding[] = [];
  const taken = new Map<string, Declared>();
  const takenByChecks = new Map<string, Declared>();
  const enter = <L>(into: Map<string, L>, one: L, declared: Declared, names = taken): void => {
    const id = declared.id.toLowerCase();
    const before = names.get(id);
    if (id === '') return;
    if (before !== undefined) {
      duplicates.push(duplicate(declared, before));
      return;
    }
    names.set(id, declared);
    into.set(id, one);
  };
  const pool = {
    products: new Map<string, LoweredProduct>(),
    patches: new Map<string, LoweredPatch>(),
    bulletins: new Map<string, LoweredBulletin>(),
    checks: new Map<string, LoweredCheck>(),
    duplicates,
  };
  for (const file of files) {
    for (const one of file.products) enter(pool.products, one, one.product);
    for (const one of file.bulletins) enter(pool.bulletins, one, one.bulletin);
    for (const one of file.patches) enter(pool.patches, one, one.patch);
    for (const one of file.checks) enter(pool.checks, one, one.check, takenByChecks);
  }
  return pool;
}

/** A finding of linking. */
export function finding(code: ModelCode, at: Location, message: string): Finding {
  return { code, severity: MODEL_DIAGNOSTICS[code].severity, message, at };
}

/** A pool as linking a file asks for it; `files` are those that it was made of. */
export function namePoolOf(pool: Pool, files: readonly LoweredFile[]): NamePool {
  const lowered = new Map<FileFacts, LoweredFile>(files.map((file) => [factsOf(file), file]));
  const ids: Readonly<Record<DeclaredKind, () => readonly string[]>> = {
    product: () => [...pool.products.values()].map(({ product }) => product.id),
    patch: () => [...pool.patches.values()].map(({ patch }) => patch.id),
    bulletin: () => [...pool.bulletins.values()].map(({ bulletin }) => bulletin.id),
    check: () => [...pool.checks.values()].map(({ check }) => check.id),
  };
  const maps = { product: pool.products, patch: pool.patches, bulletin: pool.bulletins, check: pool.checks };
  return {
    has: (kind, id) => maps[kind].has(id),
    ids: (kind) => ids[kind](),
    product: (id) => {
      const one = pool.products.get(id);
      return one && { names: one.names, damaged: one.context.damaged };
    },
    check: (id) => {
      const one = pool.checks.get(id);
      return one && { id: one.check.id, parameters: one.check.parameters, damaged: one.context.damaged };
    },
    counts: (file, patch) => {
      const one = lowered.get(file)?.patches[file.patches.indexOf(patch)];
      return one !== undefined && pool.patches.get(patch.id.toLowerCase()) === one;
    },
    suggestions: new Map(),
  };
}

/** What is said of a declaration whose name stands before it already. */
export function duplicate(
  declared: { readonly id: string; readonly nameAt: Location },
  before: { readonly nameAt: Location },
): Finding {
  const message = `\`${declared.id}\` is declared already: names are unique in a workspace, whatever their case. This one is left out.`;
  return {
    ...finding('duplicate-name', declared.nameAt, message),
    related: [{ at: before.nameAt, message: 'declared here' }],
  };
}
