/** Predicates on one reading: the table of language.md 4.5, with its columns for absent and unreadable. */
import type { Bound, Predicate, Reading, StateTest, Test } from '../model/content.ts';
import { spendMany, type Context, type Names } from './context.ts';
import { compareValues } from './compare.ts';
import { FALSE, PENDING, TRUE, and, not, or, proven, unknown, type Judged, type Tri } from './kleene.ts';
import { fits, type PatternToken } from './patterns.ts';
import { governingVersion } from './reaches.ts';
import { evaluateReading } from './readings.ts';
import { matcherOn } from './regex.ts';
import { likePattern } from './templates.ts';
import { fold, sameText } from './text.ts';
import { showRead, textOf, textValue, toDate, toVersion, type Read, type Value } from './values.ts';

/** A verdict with what was expected, in words. */
export interface Tested extends Judged {
  readonly expected: string;
  /** The version that the observed one had to reach, where there was one. */
  readonly least?: Value;
}

/** Judges a predicate on a reading. */
export function judgePredicate(
  context: Context,
  names: Names | undefined,
  of: { readonly read: Read; readonly predicate: Predicate; readonly ifPresent: boolean },
): Tested {
  const { read, predicate } = of;
  if (read.state === 'absent' && of.ifPresent) return { ...TRUE, expected: `${describe(predicate)} if present` };
  switch (predicate.kind) {
    case 'exists':
      return { ...existence(read), expected: 'exists' };
    case 'is':
      return isState(context, names, { read, negated: predicate.negated, what: predicate.what });
    case 'test':
      return quantified(context, names, { read, test: predicate.test, quantifier: predicate.quantifier });
  }
}

function existence(read: Read<unknown>): Judged {
  if (read.state === 'unreadable') return unknown(read.reason);
  if (read.state === 'pending') return PENDING;
  return proven(read.state === 'present');
}

function isState(
  context: Context,
  names: Names | undefined,
  of: { readonly read: Read; readonly negated: boolean; readonly what: StateTest },
): Tested {
  const positive = positiveState(context, names, of.read, of.what);
  return {
    ...positive,
    verdict: of.negated ? not(positive.verdict) : positive.verdict,
    expected: `${of.negated ? 'is not' : 'is'} ${positive.expected}`,
  };
}

function positiveState(context: Context, names: Names | undefined, read: Read, what: StateTest): Tested {
  switch (what.kind) {
    case 'absent': {
      const exists = existence(read);
      return { ...exists, verdict: not(exists.verdict), expected: 'absent' };
    }
    case 'installed':
      return { ...existence(read), expected: 'installed' };
    case 'unknown':
      // Unknown never becomes true: what could not be read leaves this check unknown as well.
      return { ...onPresent(read, () => FALSE, FALSE), expected: 'unknown' };
    case 'word':
      return { ...onPresent(read, (value) => proven(isWord(value, what.word)), FALSE), expected: what.word };
    case 'one-of':
      return oneOf(context, names, read, what.values);
  }
}

/** A domain controller is also a server. */
function isWord(value: Value, word: string): boolean {
  const text = textOf(value);
  return sameText(text, word) || (sameText(text, 'domain-controller') && sameText(word, 'server'));
}

function oneOf(context: Context, names: Names | undefined, read: Read, values: readonly Reading[]): Tested {
  const bounds = values.map((value): Bound => ({ operator: '=', value }));
  const results = bounds.map((bound) => range(context, names, read, [bound]));
  const expected = `one of ${results.map((result) => result.expected.replace(/^= /, '')).join(', ')}`;
  return { ...combine(results, or), expected };
}

