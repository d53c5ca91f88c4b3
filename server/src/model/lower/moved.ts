/**
 * Declarations at another place of their file than where they were lowered: what stands behind an edit. Nothing that was handed
 * out moves. Names, places and findings are there at once; conditions and readings, which few ask for, are lowered again then.
 */
import type { Declared, Patch } from '../content.ts';
import type { Finding, Location } from '../source.ts';
import type { LoweredCheck } from './check.ts';
import type { Lowering } from './context.ts';
import type { LoweredBulletin, LoweredPatch } from './patch.ts';
import type { LoweredProduct } from './product.ts';
import { movedOwner, type LoweredStretch } from './stretch.ts';

/** What few ask for. */
const HEAVY_OF_PATCH = ['on', 'lets', 'verdict', 'warn'] as const;

/** What each declaration that is seen at another place was when it was lowered. */
const origins = new WeakMap<Declared, Declared>();

/** The same object for a declaration as long as its text is the same, wherever it stands. */
export function originOf<D extends Declared>(declared: D): D {
  // A view of a declaration is one of the same kind.
  return (origins.get(declared) as D | undefined) ?? declared;
}

/** A place in the same file, some characters further on. */
export const movedPlace = ({ file, start, end }: Location, by: number): Location => ({
  file,
  start: start + by,
  end: end + by,
});

/** A finding all of whose places are in one part of a file, where that part has moved. */
export function movedFinding(finding: Finding, by: number): Finding {
  const { at, related, fix } = finding;
  return {
    ...finding,
    at: movedPlace(at, by),
    ...(related && { related: related.map((one) => ({ ...one, at: movedPlace(one.at, by) })) }),
    ...(fix && { fix: { ...fix, at: movedPlace(fix.at, by) } }),
  };
}

/** A patch that fixes something else; the rest of it is as it was. */
export function withFixes(patch: Patch, fixes: Patch['fixes']): Patch {
  const origin = originOf(patch);
  const { at, nameAt } = patch;
  const copy =
    origin === patch ? { ...patch, fixes } : lazily({ ...origin, at, nameAt, fixes }, HEAVY_OF_PATCH, () => patch);
  origins.set(copy, origin);
  return copy;
}

/** A stretch where it stands now; `again` lowers it there. */
export function moved(origin: LoweredStretch, start: number, again: () => LoweredStretch): LoweredStretch {
  const by = start - origin.start;
  let known: LoweredStretch | undefined;
  const lowered = (): LoweredStretch => (known ??= again());
  const ownPatches = origin.ownPatches.map((one, index) => movedPatch(one, by, () => nth(lowered().ownPatches, index)));
  const bulletins = origin.bulletins.map((one, index) => movedBulletin(one, by, () => nth(lowered().bulletins, index)));
  return {
    start,
    end: origin.end + by,
    products: origin.products.map((one, index) => movedProduct(one, by, () => nth(lowered().products, index))),
    patches: [...ownPatches, ...bulletins.flatMap(({ patches }) => patches)],
    ownPatches,
    bulletins,
    checks: origin.checks.map((one, index) => movedCheck(one, by, () => nth(lowered().checks, index))),
    tests: origin.tests.map((one) => movedContext(one, by)),
    syntax: origin.syntax.map((one) => movedFinding(one, by)),
  };
}

/** A text is lowered the same each time. */
function nth<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new Error('a stretch lacks a declaration that it had');
  return found;
}

// ---------- declarations

function movedProduct(one: LoweredProduct, by: number, again: () => LoweredProduct): LoweredProduct {
  return {
    product: movedDeclared(one.product, by, { heavy: ['variants'], again: () => again().product }),
    context: movedContext(one.context, by),
    names: new Map([...one.names].map(([id, bound]) => [id, { ...bound, at: movedPlace(bound.at, by) }])),
  };
}

function movedPatch(one: LoweredPatch, by: number, again: () => LoweredPatch): LoweredPatch {
  const fixes = one.patch.fixes.map((scope, index) => {
    const here = { ...scope, at: movedPlace(scope.at, by) };
    return scope.bounds.length === 0 ? here : lazily(here, ['bounds'], () => nth(again().patch.fixes, index));
  });
  return {
    patch: movedDeclared(one.patch, by, { heavy: HEAVY_OF_PATCH, again: () => again().patch, fixes }),
    context: movedContext(one.context, by),
    supersedes: one.supersedes.map((item) => ({ ...item, at: movedPlace(item.at, by) })),
  };
}

function movedBulletin(one: LoweredBulletin, by: number, again: () => LoweredBulletin): LoweredBulletin {
  return {
    bulletin: movedDeclared(one.bulletin, by, { heavy: [], again: () => again().bulletin }),
    context: movedContext(one.context, by),
    patches: one.patches.map((patch, index) => movedPatch(patch, by, () => nth(again().patches, index))),
  };
}

function movedCheck(one: LoweredCheck, by: number, again: () => LoweredCheck): LoweredCheck {
  return {
    check: movedDeclared(one.check, by, { heavy: ['conditions'], again: () => again().check }),
    context: movedContext(one.context, by),
    calls: one.calls,
  };
}

function movedDeclared<D extends Declared>(
  declared: D,
  by: number,
  {
    heavy,
    again,
    fixes,
  }: { readonly heavy: readonly (keyof D)[]; readonly again: () => D; readonly fixes?: Patch['fixes'] },
): D {
  const places = { at: movedPlace(declared.at, by), nameAt: movedPlace(declared.nameAt, by) };
  const here = lazily({ ...declared, ...places, ...(fixes && { fixes }) }, heavy, again);
  origins.set(here, declared);
  return here;
}

/**
 * A fresh object some of whose members are taken from elsewhere when one of them is asked for. Getters would do, if each object
 * with getters of its own did not cost a hidden class, which holds what they need until all of memory is gone through.
 */
function lazily<T extends object>(fresh: T, names: readonly (keyof T)[], from: () => T): T {
  let isThere = false;
  const complete = (): void => {
    isThere = true;
    const whole = from();
    for (const name of names) fresh[name] = whole[name];
  };
  return new Proxy(fresh, {
    get(target, name) {
      if (!isThere && names.some((one) => one === name)) complete();
      return Reflect.get(target, name) as unknown;
    },
    getOwnPropertyDescriptor(target, name) {
      if (!isThere) complete();
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
  });
}

// ---------- names

function movedContext(context: Lowering, by: number): Lowering {
  const owner = movedOwner(context.owner, by);
  const own = <T extends { readonly at: Location; readonly owner?: string }>(one: T): T => ({
    ...one,
    at: movedPlace(one.at, by),
    ...(one.owner === context.owner && { owner }),
  });
  return {
    ...context,
    start: context.start + by,
    owner,
    findings: context.findings.map((one) => movedFinding(one, by)),
    definitions: context.definitions.map((one) => ({ ...own(one), whole: movedPlace(one.whole, by) })),
    references: context.references.map(own),
    free: context.free.map(({ ref, withValue }) => ({ ref: { ...ref, at: movedPlace(ref.at, by) }, withValue })),
    checkUses: context.checkUses.map((one) => ({ ...one, at: movedPlace(one.at, by) })),
  };
}
