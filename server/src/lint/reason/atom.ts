/** One expectation of a reading, and what it says of a possible value: the table of language.md 4.5, for values that are not there yet. */
import { compareValues } from '../../evaluate/compare.ts';
import { fits, tokensOf } from '../../evaluate/patterns.ts';
import { governingVersion } from '../../evaluate/reaches.ts';
import { compileRegex } from '../../evaluate/regex.ts';
import { fold, sameText } from '../../evaluate/text.ts';
import { textOf, toVersion, type Read, type Value } from '../../evaluate/values.ts';
import { compareVersions, parseVersion } from '../../evaluate/versions.ts';
import type { CompareOperator, ReachesRow, RegexLiteral } from '../../model/content.ts';
import type { ValueKind } from './kinds.ts';
import { and, ANY, decided, FALSE, not, or, TRUE, UNKNOWN, type Mask } from './masks.ts';

/** A bound; without a value where only the machine tells it. */
export interface AtomBound {
  readonly operator: CompareOperator;
  readonly value: Value | undefined;
}

export type AtomTest =
  /** Whether a `let` goes on to what stands after `else`. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'exists' }
  | { readonly kind: 'absent' | 'unknown'; readonly negated: boolean }
  | { readonly kind: 'word'; readonly negated: boolean; readonly word: string }
  | { readonly kind: 'one-of'; readonly negated: boolean; readonly values: readonly (Value | undefined)[] }
  | { readonly kind: 'range'; readonly bounds: readonly AtomBound[] }
  | {
      readonly kind: 'contains' | 'starts-with' | 'ends-with';
      readonly text: string | undefined;
    }
  | { readonly kind: 'like'; readonly pattern: string | undefined }
  | { readonly kind: 'matches'; readonly regex: RegexLiteral }
  | { readonly kind: 'age'; readonly than: 'older' | 'newer'; readonly seconds: number }
  | { readonly kind: 'reaches'; readonly rows: readonly ReachesRow[]; readonly otherwise: boolean | undefined };

export interface Atom {
  readonly test: AtomTest;
  readonly ifPresent: boolean;
  /** `any` or `all` was said: the value may be a list. */
  readonly quantified: boolean;
  /** It is asked of the value as a version: so `let version` binds it. */
  readonly asVersion?: true;
}

/** Something that a reading can give. */
export type Candidate =
  | { readonly state: 'absent' | 'unreadable' | 'list' }
  | {
      readonly state: 'present';
      readonly value: Value;
      /** Seconds between it and the scan, where it is a date. */
      readonly age?: number;
      /** It stands for many: of texts, only that they are none of those that are written. */
      readonly many?: 'but-parts' | 'all';
    };

type Present = Extract<Candidate, { state: 'present' }>;
const EITHER: Mask = TRUE | FALSE;

/** What an atom can become of a candidate. */
export function judgeAtom(atom: Atom, candidate: Candidate): Mask {
  const { test } = atom;
  switch (candidate.state) {
    case 'unreadable':
      return UNKNOWN;
    case 'absent':
      return atom.ifPresent ? TRUE : ofAbsent(test);
    case 'list':
      return atom.asVersion ? ANY : ofList(test);
    case 'present':
      return atom.asVersion ? ofVersion(test, candidate) : ofPresent(test, candidate);
  }
}

function ofAbsent(test: AtomTest): Mask {
  switch (test.kind) {
    case 'nothing':
      return TRUE;
    case 'absent':
      return decided(!test.negated);
    case 'unknown':
    case 'word':
    case 'one-of':
      return decided(test.negated);
    case 'range':
      return decided(test.bounds.every(({ operator }) => operator === '!='));
    default:
      return FALSE;
  }
}

/** Of a list, nothing but that it is there. */
function ofList(test: AtomTest): Mask {
  if (test.kind === 'exists') return TRUE;
  return test.kind === 'absent' || test.kind === 'unknown' ? decided(test.negated) : ANY;
}

function ofVersion(test: AtomTest, { value, many }: Present): Mask {
  const read = toVersion(value);
  if (read.state !== 'present') return UNKNOWN;
  return ofPresent(test, {
    state: 'present',
    value: { kind: 'version', version: read.value },
    ...(many !== undefined && { many: 'all' }),
  });
}