function quantified(
  context: Context,
  names: Names | undefined,
  of: { readonly read: Read; readonly test: Test; readonly quantifier: 'any' | 'all' | undefined },
): Tested {
  const { read, test } = of;
  if (read.state !== 'present' || read.value.kind !== 'list') return judgeTest(context, names, read, test);
  const results = read.value.items.map((item) =>
    judgeTest(context, names, { state: 'present', value: textValue(item) }, test),
  );
  const expected = `${of.quantifier ?? 'any'} ${results[0]?.expected ?? describeTest(test)}`;
  // `!=` is `not =`: without a word, no item may be equal.
  const none =
    of.quantifier === undefined && test.kind === 'range' && test.bounds.every((bound) => bound.operator === '!=');
  if (of.quantifier === 'all' || none) return { ...combine(results, and, 'true'), expected };
  return { ...combine(results, or), expected };
}

function combine(results: readonly Judged[], join: (left: Tri, right: Tri) => Tri, start: Tri = 'false'): Judged {
  const verdict = results.reduce((tri, result) => join(tri, result.verdict), start);
  const reason = results.find((result) => result.verdict === 'unknown')?.reason;
  return verdict === 'unknown' && reason !== undefined ? { verdict, reason } : { verdict };
}

function judgeTest(context: Context, names: Names | undefined, read: Read, test: Test): Tested {
  const expected = context.trace ? describeTest(test) : '';
  switch (test.kind) {
    case 'range':
      return range(context, names, read, test.bounds);
    case 'contains':
    case 'starts-with':
    case 'ends-with':
      return part(context, names, { read, value: test.value, kind: test.kind });
    case 'like': {
      const pattern = likePattern(context, names, test.pattern);
      const judged = onPresent(
        read,
        (value) => onPresent(pattern, (tokens) => isLike(context, tokens, textOf(value)), FALSE),
        FALSE,
      );
      return { ...judged, expected };
    }
    case 'matches': {
      const matches = (value: Value): Judged => {
        const run = matcherOn(context, test.regex, textOf(value));
        return run.ok ? proven(run.matcher.find()) : unknown(run.reason);
      };
      return { ...onPresent(read, matches, FALSE), expected };
    }
    case 'age':
      return { ...onPresent(read, (value) => age(context, value, test), FALSE), expected };
    case 'reaches':
      return spendMany(context, test.rows.length / ROWS_OF_A_STEP)
        ? reaches(read, test)
        : { ...unknown('the content asks for more steps than an evaluation may take'), expected };
  }
}

function range(context: Context, names: Names | undefined, read: Read, bounds: readonly Bound[]): Tested {
  const results = bounds.map((bound) => oneBound(context, names, read, bound));
  const expected = results.map((result) => result.expected).join(' ');
  const least = results.find((result) => result.least !== undefined)?.least;
  const judged = combine(results, and, 'true');
  return least === undefined ? { ...judged, expected } : { ...judged, expected, least };
}

/** `!=` is `not =`, so it is true of what is absent. */
function oneBound(context: Context, names: Names | undefined, read: Read, bound: Bound): Tested {
  const missing = proven(bound.operator === '!=');
  const wanted = evaluateReading(context, names, bound.value);
  const shown = !context.trace ? '' : wanted.state === 'present' ? quoteless(wanted.value) : showRead(wanted);
  const judged = onPresent(
    read,
    (value) =>
      onPresent(
        wanted,
        (right) => {
          const compared = compareValues(value, bound.operator, right);
          return compared.state === 'present' ? proven(compared.value) : failure(compared);
        },
        missing,
      ),
    missing,
  );
  const tested = { ...judged, expected: `${bound.operator} ${shown}` };
  const isLeast = bound.operator === '>=' || bound.operator === '>' || bound.operator === '=';
  return wanted.state === 'present' && isLeast ? { ...tested, least: wanted.value } : tested;
}

function quoteless(value: Value): string {
  return value.kind === 'text' ? showRead({ state: 'present', value }) : textOf(value);
}

