/** The instances of a product, after sections 4.2 and 4.3. */
import type { Condition, Find, Let, Variant } from '../../../../server/src/model/content.ts';
import { decide, decideOn, elements, type Question } from './decide.ts';
import { isElement, read } from './read.ts';
import { ABSENT, and, spell, UNREADABLE, value, versionOf, type Truth, type Value } from './values.ts';

export interface Instance {
  readonly counts: Truth;
  readonly version: Value;
  readonly location: Value;
  readonly question: Question;
  readonly view?: string;
  /** It stands for what could not be listed. */
  readonly open: boolean;
}

export function bind(statement: Let, question: Question): Value {
  const chosen = choose(statement, question);
  if (statement.name.toLowerCase() !== 'version' || chosen.is !== 'value') return chosen;
  const said = spell(chosen.datum);
  return versionOf(chosen.datum) === undefined ? UNREADABLE : value({ kind: 'version', text: said });
}

function choose({ choices }: Let, question: Question): Value {
  for (const { value: reading, when } of choices) {
    const taken = when === undefined ? 'true' : decide(when, question);
    if (taken === 'unknown') return UNREADABLE;
    if (taken === 'false') continue;
    const found = read(reading, question);
    if (found.is === 'unreadable') return found;
    if (found.is === 'value' && !(found.datum.kind === 'text' && found.datum.text === '')) return found;
  }
  // Empty text counts as absent, at the end of the chain as well.
  return ABSENT;
}

/** `let … in`: the first element that fits, unless one that may be the first cannot be told. */
function bindFirst(find: Extract<Find, { kind: 'each' }>, question: Question): Question {
  const { each, unsure, gaps } = elements(find.name, find.from, find.where, question);
  const nothing = (is: Value): Question => ({
    ...question,
    names: new Map([
      ...question.names,
      [find.name.toLowerCase(), is],
      ...groups(find.where).map((g) => [g, is] as const),
    ]),
  });
  // 64-bit before 32-bit, and within one view what could not be listed before what could.
  const firstGap = unsure ? Math.min(...(gaps.length > 0 ? gaps : ['64']).map((view) => (view === '32' ? 1 : 0))) : 2;
  for (const { inside, belongs } of each) {
    if (belongs === 'false') continue;
    const element = inside.names.get(find.name.toLowerCase());
    const view = element !== undefined && isElement(element) && 'view' in element && element.view === '32' ? 1 : 0;
    if (element !== undefined) LOOKED_UP.add(element);
    return belongs === 'unknown' || firstGap <= view ? nothing(UNREADABLE) : inside;
  }
  return nothing(unsure ? UNREADABLE : ABSENT);
}

/** The names that a `where` binds. */
function groups(where: Condition | undefined): readonly string[] {
  if (where?.kind === 'all') return where.of.flatMap(groups);
  if (where?.kind !== 'compare' || where.predicate.kind !== 'test' || where.predicate.test.kind !== 'matches')
    return [];
  return [...where.predicate.test.regex.pattern.matchAll(/\(\?<(\w+)>/g)].map((group) =>
    (group[1] ?? '').toLowerCase(),
  );
}

/** What `let … in` bound, by which no instance is found. */
const LOOKED_UP = new WeakSet<object>();

/** The view of the key that an instance was found by. */
function viewOf(question: Question): { readonly view?: string } {
  const keys = [...question.names.values()].flatMap((one) =>
    isElement(one) && 'view' in one && !LOOKED_UP.has(one) ? [one] : [],
  );
  return keys[0] === undefined ? {} : { view: keys[0].view };
}

function run(finds: readonly Find[], question: Question, counts: Truth): readonly Instance[] {
  const [first, ...rest] = finds;
  if (first === undefined) {
    const name = (of: string): Value => (question.names.get(of) as Value | undefined) ?? ABSENT;
    return [
      { counts, version: name('version'), location: name('location'), question, open: false, ...viewOf(question) },
    ];
  }
  switch (first.kind) {
    case 'each': {
      if (first.first) return run(rest, bindFirst(first, question), counts);
      const { each, unsure, gaps } = elements(first.name, first.from, first.where, question);
      const found = each.flatMap(({ inside, belongs }) =>
        belongs === 'false' ? [] : run(rest, inside, and(counts, belongs)),
      );
      const open: Instance = {
        counts: and(counts, 'unknown'),
        version: UNREADABLE,
        location: UNREADABLE,
        question,
        open: true,
        view: gaps.toSorted().at(-1) ?? '64',
      };
      return unsure ? [...found, open] : found;
    }
    case 'let': {
      const names = new Map([...question.names, [first.name.toLowerCase(), bind(first, question)] as const]);
      return run(rest, { ...question, names }, counts);
    }
    case 'on':
      return run(rest, question, and(counts, decideOn(first.scopes, question)));
    case 'installed-when':
      return run(rest, question, and(counts, decide(first.condition, question)));
  }
}

/** Every candidate that is not proven to be none, merged by `one per`. */
export function detect(id: string, question: Question): readonly Instance[] {
  const product = question.content.products.get(id.toLowerCase());
  if (product === undefined) throw new Error(`no product ${id}`);
  const bare = { ...question, names: new Map<string, Value>() };
  const all = product.variants.flatMap((variant: Variant) => run(variant.finds, bare, 'true'));
  const counted = all.filter(({ counts }) => counts !== 'false');
  if (product.onePer.length === 0) return counted;
  // 64-bit before 32-bit; what could not be listed may hold the first of its view.
  const rank = ({ view, open }: Instance): number => (view === '32' ? 1 : 0) - (open ? 0.5 : 0);
  const seen = new Set<string>();
  let doubt = false;
  return [...counted]
    .sort((a, b) => rank(a) - rank(b))
    .flatMap((one): readonly Instance[] => {
      const by = product.onePer.map((name): Value => {
        const bound = one.question.names.get(name.toLowerCase());
        return one.open || bound === undefined || isElement(bound) ? UNREADABLE : bound;
      });
      if (by.some(({ is }) => is === 'absent')) return [one];
      // Whether it is one of the others cannot be known, so those after it may be it.
      const doubted: Instance = doubt ? { ...one, counts: and(one.counts, 'unknown') } : one;
      if (by.some(({ is }) => is === 'unreadable')) {
        doubt = true;
        return [doubted];
      }
      const mark = JSON.stringify(
        by.map((each) => (each.is === 'value' ? spell(each.datum).trim().toLowerCase() : '')),
      );
      if (seen.has(mark)) return [];
      seen.add(mark);
      return [doubted];
    });
}
