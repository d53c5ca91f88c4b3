/** Values compared with what they can never be: a size with a version, a file's version with words. */
import { parseVersion } from '../../evaluate/versions.ts';
import type { Comparison, Literal, Predicate, Reading, Source, Step, Thing } from '../../model/content.ts';
import type { Location } from '../../model/source.ts';
import { everywhere } from '../everywhere.ts';
import type { Rule, RuleFinding } from '../rule.ts';

type Kind = 'version' | 'number' | 'date' | 'text';

export const typeMismatch: Rule = {
  code: 'type-mismatch',
  severity: 'warning',
  summary: 'A value is compared with something that is of another kind.',
  alone: true,
  find: (content) => {
    // A parameter may be called `version` and be anything.
    const own = [...content.checks.values()].filter(({ parameters }) => parameters.some(isVersion));
    const isParameter = ({ file, start }: Location): boolean =>
      own.some(({ at }) => at.file === file && at.start <= start && start < at.end);
    return everywhere(content, (add) => ({
      condition(condition) {
        if (condition.kind !== 'compare') return;
        const { subject, steps } = condition;
        const named = subject.kind === 'name' && steps.length === 0 && isVersion(subject.name.base);
        if (!named || !isParameter(condition.at)) ofComparison(condition).forEach(add);
      },
    }));
  },
};

const isVersion = (name: string): boolean => name.toLowerCase() === 'version';

const NAMES: Readonly<Record<Kind, string>> = {
  version: 'a version',
  number: 'a number',
  date: 'a date',
  text: 'a text that is no version',
};

function ofComparison({ subject, steps, predicate }: Comparison): readonly RuleFinding[] {
  const own = kindOf(subject, steps);
  return own === undefined ? [] : expectedBy(predicate).flatMap((value) => problem(own, value, subject) ?? []);
}

/** What a subject is compared with. */
function expectedBy(predicate: Predicate): readonly Reading[] {
  if (predicate.kind === 'is') return predicate.what.kind === 'one-of' ? predicate.what.values : [];
  if (predicate.kind !== 'test' || predicate.test.kind !== 'range') return [];
  return predicate.test.bounds.map(({ value }) => value);
}

function problem(own: Named, value: Reading, subject: Source | Thing): RuleFinding | undefined {
  const other = value.source.kind === 'literal' ? literalKind(value) : kindOf(value.source, value.steps)?.kind;
  if (other !== undefined && !fits(own.kind, other)) {
    const consequence =
      own.kind === 'number' && other === 'version'
        ? 'it is compared as a version of one part, which is hardly meant'
        : 'they cannot be compared, and the verdict is unknown';
    const message = `${own.name} is ${NAMES[own.kind]}, and this is ${NAMES[other]}: ${consequence}.`;
    return { message, at: value.at };
  }
  if (!isFixedAndText(subject, value)) return undefined;
  const message =
    "A file's `version` is four numbers of its header, `product-version` a text that its maker wrote: they are kept apart, and often differ.";
  return { message, at: value.at };
}

/** The fixed version of a file against the one that is written in it. */
function isFixedAndText(subject: Source | Thing, { source, steps }: Reading): boolean {
  const properties = [subject, source].map((one) => (one.kind === 'file' ? one.property : undefined));
  return steps.length === 0 && properties.includes('version') && properties.includes('product-version');
}

/** A number serves as a version where one is expected. */
const fits = (own: Kind, other: Kind): boolean => own === other || (own === 'version' && other === 'number');

interface Named {
  readonly kind: Kind;
  readonly name: string;
}

function kindOf(subject: Source | Thing, steps: readonly Step[]): Named | undefined {
  const last = steps.at(-1);
  if (last !== undefined) {
    const kinds: Readonly<Record<string, Kind>> = { version: 'version', number: 'number', date: 'date' };
    const kind = last.kind === 'as' ? kinds[last.conversion] : undefined;
    return kind && { kind, name: `What \`as ${kind}\` makes` };
  }
  switch (subject.kind) {
    case 'file':
      if (subject.property === 'version') return { kind: 'version', name: "A file's version" };
      if (subject.property === 'size') return { kind: 'number', name: "A file's size" };
      return subject.property === 'modified' ? { kind: 'date', name: 'When a file was changed' } : undefined;
    case 'folder':
      return { kind: 'date', name: 'When a folder was changed' };
    case 'name':
      return ofName(subject.name.base.toLowerCase(), subject.name.member);
    default:
      return undefined;
  }
}

function ofName(base: string, member: string | undefined): Named | undefined {
  // A `let` of that name is one whatever it is read from.
  if (base === 'version' && member === undefined) return { kind: 'version', name: '`version`' };
  if (base !== 'windows') return undefined;
  if (member === 'version') return { kind: 'version', name: '`windows.version`' };
  const numbers = ['build', 'revision', 'service-pack', 'bits'];
  return member !== undefined && numbers.includes(member)
    ? { kind: 'number', name: `\`windows.${member}\`` }
    : undefined;
}

function literalKind({ source, steps }: Reading): Kind | undefined {
  if (source.kind !== 'literal' || steps.length > 0) return undefined;
  return kindOfLiteral(source.literal);
}

function kindOfLiteral(literal: Literal): Kind | undefined {
  switch (literal.kind) {
    case 'version':
      return 'version';
    case 'number':
    case 'size':
    case 'duration':
      return 'number';
    case 'date':
      return 'date';
    case 'guid':
    case 'kb':
    case 'cve':
      return 'text';
    case 'text': {
      const texts = literal.template.parts.map((part) => (part.kind === 'text' ? part.text : undefined));
      if (texts.some((text) => text === undefined)) return undefined;
      // A text converts to the kind of the other side where it is spelled like one.
      return parseVersion(texts.join('')) === undefined && !/^\s*\d/.test(texts.join('')) ? 'text' : undefined;
    }
  }
}
