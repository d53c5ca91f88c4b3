/** What names stand for in a declaration: each `let` is what it is bound to, also where a patch uses those of a product. */
import type { Content, Let, Patch, Scope, Variant } from '../../model/content.ts';
import { isWindowsName } from '../../model/windows-names.ts';
import { readingKey, valueOf, type Argument, type Environment } from './canonical.ts';

/** A `let` with the names that it sees, or the one of whichever instance is looked at. */
export type Binding =
  | { readonly kind: 'let'; readonly statement: Let; readonly env: Environment }
  | { readonly kind: 'choose'; readonly name: string; readonly of: readonly Alternative[] };

/** What a name is for one kind of instance. */
export interface Alternative {
  /** Tells one kind of instance from another. */
  readonly instance: string;
  /** Without one the name is something that the machine alone knows. */
  readonly binding: Binding | undefined;
  /** Its `version` is that of Windows. */
  readonly windows: boolean;
}

/** One kind of instance that a patch is for: a way to find a product, or Windows. */
export interface Instance {
  readonly key: string;
  /** The name in `fixes`, in lower case. */
  readonly name: string;
  readonly env: Environment;
  readonly windows: boolean;
  /** What the product says of the Windows that it is on. */
  readonly on: readonly (readonly Scope[])[];
}

/** With more kinds of instances than that, names are left as they are. */
const MOST_INSTANCES = 8;
export const NO_NAMES: Environment = new Map();

/** The names that a way to find a product binds. */
export function namesOf({ finds }: Variant): Environment {
  const env = new Map<string, Argument>();
  for (const find of finds) if (find.kind === 'let') bind(env, find);
  return env;
}

const onOf = ({ finds }: Variant): readonly (readonly Scope[])[] =>
  finds.flatMap((find) => (find.kind === 'on' ? [find.scopes] : []));

function bind(env: Map<string, Argument>, statement: Let): void {
  const name = statement.name.toLowerCase();
  env.set(name, { key: `name ${name}`, binding: { kind: 'let', statement, env } });
}

/** All kinds of instances that patches are for; undefined where there are too many, or a product is not known. */
export function instancesOf(content: Content, patches: readonly Patch[]): readonly Instance[] | undefined {
  const found: Instance[] = [];
  const seen = new Set<string>();
  for (const { name } of patches.flatMap(({ fixes }) => fixes)) {
    const id = name.toLowerCase();
    if (isWindowsName(id)) {
      if (!seen.has('windows')) found.push({ key: 'windows', name: id, env: NO_NAMES, windows: true, on: [] });
      seen.add('windows');
      continue;
    }
    if (seen.has(id)) continue;
    seen.add(id);
    const product = content.products.get(id);
    if (product === undefined) return undefined;
    for (const [index, variant] of product.variants.entries())
      found.push({ key: `${id} ${index}`, name: id, env: namesOf(variant), windows: false, on: onOf(variant) });
    if (found.length > MOST_INSTANCES) return undefined;
  }
  return found;
}

/** The names of a patch: its own, and those of what it is for. */
export function patchNames(patch: Patch, instances: readonly Instance[]): Environment {
  const env = new Map<string, Argument>();
  const names = new Set(instances.flatMap(({ env: own }) => [...own.keys()]));
  for (const name of names) {
    const of = instances.map(({ key, env: own, windows }) => {
      return { instance: key, binding: own.get(name)?.binding, windows: windows && name === 'version' };
    });
    const [only] = of;
    const binding: Binding | undefined = of.length === 1 ? only?.binding : { kind: 'choose', name, of };
    if (binding !== undefined) env.set(name, { key: `name ${name}`, binding });
  }
  for (const one of patch.lets) bind(env, one);
  return env;
}

/**
 * The reading that a name can be anything of, so that nothing is known of it but what is asked of that reading; undefined
 * where its choices say more.
 */
export function freeReadingOf(binding: Binding, depth = 0): string | undefined {
  if (binding.kind !== 'let' || depth > 8) return undefined;
  const [first] = binding.statement.choices;
  if (first === undefined || first.when !== undefined || valueOf(first.value, binding.env) !== undefined)
    return undefined;
  const { source, steps } = first.value;
  if (source.kind === 'literal') return undefined;
  if (source.kind === 'name' && source.name.member === undefined && source.name.base.toLowerCase() !== 'windows') {
    const known = binding.env.get(source.name.base.toLowerCase());
    if (known?.binding !== undefined) return steps.length === 0 ? freeReadingOf(known.binding, depth + 1) : undefined;
  }
  if (source.kind === 'name' && source.name.base.toLowerCase() === 'windows') return undefined;
  // No date is a version.
  const last = steps.at(-1);
  if (last?.kind === 'as' && last.conversion === 'date') return undefined;
  return readingKey(first.value, binding.env);
}
