/** One expectation of a reading, and what it says of a possible value: the table of language.md 4.5, for values that are not there yet. */
import { compareValues } from '../../evaluate/compare.ts';
import { fits, tokensOf } from '../../evaluate/patterns.ts';
import { governingVersion } from '../../evaluate/reaches.ts';
import { compileRegex } from '../../evaluate/regex.ts';
import { fold, sameText } from '../../evaluate/text.ts';
import { textOf, toVersion, type Read, type Value } from '../../evaluate/values.ts';
import { compareVersions, parseVersion } from '../../evaluate/versions.ts';
import type { CompareOperator, ReachesRow, RegexLiteral } from '../../model/content.ts';
import { and, ANY, decided, FALSE, not, or, TRUE, UNKNOWN, type Mask } from './masks.ts';

/** A bound; without a value where only the machine tells it. */
export interface AtomBound {
  readonly operator: CompareOperator;
  readonly value: Value | undefined;
}

export type AtomTest =
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
      return ofList(test);
    case 'present':
      return ofPresent(test, candidate);
  }
}

function ofAbsent(test: AtomTest): Mask {
  switch (test.kind) {
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

function ofPresent(test: AtomTest, of: Present): Mask {
  const { value } = of;
  switch (test.kind) {
    case 'exists':
      return TRUE;
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
export function isOpen({ test, ifPresent }: Atom): boolean {
  switch (test.kind) {
    case 'range': {
      const [first, second] = test.bounds;
      return first?.value !== undefined && second === undefined && !/^[0.]*$/.test(textOf(first.value));
    }
    case 'contains':
    case 'starts-with':
    case 'ends-with':
      return test.text !== undefined && test.text !== '';
    case 'exists':
    case 'absent':
      return !ifPresent;
    case 'word':
    case 'matches':
      return true;
    case 'reaches':
      return test.otherwise === undefined && test.rows.every(({ fixed }) => !/^[0.]*$/.test(fixed));
    default:
      return false;
  }
}
