/**
 * Facts of a file as two short texts, flat and without a character beyond ASCII, so that thousands of files take little memory
 * and can be kept on disk: what linking and rules ask, and where its names stand. Each is read back when it is asked for.
 */
import type { CollectionKind } from '../content.ts';
import type { FreeName } from '../lower/context.ts';
import type { Superseded } from '../lower/patch.ts';
import type { Finding, Location, Span } from '../source.ts';
import type { SymbolDefinition, SymbolReference } from '../symbols.ts';
import type { BulletinFacts, CheckFacts, ContextFacts, FileFacts, PatchFacts, ProductFacts } from './facts.ts';
import type { BoundPlace, FixedOutline } from './outline.ts';
import { packPlaces, unpackPlaces, type Places } from './places.ts';

/** What `packFacts` makes. */
export interface PackedFacts {
  readonly links: string;
  readonly places: string;
}

type Pair = readonly [number, number];
type Place = readonly [string, number, number];

interface Links {
  readonly syntax: readonly Finding[];
  readonly contexts: readonly (readonly [
    owner: string,
    damaged: 0 | 1,
    findings: readonly Finding[],
    free: readonly (readonly [base: string, member: string | 0, start: number, end: number, withValue: 0 | 1])[],
    checkUses: readonly (readonly [check: string, count: number, start: number, end: number])[],
  ])[];
  readonly products: readonly (readonly [
    head: Head,
    names: readonly (readonly [key: string, name: string, collection: CollectionKind | 0])[],
    bindsVersion: 0 | 1,
    lets: readonly Place[],
    groups: readonly Place[],
    uses: readonly string[],
  ])[];
  readonly patches: readonly (readonly [
    head: Head,
    released: string | 0,
    supersedes: readonly (readonly [name: string, before: string | 0, reversed: 0 | 1, start: number, end: number])[],
    fixes: readonly (readonly [name: string, start: number, end: number, isRange: 0 | 1])[],
    uses: readonly string[],
  ])[];
  readonly bulletins: readonly (readonly [head: Head, patches: readonly string[]])[];
  readonly checks: readonly (readonly [head: Head, parameters: readonly string[], calls: readonly string[]])[];
}
type Head = readonly [id: string, title: string | 0, start: number, end: number];

const bit = (value: boolean): 0 | 1 => (value ? 1 : 0);
const pair = ({ start, end }: Span): Pair => [start, end];
const place = ({ name, at }: BoundPlace): Place => [name, at.start, at.end];
const headOf = ({ id, title, nameAt }: ProductFacts | PatchFacts | BulletinFacts | CheckFacts): Head => [
  id,
  title ?? 0,
  nameAt.start,
  nameAt.end,
];

