/** The instances of a product, after sections 4.2 and 4.3. */
import type { Condition, Find, Let, Variant } from '../../../../server/src/model/content.ts';
import { decide, decideOn, elements, type Place, type Question } from './decide.ts';
import { isElement, read, type Element } from './read.ts';
import { ABSENT, and, spell, UNREADABLE, value, versionOf, type Truth, type Value } from './values.ts';

export interface Instance {
  readonly counts: Truth;
  readonly version: Value;
  readonly location: Value;
  readonly question: Question;
  readonly view?: Place;
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
function bindFirst(find: Extract<Find, { kind: 'each' }>, question: Question, counts: Truth): Question {
  const { each, unsure, gaps, away } = elements(find.name, find.from, find.where, question);
  const nothing = (is: Value): Question => ({
    ...question,
    names: new Map([
      ...question.names,
      [find.name.toLowerCase(), is],
      ...groups(find.where).map((g) => [g, is] as const),
    ]),
  });
  // 64-bit before 32-bit, and within one view what could not be listed before what could.
  const firstGap = unsure ? Math.min(...gaps.map(rankOf)) : 9;
  for (const { inside, belongs } of each) {
    if (belongs === 'false') continue;
    const element = inside.names.get(find.name.toLowerCase());
    const at = element !== undefined && isElement(element) ? placeOf(element) : '64';
    if (element !== undefined) LOOKED_UP.add(element);
    if (belongs === 'true' && firstGap > rankOf(at)) return inside;
    noteAway(question, away, counts);
    return nothing(UNREADABLE);
  }
  noteAway(question, away, counts);
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

/** 64-bit before 32-bit, the machine before its users. */
const rankOf = (place: Place): number => ({ '64': 0, '32': 1, user: 2 })[place];

const placeOf = (element: Element): Place => (element.of === 'user' ? 'user' : 'view' in element ? element.view : '64');

function noteAway({ seen }: Question, away: boolean, counts: Truth): void {
  if (away && seen !== undefined && counts !== 'false') seen.away = true;
}

/** What `let … in` bound, by which no instance is found. */
const LOOKED_UP = new WeakSet<object>();

/** The view of the key that an instance was found by. */
function viewOf(question: Question): { readonly view?: Place } {
  const [found] = [...question.names.values()].filter((one) => isElement(one)).filter((one) => !LOOKED_UP.has(one));
  return found === undefined ? {} : { view: placeOf(found) };
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
      if (first.first) return run(rest, bindFirst(first, question, counts), counts);
      const { each, unsure, gaps, away } = elements(first.name, first.from, first.where, question);
      noteAway(question, away, counts);
      const found = each.flatMap(({ inside, belongs }) =>
        belongs === 'false' ? [] : run(rest, inside, and(counts, belongs)),
      );
      const open: Instance = {
        counts: and(counts, 'unknown'),
        version: UNREADABLE,
        location: UNREADABLE,
        question,
        open: true,
        view: gaps.toSorted((a, b) => rankOf(a) - rankOf(b))[0] ?? '64',
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

export const detect = (id: string, question: Question): readonly Instance[] => detectWhole(id, question).instances;

/** Every candidate that is not proven to be none, and whether users were not logged on who may have more. */
export function detectWhole(
  id: string,
  question: Question,
): { readonly instances: readonly Instance[]; readonly away: boolean } {
  const seen = { away: false };
  return { instances: merged(id, { ...question, seen }), away: seen.away };
}

/** Merged by `one per`. */
function merged(id: string, question: Question): readonly Instance[] {
  const product = question.content.products.get(id.toLowerCase());
  if (product === undefined) throw new Error(`no product ${id}`);
  const bare = { ...question, names: new Map<string, Value>() };
  const all = product.variants.flatMap((variant: Variant) => run(variant.finds, bare, 'true'));
  const counted = all.filter(({ counts }) => counts !== 'false');
  if (product.onePer.length === 0) return counted;
  // 64-bit before 32-bit; what could not be listed may hold the first of its view.
  const rank = ({ view, open }: Instance): number => rankOf(view ?? '64') - (open ? 0.5 : 0);
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
