/** What conditions come to, after sections 4.3 and 4.5 to 4.8. Nothing is skipped: everything is evaluated. */
import type {
  Bound,
  Collection,
  Comparison,
  Condition,
  Content,
  Predicate,
  Reading,
  Scope as On,
  StateTest,
  Template,
  Test,
  Thing,
} from '../../../../server/src/model/content.ts';
import { detectWhole } from './detect.ts';
import {
  afterSteps,
  expand,
  fromSource,
  places,
  read,
  viewsOf,
  physicalKey,
  type Element,
  type Scope,
} from './read.ts';
import {
  and,
  compare,
  not,
  or,
  order,
  partsOf,
  spell,
  toDate,
  truth,
  type Datum,
  type Truth,
  type Value,
  versionOf,
} from './values.ts';
import * as world from './world.ts';

export interface Question extends Scope {
  readonly content: Content;
  /** Where a product notes that it looked for what users have who are not logged on. */
  readonly seen?: { away: boolean };
}

const withNames = (question: Question, more: readonly (readonly [string, Value | Element])[]): Question => ({
  ...question,
  names: new Map([...question.names, ...more]),
});

// ---------- collections

/** Elements, each with whether it is there at all; `partly` where some could not be listed, and in which views that was. */
export interface Listed {
  readonly elements: readonly { readonly element: Element; readonly there: Truth }[];
  readonly partly: boolean;
  readonly gaps?: readonly Place[];
  /** Where all of it is, unless in the view that was asked for. */
  readonly from?: Place;
  /** Users are not logged on, whose entries may be missing. */
  readonly away?: boolean;
}

/** In the order in which the first of two is taken. */
export type Place = '64' | '32' | 'user';

const UNINSTALL = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall';

interface Step {
  readonly path: string;
  readonly there: Truth;
}

/** Walks a pattern part by part. */
function walk(
  pattern: string,
  list: (path: string) => world.Answer<readonly string[]>,
  exists: (path: string, last: boolean) => Truth,
): { readonly found: readonly Step[]; readonly partly: boolean } {
  const [root = '', ...parts] = pattern.split('\\');
  let partly = false;
  let now: readonly Step[] = [{ path: root, there: 'true' }];
  const below = (step: Step): readonly Step[] => {
    const all = list(step.path);
    if (all.is === 'unreadable') partly = true;
    if (all.is !== 'value') return [];
    return [step, ...all.value.flatMap((name) => below({ path: `${step.path}\\${name}`, there: 'true' }))];
  };
  parts.forEach((part, i) => {
    if (part === '**') {
      now = now.flatMap(below);
      return;
    }
    const listed = /[*?]/.test(part) || parts[i - 1] === '**';
    now = now.flatMap((step): readonly Step[] => {
      if (!listed) return [{ path: `${step.path}\\${part}`, there: step.there }];
      const all = list(step.path);
      if (all.is === 'unreadable') partly = true;
      if (all.is !== 'value') return [];
      return all.value
        .filter((name) => likeText(name, part))
        .map((name) => ({ path: `${step.path}\\${name}`, there: 'true' }));
    });
    if (i === parts.length - 1) now = now.map((step) => ({ ...step, there: exists(step.path, listed) }));
  });
  return { found: now.filter((step) => step.there !== 'false'), partly };
}

const presence = (answer: world.Answer<unknown>): Truth =>
  answer.is === 'value' ? 'true' : answer.is === 'absent' ? 'false' : 'unknown';

function likeText(said: string, pattern: string): boolean {
  const escaped = [...pattern].map((c) => (c === '*' ? '[^]*' : c === '?' ? '[^]' : c.replace(/[^\w\s]/u, '\\$&')));
  return new RegExp(`^${escaped.join('')}$`, 'i').test(said);
}

function listKeys(pattern: string, question: Question, view: Place, of: 'key' | 'program'): Listed {
  const { world: on } = question;
  const names = (path: string): world.Answer<readonly string[]> => world.subkeys(on, path);
  const { found, partly } = walk(pattern, names, (path, listed) =>
    listed ? 'true' : presence(world.keyExists(on, path)),
  );
  return { elements: found.map(({ path, there }) => ({ element: { of, path, view }, there })), partly, from: view };
}

/** The same in the hive of each user. */
function listOfUsers(rest: string, question: Question, of: 'key' | 'program'): readonly Listed[] {
  return world.loadedUsers(question.world).map((sid) => listKeys(`HKU\\${sid}\\${rest}`, question, 'user', of));
}