function part(
  context: Context,
  names: Names | undefined,
  of: { readonly read: Read; readonly value: Reading; readonly kind: 'contains' | 'starts-with' | 'ends-with' },
): Tested {
  const wanted = evaluateReading(context, names, of.value);
  const judged = onPresent(
    of.read,
    (value) =>
      onPresent(
        wanted,
        (right) => {
          const text = fold(textOf(value));
          const piece = fold(textOf(right));
          if (of.kind === 'contains') return proven(text.includes(piece));
          return proven(of.kind === 'starts-with' ? text.startsWith(piece) : text.endsWith(piece));
        },
        FALSE,
      ),
    FALSE,
  );
  return { ...judged, expected: `${of.kind.replace('-', ' ')} ${showRead(wanted)}` };
}

/** Every wildcard may go through the text anew: what that costs counts as steps. */
function isLike(context: Context, pattern: readonly PatternToken[], text: string): Judged {
  const wildcards = pattern.filter((token) => 'wildcard' in token).length;
  if (!spendMany(context, (wildcards * text.length) / CHARACTERS_OF_A_STEP))
    return unknown(`a text of ${text.length} characters is too long for a pattern of ${wildcards} wildcards`);
  return proven(fits(pattern, text));
}
const CHARACTERS_OF_A_STEP = 100;

function age(context: Context, value: Value, test: Extract<Test, { kind: 'age' }>): Judged {
  const moment = toDate(value);
  if (moment.state !== 'present') return failure(moment);
  const seconds = (context.target.now.getTime() - moment.value.ms) / 1000;
  return proven(test.than === 'older' ? seconds > test.seconds : seconds < test.seconds);
}

/** So many rows of a table are looked at in the time of a step. */
const ROWS_OF_A_STEP = 100;

function reaches(read: Read, test: Extract<Test, { kind: 'reaches' }>): Tested {
  const version = read.state === 'present' ? toVersion(read.value) : undefined;
  const governing = version?.state === 'present' ? governingVersion(version.value, test.rows) : undefined;
  const expected = governing === undefined ? describeTest(test) : `reaches ${governing.text}`;
  const judged = onPresent(
    read,
    (value) => {
      if (version === undefined || version.state !== 'present') return failure(version ?? { state: 'pending' });
      if (governing !== undefined) {
        const compared = compareValues({ kind: 'version', version: version.value }, '>=', {
          kind: 'version',
          version: governing,
        });
        return compared.state === 'present' ? proven(compared.value) : failure(compared);
      }
      if (test.otherwise !== undefined) return proven(test.otherwise);
      return unknown(`no branch covers ${textOf(value)}`);
    },
    FALSE,
  );
  return governing === undefined
    ? { ...judged, expected }
    : { ...judged, expected, least: { kind: 'version', version: governing } };
}

/** By value where present, the given verdict where absent, unknown where unreadable. */
function onPresent<T>(read: Read<T>, judge: (value: T) => Judged, absent: Judged): Judged {
  if (read.state === 'present') return judge(read.value);
  return read.state === 'absent' ? absent : failure(read);
}

function failure(read: Read<unknown>): Judged {
  return read.state === 'unreadable' ? unknown(read.reason) : PENDING;
}

/** A predicate in words, where nothing had to be evaluated for it. */
function describe(predicate: Predicate): string {
  if (predicate.kind === 'exists') return 'exists';
  return predicate.kind === 'is'
    ? `is ${predicate.negated ? 'not ' : ''}${predicate.what.kind}`
    : describeTest(predicate.test);
}

function describeTest(test: Test): string {
  switch (test.kind) {
    case 'range':
      return test.bounds.map((bound) => bound.operator).join(' ');
    case 'contains':
      return 'contains';
    case 'starts-with':
      return 'starts with';
    case 'ends-with':
      return 'ends with';
    case 'like':
      return `like "${test.pattern.parts.map((piece) => (piece.kind === 'text' ? piece.text : '…')).join('')}"`;
    case 'matches':
      return `matches /${test.regex.pattern}/${test.regex.flags}`;
    case 'age':
      return `${test.than} than ${test.seconds} s`;
    case 'reaches':
      return `reaches ${test.rows.map((row) => row.fixed).join(', ')}`;
  }
}
