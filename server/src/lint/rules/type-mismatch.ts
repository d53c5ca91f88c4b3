/** Values compared with what they can never be: a size with a version, a file's version with words. */
import { parseVersion } from '../../evaluate/versions.ts';
import type { Comparison, Literal, Reading, Source, Thing } from '../../model/content.ts';
import { everywhere } from '../everywhere.ts';
import type { Rule, RuleFinding } from '../rule.ts';

type Kind = 'version' | 'number' | 'date' | 'text';

export const typeMismatch: Rule = {
  code: 'type-mismatch',
  severity: 'warning',
  summary: 'A value is compared with something that is of another kind.',
  alone: true,
  find: (content) =>
    everywhere(content, (add) => ({
      condition(condition) {
        if (condition.kind === 'compare') ofComparison(condition).forEach(add);
      },
    })),
};

const NAMES: Readonly<Record<Kind, string>> = {
  version: 'a version',
  number: 'a number',
  date: 'a date',
  text: 'a text that is no version',
};

function ofComparison({ subject, steps, predicate }: Comparison): readonly RuleFinding[] {
  if (steps.length > 0 || predicate.kind !== 'test' || predicate.test.kind !== 'range') return [];
  const own = kindOf(subject);
  if (own === undefined) return [];
  return predicate.test.bounds.flatMap(({ value }) => {
    const other = literalKind(value);
    if (other === undefined || fits(own.kind, other)) return [];
    const message = `${own.name} is ${NAMES[own.kind]}, and this is ${NAMES[other]}: they cannot be compared, and the verdict is unknown.`;
    return [{ message, at: value.at }];
  });
}

/** A number serves as a version where one is expected. */
const fits = (own: Kind, other: Kind): boolean => own === other || (own === 'version' && other === 'number');

function kindOf(subject: Source | Thing): { readonly kind: Kind; readonly name: string } | undefined {
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

function ofName(base: string, member: string | undefined): { readonly kind: Kind; readonly name: string } | undefined {
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