/** Whether there are users who cannot be looked at. */
function isAnyoneAway({ world: on }: Question): boolean {
  const { sids, unlisted } = world.awayUsers(on);
  return sids.length > 0 || unlisted;
}

function listFiles(pattern: string, question: Question, of: 'file' | 'folder'): Listed {
  const { world: on } = question;
  const names = (path: string): world.Answer<readonly string[]> => {
    const all = world.entriesOf(on, path);
    return all.is === 'value' ? { is: 'value', value: all.value.map((one) => one.name) } : all;
  };
  const isThere = (path: string, listed: boolean): Truth => {
    if (listed && world.isDenied(on, path)) {
      // The parent's list says what it is.
      const isFile = Object.keys(on.files).some((one) => one.toLowerCase() === path.toLowerCase());
      return truth(isFile === (of === 'file'));
    }
    return presence(of === 'file' ? world.fileAt(on, path) : world.folderExists(on, path));
  };
  const { found, partly } = walk(pattern, names, isThere);
  return { elements: found.map(({ path, there }) => ({ element: { of, path }, there })), partly };
}

function listOne(pattern: Template, collection: Collection, question: Question): readonly Listed[] {
  const keys = collection.kind === 'keys' || collection.kind === 'values';
  const views = viewsOf(collection.view, question.target);
  const written = expand(pattern, question);
  if (keys && written.is === 'value' && /^HKCU\\/i.test(spell(written.datum))) {
    const open: Listed = { elements: [], partly: isAnyoneAway(question), from: '64' };
    return [open, ...listOfUsers(spell(written.datum).slice('HKCU\\'.length), question, 'key')];
  }
  return places(pattern, collection.view, question, keys).map((place, i): Listed => {
    if (place.is !== 'value') return { elements: [], partly: place.is === 'unreadable' };
    const path = spell(place.datum);
    if (collection.kind === 'keys') return listKeys(path, question, views[i] ?? '64', 'key');
    if (collection.kind !== 'values') return listFiles(path, question, collection.kind === 'files' ? 'file' : 'folder');
    const all = world.valuesOf(question.world, path);
    if (all.is !== 'value') return { elements: [], partly: all.is === 'unreadable' };
    const elements = Object.entries(all.value).map(([name, data]) => ({
      element: { of: 'value', key: path.toLowerCase(), name, data } as const,
      there: 'true' as const,
    }));
    return { elements, partly: false };
  });
}

const identity = (element: Element): string =>
  JSON.stringify('path' in element ? [element.of, element.path.toLowerCase()] : element);

/** The elements of a collection, each physical thing once. */
export function list(collection: Collection, question: Question): Listed {
  // Only keys know of views when they are merged.
  const keyed = ['keys', 'values', 'programs'].includes(collection.kind);
  const wanted = collection.kind === 'programs' ? 'both' : collection.view;
  const views: readonly Place[] = keyed ? viewsOf(wanted, question.target) : ['64'];
  const lists: readonly Listed[] =
    collection.kind === 'programs'
      ? [
          ...viewsOf('both', question.target).map((view) =>
            listKeys(`${physicalKey(UNINSTALL, view, question.target)}\\*`, question, view, 'program'),
          ),
          ...listOfUsers(`${UNINSTALL.slice('HKLM\\'.length)}\\*`, question, 'program'),
          { elements: [], partly: false, away: isAnyoneAway(question) },
        ]
      : collection.kind === 'users'
        ? [usersOf(question)]
        : collection.kind === 'services'
          ? [
              {
                elements: Object.keys(question.world.services).map((name) => ({
                  element: { of: 'service', name } as const,
                  there: 'true' as const,
                })),
                partly: false,
              },
            ]
          : collection.patterns.flatMap((pattern) => listOne(pattern, collection, question));
  const all = lists.flatMap(({ elements }) => elements);
  const first = all.filter(
    (one, i) => all.findIndex((other) => identity(other.element) === identity(one.element)) === i,
  );
  const unsure = ({ elements: some, partly }: Listed): boolean =>
    partly || some.some(({ there }) => there === 'unknown');
  const gaps = lists.flatMap((one, i) => (unsure(one) ? [one.from ?? views[i % views.length] ?? '64'] : []));
  return { elements: first, partly: lists.some(({ partly }) => partly), gaps, away: lists.some(({ away }) => away) };
}

