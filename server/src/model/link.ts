/** Linking: the declarations of all files together become one content model, with all that is to say about them. */
import { checkCycles, checksUsedBy } from './check-cycles.ts';
import type { Bulletin, Content, LinkedContent, NamedCheck, Patch, Product, Scope } from './content.ts';
import { contextsOf, factsOf } from './facts/facts.ts';
import { linkFile, type LinkedFile } from './link-file.ts';
import type { Lowering } from './lower/context.ts';
import { lowerFile, type LoweredFile } from './lower/file.ts';
import { withFixes } from './lower/moved.ts';
import { namePoolOf, poolOf, type Pool } from './pool.ts';
import type { Finding } from './source.ts';
import { supersedence } from './supersedence.ts';
import type { Symbols } from './symbols.ts';
import { isWindowsName } from './windows-names.ts';

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
  const names = namePoolOf(pool, files);
  const linked = new Map(files.map((file) => [file, linkFile(names, factsOf(file))]));
  const whole = linkWhole(pool, linked);
  const findings = [...linked.values()].flatMap((one) => one.findings);
  return { ...whole, findings: tidy([...findings, ...pool.duplicates, ...whole.findings]) };
}

/** All files together: the content, and the findings that no file has by itself. */
export interface Whole extends Linked {
  /** Checks that use themselves, by id in lower case: they are not in the content. */
  readonly inCycle: ReadonlySet<string>;
}

/** Puts linked files together. Of the findings only those that need all files are given: circles of checks and patches. */
export function linkWhole(pool: Pool, linked: ReadonlyMap<LoweredFile, LinkedFile>): Whole {
  const files = [...linked.keys()];
  const broken = new Set<Lowering>();
  for (const [file, one] of linked) {
    if (one.broken.size === 0) continue;
    for (const [index, context] of contextsOf(file).entries()) if (one.broken.has(index)) broken.add(context);
  }
  const cycles = checkCycles(
    [...pool.checks.values()].map(({ check: { id, nameAt, conditions } }) => ({
      id,
      nameAt,
      calls: checksUsedBy(conditions),
    })),
  );
  const sound = (one: { readonly context: Lowering }): boolean => !one.context.damaged && !broken.has(one.context);
  const patches = pick(pool.patches, sound, (one) =>
    withKnownFixes(one.patch, (id) => pool.products.get(id)?.product.id),
  );
  const edges = supersedence(
    [...pool.patches.values()].map(({ patch: { id, fixes }, supersedes }) => ({ id, fixes, supersedes })),
    {
      patch: (id) => patches.get(id),
      patches: () => patches,
      members: (id) => pool.bulletins.get(id)?.bulletin.patches.map((one) => one.toLowerCase()),
    },
  );
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
    circular: edges.circular,
    texts: new Map(files.map(({ file, text }) => [file, text])),
  };
  const findings = [...cycles.findings, ...edges.findings];
  return { content, findings, symbols: symbolsOf(files.flatMap(contextsOf), pool), inCycle: cycles.inCycle };
}

function pick<L, T>(
  from: ReadonlyMap<string, L>,
  keep: (one: L) => boolean,
  take: (one: L) => T,
): ReadonlyMap<string, T> {
  const picked = new Map<string, T>();
  for (const [id, one] of from) if (keep(one)) picked.set(id, take(one));
  return picked;
}

/**
 * A patch without the names in its `fixes` that nothing declares: those are reported, and nothing can be judged for them.
 * `spelled` gives a product's id as declared, by the id in lower case.
 */
export function withKnownFixes(patch: Patch, spelled: (id: string) => string | undefined): Patch {
  const names = patch.fixes.map(({ name }) => {
    const id = name.toLowerCase();
    return isWindowsName(id) ? id : spelled(id);
  });
  if (names.every((name, at) => name === patch.fixes[at]?.name)) return patch;
  const fixes = patch.fixes.flatMap((scope, at): Scope[] => {
    const name = names[at];
    return name === undefined ? [] : [{ ...scope, name }];
  });
  return withFixes(patch, fixes);
}

function symbolsOf(contexts: readonly Lowering[], pool: Pool): Symbols {
  return {
    definitions: contexts.flatMap((context) => context.definitions),
    references: contexts.flatMap((context) => context.references),
    fixed: new Map([...pool.patches].map(([id, { patch }]) => [id, patch.fixes.map(({ name }) => name.toLowerCase())])),
  };
}

/** In the order of files and places, each thing said once: what a bulletin shares is looked at with each of its patches. */
export function tidy(findings: readonly Finding[]): readonly Finding[] {
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
