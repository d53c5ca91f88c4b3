/**
 * The values that a reading can give, as few as tell all atoms apart: of versions, numbers and dates the points that are
 * named and one between each two; of texts those that are named and one for each way of fitting the patterns.
 */
import { parseMoment, textOf, type Value } from '../../evaluate/values.ts';
import { parseVersion } from '../../evaluate/versions.ts';
import type { Atom, Candidate } from './atom.ts';
import type { ValueKind } from './kinds.ts';
import { agePoints, dayPoints, numberPoints, versionPoints } from './points.ts';
import { freshMark, textsFitting } from './texts.ts';

/** Everything that atoms compare with, sorted by what it is. */
export interface Mentioned {
  readonly versions: readonly string[];
  readonly numbers: readonly bigint[];
  readonly days: readonly string[];
  readonly ages: readonly number[];
  readonly texts: readonly string[];
}

const UNREADABLE: Candidate = { state: 'unreadable' };
const ABSENT: Candidate = { state: 'absent' };
const ANYTHING: Candidate = { state: 'list' };

/** Every candidate for a reading of certain kinds, or of a value that no machine changes. */
export function candidatesOf(
  kinds: ReadonlySet<ValueKind>,
  atoms: readonly Atom[],
  constant: Value | undefined,
): readonly Candidate[] {
  if (constant !== undefined) return [{ state: 'present', value: constant }];
  const list = atoms.some(({ quantified }) => quantified) || mixesDates(atoms) ? [ANYTHING] : [];
  return [UNREADABLE, ABSENT, ...list, ...valuesOf(kinds, atoms)];
}

/** `20260113` is a number, a version and a date: where it is compared as several of them, nothing is told apart. */
function mixesDates(atoms: readonly Atom[]): boolean {
  const { days, ages, versions, numbers } = mentionedIn(atoms);
  const ordered = versions.length + numbers.length > 0 || atoms.some(({ asVersion }) => asVersion);
  return days.length + ages.length > 0 && ordered;
}

function valuesOf(kinds: ReadonlySet<ValueKind>, atoms: readonly Atom[]): readonly Candidate[] {
  if (kinds.has('there')) return [many({ kind: 'text', text: 'there' })];
  const mentioned = mentionedIn(atoms);
  const named = mentioned.versions.length + mentioned.numbers.length + mentioned.days.length + mentioned.ages.length;
  const ordered = named > 0 || atoms.some(({ asVersion }) => asVersion);
  return [
    ...(kinds.has('number') ? numbers(mentioned) : []),
    ...(kinds.has('version') ? versions(mentioned) : []),
    ...(kinds.has('date') ? dates(mentioned) : []),
    ...(['text', 'soft'] as const).flatMap((kind) =>
      kinds.has(kind) ? texts(atoms, mentioned, { soft: kind === 'soft', ordered }) : [],
    ),
  ];
}

const many = (value: Value, how: 'but-parts' | 'all' = 'all'): Candidate => ({ state: 'present', value, many: how });

function numbers({ numbers: points, versions: parts }: Mentioned): readonly Candidate[] {
  const heads = parts.flatMap((text) => BigInt(/^\d+/.exec(text)?.[0] ?? '0'));
  return numberPoints([...points, ...heads]).map((value) =>
    points.includes(value) ? { state: 'present', value: { kind: 'number', value } } : many({ kind: 'number', value }),
  );
}

function versions({ versions: points, numbers: whole }: Mentioned): readonly Candidate[] {
  return versionPoints([...points, ...whole.map(String)]).flatMap((text) => {
    const version = parseVersion(text);
    return version === undefined ? [] : [many({ kind: 'version', version })];
  });
}

function dates({ days, ages }: Mentioned): readonly Candidate[] {
  return dayPoints(days).flatMap((text) => {
    const moment = parseMoment(text);
    if (moment === undefined) return [];
    const value: Value = { kind: 'date', ...moment, text };
    return agePoints(ages).map((age): Candidate => ({ state: 'present', value, age, many: 'all' }));
  });
}