function usersOf(question: Question): Listed {
  const { sids, unlisted } = world.awayUsers(question.world);
  const elements = [...world.loadedUsers(question.world), ...sids].map((sid) => ({
    element: { of: 'user', sid } as const,
    there: 'true' as const,
  }));
  return { elements, partly: unlisted };
}

// ---------- predicates

function oneTest(test: Exclude<Test, { kind: 'age' | 'reaches' }>, datum: Datum, question: Question): Truth {
  const pair = (reading: Reading, judge: (expected: Datum) => Truth): Truth => {
    const expected = read(reading, question);
    return expected.is === 'unreadable' ? 'unknown' : expected.is === 'absent' ? 'false' : judge(expected.datum);
  };
  const inText = (reading: Reading, judge: (said: string, wanted: string) => boolean): Truth =>
    pair(reading, (expected) => truth(judge(spell(datum).toLowerCase(), spell(expected).toLowerCase())));
  switch (test.kind) {
    case 'range':
      return and(...test.bounds.map((bound) => against(bound, datum, question)));
    case 'contains':
      return inText(test.value, (said, wanted) => said.includes(wanted));
    case 'starts-with':
      return inText(test.value, (said, wanted) => said.startsWith(wanted));
    case 'ends-with':
      return inText(test.value, (said, wanted) => said.endsWith(wanted));
    case 'like': {
      const pattern = expand(test.pattern, question);
      return pattern.is === 'value'
        ? truth(likeText(spell(datum), spell(pattern.datum)))
        : pattern.is === 'absent'
          ? 'false'
          : 'unknown';
    }
    case 'matches':
      return truth(new RegExp(test.regex.pattern, test.regex.flags).test(spell(datum)));
  }
}

/** One bound. What is compared with an absent value is not equal to it, and nothing else. */
function against(bound: Bound, datum: Datum, question: Question): Truth {
  const expected = read(bound.value, question);
  if (expected.is === 'unreadable') return 'unknown';
  return expected.is === 'absent' ? truth(bound.operator === '!=') : ordered(bound, datum, expected.datum);
}

function ordered(bound: Bound, datum: Datum, expected: Datum): Truth {
  const how = compare(datum, expected, bound.operator !== '=' && bound.operator !== '!=');
  if (how === undefined) return 'unknown';
  switch (bound.operator) {
    case '=':
      return truth(how === 0);
    case '!=':
      return truth(how !== 0);
    case '<':
      return truth(how < 0);
    case '<=':
      return truth(how <= 0);
    case '>':
      return truth(how > 0);
    case '>=':
      return truth(how >= 0);
  }
}

function reaches(test: Extract<Test, { kind: 'reaches' }>, datum: Datum): Truth {
  const at = versionOf(datum);
  if (at === undefined) return 'unknown';
  const NONE = { number: 0n, letters: '' };
  const rows = test.rows.map((row) => {
    const fixed = partsOf(row.fixed) ?? [];
    const from = row.from === undefined ? [...fixed.slice(0, -1), NONE] : (partsOf(row.from) ?? []);
    const length = Math.max(fixed.length, from.length);
    let shared = 0;
    while (shared < length && order([fixed[shared] ?? NONE], [from[shared] ?? NONE]) === 0) shared++;
    const covers =
      order(at, from) >= 0 &&
      Array.from({ length: shared }).every((_, i) => order([at[i] ?? NONE], [fixed[i] ?? NONE]) === 0);
    return { fixed, from, covers };
  });
  const covering = rows.filter(({ covers }) => covers).sort((a, b) => order(b.from, a.from));
  const governing = covering[0];
  if (governing !== undefined) return truth(order(at, governing.fixed) >= 0);
  return test.otherwise === undefined ? 'unknown' : truth(test.otherwise);
}

/** A test of one thing, or of the items of a list. */
function tested(predicate: Extract<Predicate, { kind: 'test' }>, datum: Datum, question: Question): Truth {
  if (datum.kind !== 'list') return single(predicate.test, datum, question);
  const each = datum.items.map((item) => single(predicate.test, { kind: 'text', text: item }, question));
  return predicate.quantifier === 'all' ? and(...each) : or(...each);
}

function single(test: Test, datum: Datum, question: Question): Truth {
  if (test.kind === 'reaches') return reaches(test, datum);
  if (test.kind !== 'age') return oneTest(test, datum, question);
  const time = toDate(datum);
  if (time === undefined) return 'unknown';
  const seconds = (question.target.now.getTime() - time) / 1000;
  return truth(test.than === 'older' ? seconds > test.seconds : seconds < test.seconds);
}

