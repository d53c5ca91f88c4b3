/** Linking one file: what its declarations say against the names of the workspace. */
import { didYouMean } from '../syntax/suggest.ts';
import type { NameRef } from './content.ts';
import type { Lowering } from './lower/context.ts';
import type { LoweredFile } from './lower/file.ts';
import { memberProblem } from './lower/names.ts';
import type { LoweredPatch } from './lower/patch.ts';
import type { LoweredProduct } from './lower/product.ts';
import { finding, type Pool } from './pool.ts';
import type { Finding } from './source.ts';
import type { SymbolReference } from './symbols.ts';
import { isWindowsName, WINDOWS_NAMES } from './windows-names.ts';

/** What linking a file finds, and which of its declarations must not judge for it. */
export interface LinkedFile {
  readonly findings: readonly Finding[];
  readonly broken: ReadonlySet<Lowering>;
}

const NOTHING: LinkedFile = { findings: [], broken: new Set() };

/** Everything that is to say about a file but what only all files together tell. */
export function linkFile(pool: Pool, file: LoweredFile): LinkedFile {
  const findings = [...file.syntax];
  const broken = new Set<Lowering>();
  const contexts = contextsOf(file);
  for (const context of contexts) {
    findings.push(...context.findings);
    for (const use of context.references) {
      const unknown = unknownName(pool, use);
      if (unknown !== undefined) findings.push(unknown);
    }
  }
  for (const context of contexts) findings.push(...wrongArguments(pool, context, broken));
  for (const one of file.patches) {
    if (pool.patches.get(one.patch.id.toLowerCase()) === one) findings.push(...freeNames(pool, one, broken));
  }
  return findings.length === 0 ? NOTHING : { findings, broken };
}

/** The declarations of a file as they were lowered, and its tests. */
export const contextsOf = (file: LoweredFile): readonly Lowering[] => [
  ...file.products.map((one) => one.context),
  ...file.patches.map((one) => one.context),
  ...file.bulletins.map((one) => one.context),
  ...file.checks.map((one) => one.context),
  ...file.tests,
];

/** What a use can refer to, by the kind that is wanted. */
function candidates(pool: Pool, kind: SymbolReference['kind']): readonly ReadonlyMap<string, unknown>[] {
  switch (kind) {
    case 'product':
      return [pool.products, WINDOWS_NAMES];
    case 'patch':
    case 'bulletin':
      return [pool.patches, pool.bulletins];
    case 'check':
      return [pool.checks];
    case 'definition':
      return [pool.products, pool.patches, pool.bulletins, WINDOWS_NAMES];
    case 'local':
      return [];
  }
}

const WANTED = { product: 'product or Windows', bulletin: 'bulletin', check: 'check', definition: 'product or patch' };

function unknownName(pool: Pool, use: SymbolReference): Finding | undefined {
  if (use.kind === 'local' || use.name === '') return undefined;
  const maps = candidates(pool, use.kind);
  if (maps.some((map) => map.has(use.name.toLowerCase()))) return undefined;
  const help = suggestion(pool, use, maps);
  if (use.kind === 'patch') {
    return finding(
      'unknown-superseded',
      use.at,
      `No patch or bulletin is called \`${use.name}\`, so this supersedence has no effect.${help}`,
    );
  }
  return finding('unknown-name', use.at, `No ${WANTED[use.kind]} is called \`${use.name}\`.${help}`);
}

function suggestion(pool: Pool, use: SymbolReference, maps: readonly ReadonlyMap<string, unknown>[]): string {
  const key = `${use.kind} ${use.name}`;
  const known = pool.suggestions.get(key);
  if (known !== undefined) return known;
  const help = didYouMean(
    use.name,
    maps.flatMap((map) => [...map.keys()]),
  );
  pool.suggestions.set(key, help);
  return help;
}

function wrongArguments(pool: Pool, context: Lowering, broken: Set<Lowering>): readonly Finding[] {
  return context.checkUses.flatMap(({ check, count, at }) => {
    const used = pool.checks.get(check.toLowerCase());
    if (used === undefined || used.context.damaged || used.check.parameters.length === count) return [];
    broken.add(context);
    const { parameters } = used.check;
    const wants = parameters.length === 0 ? 'takes no values' : `takes ${parameters.length}: ${parameters.join(', ')}`;
    return [finding('wrong-arguments', at, `\`${used.check.id}\` ${wants}, but is given ${count}.`)];
  });
}

/** Windows as a product has a version and a location as every product should: `windows.version` and `%windir%`. */
const isWindowsValue = ({ base, member }: NameRef, withValue: boolean): boolean =>
  ['version', 'location'].includes(base.toLowerCase()) && member === undefined && !withValue;

/** The names that a patch takes from its instances must be bound by every product that it fixes. */
function freeNames(pool: Pool, { patch, context }: LoweredPatch, broken: Set<Lowering>): readonly Finding[] {
  const products = patch.fixes.map(({ name }) => ({ name, lowered: pool.products.get(name.toLowerCase()) }));
  // Of a damaged or unknown product it is not known what it binds.
  const unsure = products.some(({ name, lowered }) =>
    lowered === undefined ? !isWindowsName(name) : lowered.context.damaged,
  );
  if (unsure || products.length === 0) return [];
  return context.free.flatMap(({ ref, withValue }) => {
    for (const { name, lowered } of products) {
      if (lowered === undefined && isWindowsValue(ref, withValue)) continue;
      const bound = lowered?.names.get(ref.base.toLowerCase());
      const problem =
        bound === undefined ? notBound(ref.base, name, lowered) : memberProblem(ref, bound.collection, withValue);
      if (problem === undefined) continue;
      broken.add(context);
      return [finding(problem.code, ref.at, problem.message)];
    }
    return [];
  });
}

function notBound(
  base: string,
  product: string,
  lowered: LoweredProduct | undefined,
): { code: 'unbound-name'; message: string } {
  if (lowered === undefined) {
    return {
      code: 'unbound-name',
      message: `\`${product}\` is a Windows and binds no \`${base}\`. It has \`version\`, \`location\` and values such as \`windows.build\`.`,
    };
  }
  const names = [...lowered.names.values()].map((bound) => bound.name);
  return {
    code: 'unbound-name',
    message: `\`${product}\`, which is fixed here, does not bind \`${base}\`.${didYouMean(base, names)}`,
  };
}
