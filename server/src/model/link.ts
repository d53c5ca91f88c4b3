/** Linking: the declarations of all files together become one content model, with all that is to say about them. */
import { didYouMean } from '../syntax/suggest.ts';
import { MODEL_DIAGNOSTICS, type ModelCode } from './codes.ts';
import { checkCycles } from './check-cycles.ts';
import type {
  Bulletin,
  Content,
  Declared,
  LinkedContent,
  NamedCheck,
  NameRef,
  Patch,
  Product,
  Scope,
} from './content.ts';
import type { Lowering } from './lower/context.ts';
import { lowerFile, type LoweredFile } from './lower/file.ts';
import { memberProblem } from './lower/names.ts';
import type { LoweredPatch } from './lower/patch.ts';
import type { LoweredProduct } from './lower/product.ts';
import type { Finding, Location } from './source.ts';
import { supersedence } from './supersedence.ts';
import type { SymbolReference, Symbols } from './symbols.ts';
import { isWindowsName, WINDOWS_NAMES } from './windows-names.ts';

/** What `linkContent` gives: content, findings, and where every name is declared and used. */
export interface Linked extends LinkedContent {
  readonly symbols: Symbols;
}

/** Parses, lowers and links files. Never throws, whatever their text. Damaged declarations are not in the content. */
export function linkContent(files: readonly { readonly file: string; readonly text: string }[]): Linked {
  return linkFiles(files.map(({ file, text }) => lowerFile(file, text)));
}

/** Links files that are lowered already. */
export function linkFiles(files: readonly LoweredFile[]): Linked {
  const pool = poolOf(files);
  const findings: Finding[] = files.flatMap((file) => file.syntax);
  const contexts = files.flatMap(contextsOf);
  for (const context of contexts) {
    findings.push(...context.findings);
    findings.push(...context.references.flatMap((use) => unknownName(pool, use) ?? []));
  }
  findings.push(...pool.duplicates);
  const broken = new Set<Lowering>();
  for (const context of contexts) findings.push(...wrongArguments(pool, context, broken));
  for (const patch of pool.patches.values()) findings.push(...freeNames(pool, patch, broken));
  const cycles = checkCycles([...pool.checks.values()].map(({ check }) => check));
  findings.push(...cycles.findings);

  const sound = (one: { readonly context: Lowering }): boolean => !one.context.damaged && !broken.has(one.context);
  const patches = pick(pool.patches, sound, (one) => withKnownFixes(pool, one.patch));
  const members = (bulletin: Bulletin): readonly string[] => bulletin.patches.map((id) => id.toLowerCase());
  const edges = supersedence([...pool.patches.values()], {
    patches,
    bulletins: new Map([...pool.bulletins].map(([id, one]) => [id, members(one.bulletin)])),
  });
  findings.push(...edges.findings);
  const content: Content = {
    products: pick(pool.products, sound, (one): Product => one.product),
    patches,
    bulletins: pick(pool.bulletins, sound, (one): Bulletin => one.bulletin),
    checks: pick(
      pool.checks,
      (one) => sound(one) && !cycles.inCycle.has(one.check.id.toLowerCase()),
      (one): NamedCheck => one.check,
    ),
    supersedence: edges.edges,
    texts: new Map(files.map(({ file, text }) => [file, text])),
  };
  return { content, findings: tidy(findings), symbols: symbolsOf(contexts, pool) };
}

function pick<L, T>(
  from: ReadonlyMap<string, L>,
  keep: (one: L) => boolean,
  take: (one: L) => T,
): ReadonlyMap<string, T> {
  return new Map([...from].flatMap(([id, one]) => (keep(one) ? [[id, take(one)] as const] : [])));
}

const contextsOf = (file: LoweredFile): readonly Lowering[] => [
  ...[...file.products, ...file.patches, ...file.bulletins, ...file.checks].map((one) => one.context),
  ...file.tests,
];

// ---------- names of the workspace

/** Every declaration by its id in lower case, the first of two with the same name. */
interface Pool {
  readonly products: ReadonlyMap<string, LoweredProduct>;
  readonly patches: ReadonlyMap<string, LoweredPatch>;
  readonly bulletins: ReadonlyMap<string, LoweredFile['bulletins'][number]>;
  readonly checks: ReadonlyMap<string, LoweredFile['checks'][number]>;
  readonly duplicates: readonly Finding[];
}

function poolOf(files: readonly LoweredFile[]): Pool {
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
    bulletins: new Map<string, LoweredFile['bulletins'][number]>(),
    checks: new Map<string, LoweredFile['checks'][number]>(),
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

function finding(code: ModelCode, at: Location, message: string): Finding {
  return { code, severity: MODEL_DIAGNOSTICS[code].severity, message, at };
}

function duplicate(declared: Declared, before: Declared): Finding {
  const message = `\`${declared.id}\` is declared already: names are unique in a workspace, whatever their case. This one is left out.`;
  return {
    ...finding('duplicate-name', declared.nameAt, message),
    related: [{ at: before.nameAt, message: 'declared here' }],
  };
}

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
  const help = didYouMean(
    use.name,
    maps.flatMap((map) => [...map.keys()]),
  );
  if (use.kind === 'patch') {
    return finding(
      'unknown-superseded',
      use.at,
      `No patch or bulletin is called \`${use.name}\`, so this supersedence has no effect.${help}`,
    );
  }
  return finding('unknown-name', use.at, `No ${WANTED[use.kind]} is called \`${use.name}\`.${help}`);
}

// ---------- what only the whole tells

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

/** A patch without the names in its `fixes` that nothing declares: those are reported, and nothing can be judged for them. */
function withKnownFixes(pool: Pool, patch: Patch): Patch {
  const fixes = patch.fixes.flatMap((scope): Scope[] => {
    const id = scope.name.toLowerCase();
    if (isWindowsName(id)) return [{ ...scope, name: id }];
    const product = pool.products.get(id);
    return product === undefined ? [] : [{ ...scope, name: product.product.id }];
  });
  return { ...patch, fixes };
}

function symbolsOf(contexts: readonly Lowering[], pool: Pool): Symbols {
  return {
    definitions: contexts.flatMap((context) => context.definitions),
    references: contexts.flatMap((context) => context.references),
    fixed: new Map([...pool.patches].map(([id, { patch }]) => [id, patch.fixes.map(({ name }) => name.toLowerCase())])),
  };
}

/** In the order of files and places, each thing said once: what a bulletin shares is looked at with each of its patches. */
function tidy(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings
    .filter(({ code, at }) => {
      const key = `${code}|${at.file}|${at.start}|${at.end}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .sort((a, b) =>
      a.at.file < b.at.file ? -1 : a.at.file > b.at.file ? 1 : a.at.start - b.at.start || a.at.end - b.at.end,
    );
}