function stated(what: StateTest, datum: Datum, question: Question): Truth {
  if (what.kind === 'word') {
    const word = what.word.toLowerCase();
    const is = spell(datum).toLowerCase();
    return truth(is === word || (word === 'server' && is === 'domain-controller'));
  }
  if (what.kind !== 'one-of') throw new Error(`the naive evaluation knows no is ${what.kind}`);
  const one = (reading: Reading): Truth => {
    const expected = read(reading, question);
    if (expected.is !== 'value') return expected.is === 'absent' ? 'false' : 'unknown';
    const how = compare(datum, expected.datum);
    return how === undefined ? 'unknown' : truth(how === 0);
  };
  return or(...what.values.map(one));
}

/** What is under comparison: for a thing without a property, that it is there. */
function subject(of: Comparison['subject'], question: Question): Value {
  const anyOf = (all: readonly Value[], test: (path: string) => Truth): Value => {
    const one = (place: Value): Value => {
      if (place.is !== 'value') return place;
      const there = test(spell(place.datum));
      return there === 'true' ? place : there === 'false' ? { is: 'absent' } : { is: 'unreadable' };
    };
    return all.map(one).find((each) => each.is !== 'absent') ?? { is: 'absent' };
  };
  const { world: on } = question;
  if (!of.kind.startsWith('thing-')) return fromSource(of as Exclude<Comparison['subject'], Thing>, question);
  const thing = of as Thing;
  switch (thing.kind) {
    case 'thing-key':
      return anyOf(places(thing.key, thing.view, question, true), (path) => presence(world.keyExists(on, path)));
    case 'thing-file':
      return anyOf(places(thing.path, thing.view, question, false), (path) => presence(world.fileAt(on, path)));
    case 'thing-folder':
      return anyOf(places(thing.path, thing.view, question, false), (path) => presence(world.folderExists(on, path)));
    case 'thing-service': {
      const name = expand(thing.name, question);
      if (name.is !== 'value') return name;
      const found = world.serviceAt(on, spell(name.datum));
      return found.is === 'value' ? { is: 'value', datum: { kind: 'text', text: found.value.state } } : found;
    }
    default:
      throw new Error(`the naive evaluation knows no ${thing.kind}`);
  }
}

function comparison(of: Comparison, question: Question): Truth {
  const found = afterSteps(subject(of.subject, question), of.steps, question);
  const { predicate } = of;
  if (predicate.kind === 'exists' || (predicate.kind === 'is' && predicate.what.kind === 'absent')) {
    const wanted = predicate.kind === 'exists' || predicate.negated;
    if (found.is === 'unreadable') return 'unknown';
    if (found.is === 'absent' && of.ifPresent) return 'true';
    return truth((found.is === 'value') === wanted);
  }
  if (found.is === 'unreadable') return 'unknown';
  const negated = predicate.kind === 'is' && predicate.negated;
  if (found.is === 'absent') {
    if (of.ifPresent || negated) return 'true';
    return truth(
      predicate.kind === 'test' &&
        predicate.test.kind === 'range' &&
        predicate.test.bounds.every(({ operator }) => operator === '!='),
    );
  }
  if (predicate.kind === 'is') {
    const is = stated(predicate.what, found.datum, question);
    return negated ? not(is) : is;
  }
  return tested(predicate, found.datum, question);
}

// ---------- conditions

export function decideOn(scopes: readonly On[], question: Question): Truth {
  const { os } = question.target;
  return or(
    ...scopes.map(({ name, bounds }) => {
      const bears = truth(os.names.some((one) => one.toLowerCase() === name.toLowerCase()));
      const version: Datum = { kind: 'version', text: os.version };
      return and(
        bears,
        ...bounds.map((bound) => {
          const expected = read(bound.value, question);
          return expected.is === 'value'
            ? ordered(bound, version, expected.datum)
            : expected.is === 'absent'
              ? 'false'
              : 'unknown';
        }),
      );
    }),
  );
}

/** Elements with what is known of their belonging; `unsure` where one may be there that is not known to be. */
interface Chosen {
  readonly each: readonly { readonly inside: Question; readonly belongs: Truth }[];
  readonly unsure: boolean;
  readonly gaps: readonly Place[];
  /** Users are not logged on, which is said of the product and is no instance. */
  readonly away: boolean;
}