function ofPresent(test: AtomTest, of: Present): Mask {
  const { value } = of;
  switch (test.kind) {
    case 'exists':
      return TRUE;
    case 'nothing':
      return decided(value.kind === 'text' && value.text === '');
    case 'absent':
    case 'unknown':
      return decided(test.negated);
    case 'word':
      return negated(test.negated, decided(isWord(textOf(value), test.word)));
    case 'one-of':
      return negated(
        test.negated,
        test.values.reduce((mask, one) => or(mask, bound(of, { operator: '=', value: one })), FALSE),
      );
    case 'range':
      return test.bounds.reduce((mask, one) => and(mask, bound(of, one)), TRUE);
    case 'contains':
    case 'starts-with':
    case 'ends-with':
      return part(of, test.kind, test.text);
    case 'like':
      if (test.pattern === undefined) return ANY;
      return of.many === undefined ? decided(fits(tokensOf(test.pattern), textOf(value))) : EITHER;
    case 'matches': {
      const regex = compileRegex(test.regex);
      if (!regex.ok) return UNKNOWN;
      return of.many === undefined ? decided(regex.re.test(textOf(value))) : EITHER;
    }
    case 'age':
      if (of.age === undefined) return UNKNOWN;
      return decided(test.than === 'older' ? of.age > test.seconds : of.age < test.seconds);
    case 'reaches':
      return reaches(value, test);
  }
}

const negated = (is: boolean, mask: Mask): Mask => (is ? not(mask) : mask);

/** A domain controller is also a server. */
const isWord = (text: string, word: string): boolean =>
  sameText(text, word) || (sameText(text, 'domain-controller') && sameText(word, 'server'));

function bound({ value, many }: Present, { operator, value: wanted }: AtomBound): Mask {
  if (wanted === undefined) return ANY;
  // Of a text that stands for many, where it lies between others is not known.
  if (many !== undefined && isOrder(operator) && areTexts(value, wanted)) return EITHER;
  return ofRead(compareValues(value, operator, wanted));
}

const isOrder = (operator: CompareOperator): boolean => operator !== '=' && operator !== '!=';

function areTexts(value: Value, wanted: Value): boolean {
  if (value.kind !== 'text' || wanted.kind !== 'text') return false;
  const soft = value.soft === 'version' || wanted.soft === 'version';
  return !soft || parseVersion(value.text) === undefined || parseVersion(wanted.text) === undefined;
}

const ofRead = (read: Read<boolean>): Mask => (read.state === 'present' ? decided(read.value) : UNKNOWN);

function part(
  { value, many }: Present,
  how: 'contains' | 'starts-with' | 'ends-with',
  wanted: string | undefined,
): Mask {
  if (wanted === undefined) return ANY;
  // A number's text has digits only.
  if (many === 'all') return value.kind === 'number' && /\D/.test(wanted) ? FALSE : EITHER;
  const text = fold(textOf(value));
  const piece = fold(wanted);
  if (how === 'contains') return decided(text.includes(piece));
  return decided(how === 'starts-with' ? text.startsWith(piece) : text.endsWith(piece));
}

function reaches(value: Value, test: Extract<AtomTest, { kind: 'reaches' }>): Mask {
  const version = toVersion(value);
  if (version.state !== 'present') return UNKNOWN;
  const governing = governingVersion(version.value, test.rows);
  if (governing !== undefined) return decided(compareVersions(version.value, governing) >= 0);
  return test.otherwise === undefined ? UNKNOWN : decided(test.otherwise);
}

/** Whether it is plain to see that a machine can answer either way. */
export function isOpen({ test, ifPresent, asVersion }: Atom, kinds: ReadonlySet<ValueKind>): boolean {
  if (kinds.has('there')) return !ifPresent && (test.kind === 'exists' || test.kind === 'absent');
  switch (test.kind) {
    case 'range': {
      const [first, second] = test.bounds;
      if (first?.value === undefined || second !== undefined || asVersion || /^[0.]*$/.test(textOf(first.value)))
        return false;
      return isOpenFor(first.value, first.operator, kinds);
    }
    case 'contains':
    case 'starts-with':
    case 'ends-with':
      return test.text !== undefined && test.text !== '' && kinds.has('text');
    case 'exists':
    case 'absent':
      return !ifPresent;
    case 'word':
    case 'matches':
      return kinds.has('text');
    case 'reaches':
      return (
        test.otherwise === undefined &&
        (kinds.has('version') || kinds.has('soft')) &&
        test.rows.every(({ fixed }) => !/^[0.]*$/.test(fixed))
      );
    default:
      return false;
  }
}

/** Whether values of these kinds lie on either side. */
function isOpenFor(value: Value, operator: CompareOperator, kinds: ReadonlySet<ValueKind>): boolean {
  switch (value.kind) {
    case 'version':
      return kinds.has('version') || kinds.has('soft') || kinds.has('text');
    case 'number':
      return kinds.has('number') || kinds.has('text');
    case 'date':
      return kinds.has('date') || kinds.has('text');
    case 'text':
      return kinds.has('text') && !isOrder(operator);
    case 'list':
      return false;
  }
}
