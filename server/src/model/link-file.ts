/** Linking one file: what its declarations say against the names of the workspace. */
import { didYouMean } from '../syntax/suggest.ts';
import type { NameRef } from './content.ts';
import type { ContextFacts, FileFacts, PatchFacts, ProductFacts } from './facts/facts.ts';
import { memberProblem } from './lower/names.ts';
import { finding } from './pool.ts';
import type { Finding } from './source.ts';
import type { DeclaredKind, SymbolReference } from './symbols.ts';
import { isWindowsName, WINDOWS_NAMES } from './windows-names.ts';

/** The names of a workspace, as linking a file asks for them. Ids are in lower case; of several with one name the first counts. */
export interface NamePool {
  readonly has: (kind: DeclaredKind, id: string) => boolean;
  readonly product: (id: string) => (Pick<ProductFacts, 'names'> & { readonly damaged: boolean }) | undefined;
  readonly check: (
    id: string,
  ) => { readonly id: string; readonly parameters: readonly string[]; readonly damaged: boolean } | undefined;
  /** Whether a patch is the one that its name means. */
  readonly counts: (file: FileFacts, patch: PatchFacts) => boolean;
  /** As they are declared: what is suggested is written so. */
  readonly ids: (kind: DeclaredKind) => Iterable<string>;
  /** What is suggested for a name that there is not: looked for once, however often it is used. */
  readonly suggestions: Map<string, string>;
}

/** What linking a file finds, and which of its contexts must not judge for it. */
export interface LinkedFile {
  readonly findings: readonly Finding[];
  readonly broken: ReadonlySet<number>;
}

export const NOTHING_LINKED: LinkedFile = { findings: [], broken: new Set() };

/** Everything that is to say about a file but what only all files together tell. */
export function linkFile(pool: NamePool, file: FileFacts): LinkedFile {
  const findings = [...file.syntax];
  const broken = new Set<number>();
  for (const context of file.contexts) {
    findings.push(...context.findings);
    for (const use of context.references) {
      const unknown = unknownName(pool, use);
      if (unknown !== undefined) findings.push(unknown);
    }
  }
  for (const [index, context] of file.contexts.entries()) {
    const wrong = wrongArguments(pool, context);
    if (wrong.length > 0) broken.add(index);
    findings.push(...wrong);
  }
  for (const patch of file.patches) {
    const context = file.contexts[patch.context];
    if (context === undefined || context.free.length === 0 || !pool.counts(file, patch)) continue;
    const unbound = freeNames(pool, patch, context);
    if (unbound.length > 0) broken.add(patch.context);
    findings.push(...unbound);
  }
  const { products, patches, bulletins, checks } = file;
  for (const test of file.contexts.slice(products.length + patches.length + bulletins.length + checks.length))
    findings.push(...expectedProperties(pool, test));
  return findings.length === 0 ? NOTHING_LINKED : { findings, broken };
}

/** What a use can refer to, by the kind that is wanted. */
const CANDIDATES: Readonly<Record<SymbolReference['kind'], readonly DeclaredKind[]>> = {
  product: ['product'],
  patch: ['patch', 'bulletin'],
  bulletin: ['patch', 'bulletin'],
  check: ['check'],
  definition: ['product', 'patch'],
  'expected-product': ['product'],
  'expected-patch': ['patch'],
  local: [],
};
const MAY_BE_WINDOWS: ReadonlySet<SymbolReference['kind']> = new Set(['product']);

/** Whether a name that is used is known to the workspace. */
export function isKnown(pool: Pick<NamePool, 'has'>, kind: SymbolReference['kind'], id: string): boolean {
  return CANDIDATES[kind].some((one) => pool.has(one, id)) || (MAY_BE_WINDOWS.has(kind) && isWindowsName(id));
}

const WANTED = {
  ...{ product: 'product or Windows', bulletin: 'bulletin', check: 'check' },
  ...{ definition: 'product or patch', 'expected-product': 'product', 'expected-patch': 'patch' },
};

const PRODUCT_HAS = 'expect it `installed`, `not installed` or `unknown`';
const PATCH_HAS = 'expect one status of it, such as `missing`, `installed` or `not applicable`';

/** What stands there instead of what can be expected so. */
function notExpectable(pool: NamePool, { kind, name }: SymbolReference): string | undefined {
  if (kind !== 'definition' && kind !== 'expected-product' && kind !== 'expected-patch') return undefined;
  const id = name.toLowerCase();
  if (pool.has('product', id)) return `\`${name}\` is a product: ${PRODUCT_HAS}.`;
  if (pool.has('patch', id)) return `\`${name}\` is a patch: ${PATCH_HAS}.`;
  if (pool.has('bulletin', id)) return `\`${name}\` is a bulletin: expect something of its patches.`;
  return isWindowsName(id)
    ? `\`${name}\` is a Windows: a test says \`given on ${name}\`, and expects nothing of it.`
    : undefined;
}

