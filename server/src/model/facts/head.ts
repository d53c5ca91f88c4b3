/** What a workspace keeps of each file in memory as it is: its declarations' names, the names it uses, and what others see of it. */
import { isKnown, linkFile, NOTHING_LINKED, type NamePool } from '../link-file.ts';
import type { Location } from '../source.ts';
import type { DeclaredKind, SymbolReference } from '../symbols.ts';
import { isWindowsName } from '../windows-names.ts';
import type { DeclaredFacts, FileFacts } from './facts.ts';

export interface DeclaredHead {
  readonly kind: DeclaredKind;
  readonly id: string;
  readonly title?: string;
  /** Its place among the declarations of its kind in the file. */
  readonly ordinal: number;
  /** Its place among the contexts of the file. */
  readonly context: number;
  readonly damaged: boolean;
  /** Whatever linking another file against it depends on, besides its name. */
  readonly shows: string;
  /** Of a patch. */
  readonly released?: string;
  /** Of a product or check: the checks that it uses, in lower case. */
  readonly calls?: readonly string[];
}

/** A name that a file uses and does not declare. */
export type Need = readonly [kind: SymbolReference['kind'], id: string];

export interface FileHead {
  /** Products, bulletins, patches and checks, in this order: of two in one file with one name the first counts. */
  readonly declared: readonly DeclaredHead[];
  /** The names of the workspace that it declares or uses, in lower case. */
  readonly names: readonly string[];
  /** What must be known for nothing to be said of it; undefined where linking must look at all of it. */
  readonly needs: readonly Need[] | undefined;
  /** Whether it says what supersedes what, or what a bulletin holds. */
  readonly supersedes: boolean;
}

/** The head of a file that stays as it is for a while: what it needs of others is worked out. */
export const settledHead = (facts: FileFacts): FileHead => ({ ...headOf(facts), needs: needsOf(facts) });

/** The head of a file; linking it looks at all of it. */
export function headOf(facts: FileFacts): FileHead {
  const { products, patches, bulletins, checks, contexts } = facts;
  const damaged = ({ context }: DeclaredFacts): boolean => contexts[context]?.damaged === true;
  const of = (one: DeclaredFacts, ordinal: number) => ({
    kind: one.kind,
    id: one.id,
    ...(one.title !== undefined && { title: one.title }),
    ordinal,
    context: one.context,
    damaged: damaged(one),
    shows: '',
  });
  return {
    declared: [
      ...products.map((one, index): DeclaredHead => {
        const bound = [...one.names.values()].map(({ name, collection }) => `${name}:${collection ?? ''}`);
        const calls = [...new Set(contexts[one.context]?.checkUses.map(({ check }) => check.toLowerCase()))];
        const shows = `${damaged(one)} ${bound.join(' ')}`;
        return { ...of(one, index), shows, ...(calls.length > 0 && { calls }) };
      }),
      ...bulletins.map(of),
      ...patches.map((one, index): DeclaredHead => {
        const { released } = one;
        return { ...of(one, index), ...(released !== undefined && { released }) };
      }),
      ...checks.map((one, index): DeclaredHead => {
        const shows = `${damaged(one)} ${one.parameters.join(' ')}`;
        return { ...of(one, index), shows, ...(one.calls.length > 0 && { calls: one.calls }) };
      }),
    ].filter(({ id }) => id !== ''),
    names: [...namesOf(facts)],
    needs: undefined,
    supersedes: bulletins.length > 0 || patches.some((one) => one.supersedes.length > 0),
  };
}

/** Whether two heads say the same: then an edit leaves all that is known of names as it is. */
export function sameHead(a: FileHead, b: FileHead): boolean {
  return (
    a.supersedes === b.supersedes &&
    a.needs === b.needs &&
    isSameList(a.names, b.names, (one, other) => one === other) &&
    isSameList(a.declared, b.declared, isSameDeclared)
  );
}

const isSameList = <T>(a: readonly T[], b: readonly T[], isSame: (one: T, other: T) => boolean): boolean =>
  a.length === b.length &&
  a.every((one, index) => {
    const other = b[index];
    return other !== undefined && isSame(one, other);
  });

const isSameDeclared = (a: DeclaredHead, b: DeclaredHead): boolean =>
  a.kind === b.kind &&
  a.id === b.id &&
  a.title === b.title &&
  a.ordinal === b.ordinal &&
  a.context === b.context &&
  a.damaged === b.damaged &&
  a.shows === b.shows &&
  a.released === b.released &&
  isSameList(a.calls ?? [], b.calls ?? [], (one, other) => one === other);

function namesOf({ contexts, products, patches, bulletins, checks }: FileFacts): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { references, checkUses } of contexts) {
    for (const { kind, name } of references) if (kind !== 'local') names.add(name.toLowerCase());
    for (const { check } of checkUses) names.add(check.toLowerCase());
  }
  for (const { fixed } of patches) for (const name of fixed) names.add(name.toLowerCase());
  for (const { id } of [...products, ...patches, ...bulletins, ...checks]) names.add(id.toLowerCase());
  names.delete('');
  return names;
}

/** Links the file by itself, as if all that it does not declare were there; undefined where that does not settle it. */
function needsOf(facts: FileFacts): readonly Need[] | undefined {
  const own = new Map<DeclaredKind, Map<string, DeclaredFacts>>([
    ['product', byId(facts.products)],
    ['patch', byId(facts.patches)],
    ['bulletin', byId(facts.bulletins)],
    ['check', byId(facts.checks)],
  ]);
  let isSettled = true;
  const asks = <T>(found: T | undefined, id: string): T | undefined => {
    if (found === undefined && !isWindowsName(id)) isSettled = false;
    return found;
  };
  const isDamaged = ({ context }: DeclaredFacts): boolean => facts.contexts[context]?.damaged === true;
  const pool: NamePool = {
    has: (kind, id) => own.get(kind)?.has(id) === true,
    ids: () => [],
    product: (id) => {
      const one = asks(
        facts.products.find((product) => product.id.toLowerCase() === id),
        id,
      );
      return one && { names: one.names, damaged: isDamaged(one) };
    },
    check: (id) => {
      const one = asks(
        facts.checks.find((check) => check.id.toLowerCase() === id),
        id,
      );
      return one && { id: one.id, parameters: one.parameters, damaged: isDamaged(one) };
    },
    counts: () => true,
    suggestions: new Map(),
  };
  const needs = new Map<string, Need>();
  for (const { references } of facts.contexts) {
    for (const { kind, name } of references) {
      const id = name.toLowerCase();
      if (kind !== 'local' && id !== '' && !isKnown(pool, kind, id)) needs.set(`${kind} ${id}`, [kind, id]);
    }
  }
  const lenient: NamePool = { ...pool, has: () => true };
  return linkFile(lenient, facts) === NOTHING_LINKED && isSettled ? [...needs.values()] : undefined;
}

const byId = (all: readonly DeclaredFacts[]): Map<string, DeclaredFacts> =>
  new Map(all.map((one) => [one.id.toLowerCase(), one]));

/** Where the name of a declaration stands. */
export function nameAtOf(facts: FileFacts, { kind, ordinal }: DeclaredHead): Location | undefined {
  const all = {
    product: facts.products,
    patch: facts.patches,
    bulletin: facts.bulletins,
    check: facts.checks,
  }[kind];
  return all[ordinal]?.nameAt;
}