/** JSON that takes one byte a character, whatever the texts in it. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export function packFacts(facts: FileFacts): PackedFacts {
  const links: Links = {
    syntax: facts.syntax,
    contexts: facts.contexts.map(({ owner, damaged, findings, free, checkUses }) => [
      owner,
      bit(damaged),
      findings,
      free.map(({ ref: { base, member, at }, withValue }) => [base, member ?? 0, ...pair(at), bit(withValue)] as const),
      checkUses.map(({ check, count, at }) => [check, count, ...pair(at)] as const),
    ]),
    products: facts.products.map((one) => [
      headOf(one),
      [...one.names].map(([key, { name, collection }]) => [key, name, collection ?? 0] as const),
      bit(one.outline.bindsVersion),
      one.outline.lets.map(place),
      one.outline.groups.map(place),
      one.outline.uses,
    ]),
    patches: facts.patches.map((one) => [
      headOf(one),
      one.released ?? 0,
      one.supersedes.map(({ name, before, reversed, at }) => [name, before ?? 0, bit(reversed), ...pair(at)] as const),
      one.outline.fixes.map(({ name, at, isRange }) => [name, ...pair(at), bit(isRange)] as const),
      one.outline.uses,
    ]),
    bulletins: facts.bulletins.map((one) => [headOf(one), one.patches]),
    checks: facts.checks.map((one) => [headOf(one), one.parameters, one.calls]),
  };
  return { links: asciiJson(links), places: packPlaces(facts.contexts) };
}

/** The facts of a file from what was packed of it; where its names stand is read when that is asked for. */
export function unpackFacts(
  file: string,
  packed: { readonly links: string; readonly places: () => string },
): FileFacts {
  const links = JSON.parse(packed.links) as Links;
  const at = (start: number, end: number): Location => ({ file, start, end });
  let places: Places | undefined;
  const placesOf = (index: number) => (places ??= unpackPlaces(file, packed.places(), links.contexts)).get(index);
  const bound = ([name, start, end]: Place): BoundPlace => ({ name, at: at(start, end) });
  let context = 0;
  const head = ([id, title, start, end]: Head) => ({
    id,
    title: title === 0 ? undefined : title,
    nameAt: at(start, end),
    context: context++,
  });
  return {
    file,
    syntax: links.syntax,
    contexts: links.contexts.map(([owner, damaged, findings, free, checkUses], index): ContextFacts =>
      Object.assign(new Placed(() => placesOf(index)), {
        owner,
        damaged: damaged === 1,
        findings,
        free: free.map(([base, member, start, end, withValue]): FreeName => ({
          ref: { base, ...(member !== 0 && { member }), at: at(start, end) },
          withValue: withValue === 1,
        })),
        checkUses: checkUses.map(([check, count, start, end]) => ({ check, count, at: at(start, end) })),
      }),
    ),
    products: links.products.map(([first, names, bindsVersion, lets, groups, uses]): ProductFacts => {
      const { id, nameAt, ...rest } = head(first);
      return {
        ...rest,
        id,
        nameAt,
        kind: 'product',
        names: new Map(
          names.map(([key, name, collection]) => [key, { name, ...(collection !== 0 && { collection }) }]),
        ),
        outline: {
          id,
          nameAt,
          bindsVersion: bindsVersion === 1,
          lets: lets.map(bound),
          groups: groups.map(bound),
          uses,
        },
      };
    }),
    patches: links.patches.map(([first, released, supersedes, fixes, uses]): PatchFacts => {
      const { id, nameAt, ...rest } = head(first);
      const day = released === 0 ? {} : { released };
      return {
        ...rest,
        id,
        nameAt,
        kind: 'patch',
        ...day,
        fixed: fixes.map(([name]) => name),
        supersedes: supersedes.map(([name, before, reversed, start, end]): Superseded => ({
          name,
          reversed: reversed === 1,
          at: at(start, end),
          ...(before !== 0 && { before }),
        })),
        outline: {
          id,
          nameAt,
          ...day,
          fixes: fixes.map(([name, start, end, isRange]): FixedOutline => ({
            name,
            at: at(start, end),
            isRange: isRange === 1,
          })),
          uses,
        },
      };
    }),
    bulletins: links.bulletins.map(([first, patches]): BulletinFacts => ({
      ...head(first),
      kind: 'bulletin',
      patches,
    })),
    checks: links.checks.map(([first, parameters, calls]): CheckFacts => ({
      ...head(first),
      kind: 'check',
      parameters,
      calls,
    })),
  };
}

type PlacesOfOne = Pick<ContextFacts, 'definitions' | 'references'>;

/** Places that are read when they are asked for. Getters of objects of their own would each cost a hidden class. */
class Placed implements PlacesOfOne {
  readonly #read: () => PlacesOfOne | undefined;

  constructor(read: () => PlacesOfOne | undefined) {
    this.#read = read;
  }

  get definitions(): readonly SymbolDefinition[] {
    return this.#read()?.definitions ?? [];
  }

  get references(): readonly SymbolReference[] {
    return this.#read()?.references ?? [];
  }
}