function texts(
  atoms: readonly Atom[],
  mentioned: Mentioned,
  { soft, ordered }: { readonly soft: boolean; readonly ordered: boolean },
): readonly Candidate[] {
  const text = (value: string): Value => ({ kind: 'text', text: value, ...(soft && { soft: 'version' as const }) });
  const named = ['', ...mentioned.texts].flatMap((one): Candidate[] => {
    const value = text(one);
    if (parseMoment(one.trim()) === undefined || mentioned.ages.length === 0) return [{ state: 'present', value }];
    return agePoints(mentioned.ages).map((age) => ({ state: 'present', value, age }));
  });
  const mark = freshMark(mentioned.texts);
  if (!ordered) return [...named, ...textsFitting(atoms).map((one) => many(text(one), 'but-parts'))];
  // Spelled so that they are none of the named: text after a blank is no part of a version, leading zeros none of a number.
  const whole = numberPoints([
    ...mentioned.numbers,
    ...mentioned.versions.map((one) => BigInt(/^\d+/.exec(one)?.[0] ?? '0')),
  ]);
  const points = versionPoints([...mentioned.versions, ...mentioned.numbers.map(String)]);
  return [
    ...named,
    many(text(mark)),
    ...points.map((one) => many(text(`${one} ${mark}`))),
    ...whole.map((one) => many(text(`${'0'.repeat(9)}${one}`))),
    ...(mentioned.days.length + mentioned.ages.length > 0 ? dateTexts(mentioned, text) : []),
  ];
}

function dateTexts({ days, ages }: Mentioned, text: (value: string) => Value): readonly Candidate[] {
  return dayPoints(days).flatMap((day) =>
    agePoints(ages).map((age): Candidate => ({ state: 'present', value: text(`${day}T12:00Z`), age, many: 'all' })),
  );
}

/** What atoms compare with. */
export function mentionedIn(atoms: readonly Atom[]): Mentioned {
  const found = {
    versions: [] as string[],
    numbers: [] as bigint[],
    days: [] as string[],
    ages: [] as number[],
    texts: [] as string[],
  };
  const mention = (value: Value | undefined): void => {
    if (value?.kind === 'version') found.versions.push(value.version.text);
    else if (value?.kind === 'number') found.numbers.push(value.value);
    else if (value?.kind === 'date') found.days.push(value.text);
    else if (value !== undefined) found.texts.push(textOf(value));
    // A number or version may be found as a text that is spelled like it.
    if (value !== undefined && value.kind !== 'text') found.texts.push(textOf(value));
    if (value?.kind === 'text' && /^\s*\d+\s*$/.test(value.text)) found.numbers.push(BigInt(value.text.trim()));
    const isDay = value?.kind === 'text' && parseMoment(value.text.trim()) !== undefined;
    if (value?.kind === 'text' && !isDay && parseVersion(value.text) !== undefined)
      found.versions.push(value.text.trim());
    if (value?.kind === 'text' && isDay) found.days.push(value.text.trim());
  };
  for (const { test } of atoms) {
    if (test.kind === 'range') test.bounds.forEach(({ value }) => mention(value));
    else if (test.kind === 'one-of') test.values.forEach(mention);
    else if (test.kind === 'word') found.texts.push(test.word, 'domain-controller');
    else if (test.kind === 'age') found.ages.push(test.seconds);
    else if (test.kind === 'reaches') for (const row of test.rows) found.versions.push(...branchPoints(row));
  }
  return found;
}

/** Where a branch begins and ends, and its fixed version. */
function branchPoints({ fixed, from }: { readonly fixed: string; readonly from?: string }): readonly string[] {
  const parts = fixed.split(/[.,_-]/);
  // Every version that shares the leading parts lies below the same parts with a letter behind.
  const ends = parts.map((_, index) => `${parts.slice(0, index + 1).join('.')}a`);
  const begins = parts.map((_, index) => parts.slice(0, index + 1).join('.'));
  return [fixed, ...(from === undefined ? [] : [from]), ...begins, ...ends];
}