function unknownName(pool: NamePool, use: SymbolReference): Finding | undefined {
  if (use.kind === 'local' || use.name === '') return undefined;
  if (isKnown(pool, use.kind, use.name.toLowerCase())) return undefined;
  const other = notExpectable(pool, use);
  if (other !== undefined) return finding('bad-test', use.at, other);
  const help = suggestion(pool, use);
  if (use.kind === 'patch') {
    return finding(
      'unknown-superseded',
      use.at,
      `No patch or bulletin is called \`${use.name}\`, so this supersedence has no effect.${help}`,
    );
  }
  return finding('unknown-name', use.at, `No ${WANTED[use.kind]} is called \`${use.name}\`.${help}`);
}

function suggestion(pool: NamePool, use: SymbolReference): string {
  const key = `${use.kind} ${use.name}`;
  const known = pool.suggestions.get(key);
  if (known !== undefined) return known;
  const ids = CANDIDATES[use.kind].flatMap((kind) => [...pool.ids(kind)]);
  const help = didYouMean(use.name, MAY_BE_WINDOWS.has(use.kind) ? [...ids, ...WINDOWS_NAMES.keys()] : ids);
  pool.suggestions.set(key, help);
  return help;
}

function wrongArguments(pool: NamePool, context: ContextFacts): readonly Finding[] {
  return context.checkUses.flatMap(({ check, count, at }) => {
    const used = pool.check(check.toLowerCase());
    if (used === undefined || used.damaged || used.parameters.length === count) return [];
    const { parameters } = used;
    const wants = parameters.length === 0 ? 'takes no values' : `takes ${parameters.length}: ${parameters.join(', ')}`;
    return [finding('wrong-arguments', at, `\`${used.id}\` ${wants}, but is given ${count}.`)];
  });
}

/** Windows as a product has a version and a location as every product should: `windows.version` and `%windir%`. */
const isWindowsValue = ({ base, member }: NameRef, withValue: boolean): boolean =>
  ['version', 'location'].includes(base.toLowerCase()) && member === undefined && !withValue;

/** The names that a patch takes from its instances must be bound by every product that it fixes. */
function freeNames(pool: NamePool, { fixed }: PatchFacts, { free, definitions }: ContextFacts): readonly Finding[] {
  const products = fixed.map((name) => ({ name, product: pool.product(name.toLowerCase()) }));
  // Of a damaged or unknown product it is not known what it binds.
  const unsure = products.some(({ name, product }) => (product === undefined ? !isWindowsName(name) : product.damaged));
  if (unsure || products.length === 0) return [];
  const own = definitions.flatMap(({ kind, name }) => (kind === 'let' ? [name] : []));
  return free.flatMap(({ ref, withValue }) => {
    for (const { name, product } of products) {
      if (product === undefined && isWindowsValue(ref, withValue)) continue;
      const bound = product?.names.get(ref.base.toLowerCase());
      const problem =
        bound === undefined
          ? notBound(ref.base, { name, product, own })
          : memberProblem(ref, bound.collection, withValue);
      if (problem !== undefined) return [finding(problem.code, ref.at, problem.message)];
    }
    return [];
  });
}

/** What a test expects of a product's property: the product must bind it. */
function expectedProperties(pool: NamePool, { free }: ContextFacts): readonly Finding[] {
  return free.flatMap(({ ref: { base: id, member: property = '', at } }) => {
    const product = pool.product(id.toLowerCase());
    if (product === undefined || product.damaged || product.names.has(property.toLowerCase())) return [];
    const help = didYouMean(
      property,
      [...product.names.values()].map(({ name }) => name),
    );
    return [finding('unbound-name', at, `\`${id}\` does not bind \`${property}\`.${help}`)];
  });
}

function notBound(
  base: string,
  { name, product, own }: { name: string; product: Pick<ProductFacts, 'names'> | undefined; own: readonly string[] },
): { code: 'unbound-name'; message: string } {
  if (product === undefined) {
    return {
      code: 'unbound-name',
      message: `\`${name}\` is a Windows and binds no \`${base}\`.${didYouMean(base, ['version', 'location', 'windows', ...own])} It has \`version\`, \`location\` and values such as \`windows.build\`.`,
    };
  }
  const names = [...product.names.values()].map((bound) => bound.name);
  return {
    code: 'unbound-name',
    message: `\`${name}\`, which is fixed here, does not bind \`${base}\`.${didYouMean(base, [...names, ...own, 'windows'])}`,
  };
}
