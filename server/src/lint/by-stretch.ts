/**
 * Lint of a file that is worked on: what was found in a stretch is kept until the stretch itself changes, or a declaration that
 * it uses. Where it stands does not matter: what is found moves with it.
 */
import type { Bulletin, Content, Declared, NamedCheck, Patch, Product } from '../model/content.ts';
import { movedFinding, originOf } from '../model/lower/moved.ts';
import { Narrowed } from '../model/narrowed.ts';
import type { Finding, Location, Span } from '../model/source.ts';
import { walkCheck, walkPatch, walkProduct, type Visitor } from '../model/walk.ts';
import { lintAlone, type ByRule } from './by-file.ts';
import { once } from './lint.ts';
import type { LintSettings, Rule } from './rule.ts';

/** What was found in a stretch that began at `start`, and everything that it depended on. */
interface Kept {
  readonly start: number;
  readonly key: readonly unknown[];
  readonly found: ByRule;
}

/** By the first declaration of a stretch as it was lowered. */
const kept = new WeakMap<Declared, Kept>();

/** What the rules find that look at one declaration at a time, in the content of one file with what it uses of others. */
export function lintStretches(
  { file, stretches }: { readonly file: string; readonly stretches: readonly Span[] },
  content: Content,
  settings: LintSettings = {},
): ByRule {
  const all = new Map<Rule, readonly Finding[]>();
  for (const part of partsOf(file, stretches, content)) {
    const found = lintPart(part, content.texts, settings);
    for (const [rule, findings] of found) all.set(rule, once([...(all.get(rule) ?? []), ...findings]));
  }
  return all;
}

function lintPart(part: Part, texts: ReadonlyMap<string, string>, settings: LintSettings): ByRule {
  const { file, start, end, first } = part;
  const key = [settings.today, ...part.key];
  const before = kept.get(first);
  if (before !== undefined && isSame(before.key, key)) return movedBy(before.found, start - before.start);
  const found = lintAlone(file, contentOf(part, texts), settings);
  const isInside = (at: Location): boolean => at.file === file && at.start >= start && at.end <= end;
  // What points to elsewhere would have to move with that.
  if ([...found.values()].every((all) => all.every((one) => placesOf(one).every(isInside))))
    kept.set(first, { start, key, found });
  else kept.delete(first);
  return found;
}

const isSame = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, index) => one === b[index]);

const placesOf = ({ at, related = [], fix }: Finding): readonly Location[] => [
  at,
  ...related.map((one) => one.at),
  ...(fix ? [fix.at] : []),
];

const movedBy = (found: ByRule, by: number): ByRule =>
  by === 0 ? found : new Map([...found].map(([rule, all]) => [rule, all.map((one) => movedFinding(one, by))]));

// ---------- what a stretch declares and uses

type Any = Product | Patch | Bulletin | NamedCheck;

/** A stretch that declares something. */
interface Part extends Span {
  readonly file: string;
  readonly first: Declared;
  readonly own: readonly Any[];
  /** What its declarations use of others. */
  readonly used: readonly Any[];
  /** What all of that is, wherever it stands. */
  readonly key: readonly unknown[];
}

/** The stretches that declare anything, with the declarations that the content has of them. */
function partsOf(file: string, stretches: readonly Span[], content: Content): readonly Part[] {
  const own: (Any[] | undefined)[] = [];
  const sort = (one: Any): void => {
    if (one.at.file === file) (own[indexAt(stretches, one.at.start)] ??= []).push(one);
  };
  for (const all of [content.products, content.patches, content.bulletins, content.checks]) all.forEach(sort);
  return stretches.flatMap(({ start, end }, index) => {
    const declared = own[index];
    const first = declared?.[0];
    return declared && first
      ? [{ file, start, end, first: originOf(first), own: declared, ...usesOf(declared, content) }]
      : [];
  });
}

/** The last stretch that begins at or before an offset. */
function indexAt(stretches: readonly Span[], offset: number): number {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function usesOf(own: readonly Any[], content: Content): Pick<Part, 'used' | 'key'> {
  const used: Any[] = [];
  const key: unknown[] = own.map(originOf);
  const calls = new Set<string>();
  /** Finds one in all content. That it is not there tells something, too. */
  const use = <T extends Any>(name: string, from: ReadonlyMap<string, T>): T | undefined => {
    const one = from.get(name.toLowerCase());
    if (one !== undefined) used.push(one);
    key.push(name, one && originOf(one));
    return one;
  };
  const call = (one: Any | undefined): void => {
    for (const id of one ? callsOf(one) : []) calls.add(id);
  };
  for (const one of own) {
    call(one);
    if (one.kind !== 'patch') continue;
    for (const { name } of one.fixes) call(use(name, content.products));
    const bulletin = one.bulletin === undefined ? undefined : use(one.bulletin, content.bulletins);
    for (const id of bulletin?.patches ?? [])
      for (const { name } of use(id, content.patches)?.fixes ?? []) key.push(name);
  }
  // A set that grows while it is gone through is gone through to its end.
  for (const id of calls) call(use(id, content.checks));
  return { used, key };
}

const calls = new WeakMap<Declared, readonly string[]>();

/** The checks that a declaration uses, in lower case; the same wherever it stands. */
function callsOf(declared: Any): readonly string[] {
  const one = originOf(declared);
  const known = calls.get(one);
  if (known !== undefined) return known;
  const found = new Set<string>();
  const visitor: Visitor = {
    condition: (condition) => void (condition.kind === 'use-check' && found.add(condition.check.toLowerCase())),
  };
  if (one.kind === 'product') walkProduct(one, visitor);
  else if (one.kind === 'patch') walkPatch(one, visitor);
  else if (one.kind === 'check') walkCheck(one, visitor);
  calls.set(one, [...found]);
  return [...found];
}

/** The rules go through what the stretch declares, and find what it uses. */
function contentOf({ own, used }: Part, texts: ReadonlyMap<string, string>): Content {
  const content = {
    products: new Narrowed<Product>(),
    patches: new Narrowed<Patch>(),
    bulletins: new Narrowed<Bulletin>(),
    checks: new Narrowed<NamedCheck>(),
    supersedence: [],
    texts,
  };
  const add = (one: Any, isOwn: boolean): void => {
    const into: Narrowed<Any> = {
      product: content.products,
      patch: content.patches,
      bulletin: content.bulletins,
      check: content.checks,
    }[one.kind];
    if (isOwn) into.set(one.id.toLowerCase(), one);
    else into.lend(one.id.toLowerCase(), one);
  };
  for (const one of own) add(one, true);
  for (const one of used) add(one, false);
  return content;
}