/** Three lists of the elements: those that are there by `where`, with what is known of that, and the names that it binds. */
export function elements(name: string, from: Collection, where: Condition | undefined, question: Question): Chosen {
  const listed = list(from, question);
  const sure = listed.elements.filter(({ there }) => there === 'true');
  const each = sure.map(({ element }) => {
    const bare = withNames(question, [[name.toLowerCase(), element]]);
    const inside = where === undefined ? bare : withNames(bare, captures(where, bare));
    return { inside, belongs: where === undefined ? 'true' : decide(where, inside) };
  });
  // A thing that may be there makes a collection that is only partly readable.
  return {
    each,
    gaps: listed.gaps ?? [],
    away: listed.away === true,
    unsure: listed.partly || listed.elements.some(({ there }) => there === 'unknown'),
  };
}

/** The named groups of the `matches` in a `where`. */
function captures(where: Condition, question: Question): readonly (readonly [string, Value])[] {
  if (where.kind === 'all') return where.of.flatMap((one) => captures(one, question));
  if (where.kind !== 'compare' || where.predicate.kind !== 'test' || where.predicate.test.kind !== 'matches') return [];
  const { regex } = where.predicate.test;
  const names = [...regex.pattern.matchAll(/\(\?<(\w+)>/g)].map((group) => (group[1] ?? '').toLowerCase());
  const found = afterSteps(subject(where.subject, question), where.steps, question);
  const match = found.is === 'value' ? new RegExp(regex.pattern, regex.flags).exec(spell(found.datum)) : null;
  return names.map((name): readonly [string, Value] => {
    if (found.is !== 'value') return [name, found];
    const said = Object.entries(match?.groups ?? {}).find(([one]) => one.toLowerCase() === name)?.[1];
    return [name, said === undefined ? { is: 'absent' } : { is: 'value', datum: { kind: 'text', text: said } }];
  });
}

/** Whether a version is within bounds. */
export function inRange(version: Value, bounds: readonly Bound[], question: Question): Truth {
  return and(
    ...bounds.map((bound): Truth => {
      const expected = read(bound.value, question);
      if (version.is === 'unreadable' || expected.is === 'unreadable') return 'unknown';
      if (version.is === 'absent') return truth(bound.operator === '!=');
      return expected.is === 'absent'
        ? 'false'
        : ordered(bound, { kind: 'version', text: spell(version.datum) }, expected.datum);
    }),
  );
}

export function decide(condition: Condition, question: Question): Truth {
  switch (condition.kind) {
    case 'not':
      return not(decide(condition.of, question));
    case 'all':
      return and(...condition.of.map((one) => decide(one, question)));
    case 'any':
      return or(...condition.of.map((one) => decide(one, question)));
    case 'some':
    case 'every': {
      const { each, unsure: partly, away } = elements(condition.name, condition.from, condition.where, question);
      const unsure = partly || away;
      const body = (inside: Question): Truth => and(...condition.of.map((one) => decide(one, inside)));
      const open: Truth = unsure ? 'unknown' : condition.kind === 'some' ? 'false' : 'true';
      return condition.kind === 'some'
        ? or(open, ...each.map(({ inside, belongs }) => and(belongs, body(inside))))
        : and(open, ...each.map(({ inside, belongs }) => or(not(belongs), body(inside))));
    }
    case 'on':
      return decideOn(condition.scopes, question);
    case 'use-check': {
      const used = question.content.checks.get(condition.check.toLowerCase());
      if (used === undefined) return 'unknown';
      const args = used.parameters.map((name, i) => {
        const arg = condition.args[i];
        if (arg === undefined) throw new Error('too few arguments');
        return [name.toLowerCase(), read(arg, question)] as const;
      });
      const inside = { ...question, names: new Map(args) };
      return and(...used.conditions.map((one) => decide(one, inside)));
    }
    case 'use-product': {
      const { instances, away } = detectWhole(condition.product, question);
      const { test } = condition;
      // One who is not logged on may have it.
      const others: Truth = away ? 'unknown' : 'false';
      if (test.kind === 'installed') {
        const is = or(others, ...instances.map(({ counts }) => counts));
        return test.negated ? not(is) : is;
      }
      return or(
        others,
        ...instances.map(({ counts, version }) => and(counts, inRange(version, test.bounds, question))),
      );
    }
    case 'compare':
      return comparison(condition, question);
  }
}
