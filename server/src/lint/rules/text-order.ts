/** Texts put in an order: letter by letter, where `10` comes before `9`. */
import { parseVersion } from '../../evaluate/versions.ts';
import type { Reading, Source, Thing } from '../../model/content.ts';
import { everywhere } from '../everywhere.ts';
import type { Rule } from '../rule.ts';

const ORDERS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=']);

export const textOrder: Rule = {
  code: 'text-order',
  severity: 'warning',
  summary: 'Texts are compared by their order, letter by letter.',
  alone: true,
  find: (content) =>
    everywhere(content, (add) => ({
      condition(condition) {
        if (condition.kind !== 'compare' || condition.predicate.kind !== 'test') return;
        const { test } = condition.predicate;
        if (test.kind !== 'range' || condition.steps.length > 0 || hasOrder(condition.subject)) return;
        for (const { operator, value } of test.bounds) {
          const text = ORDERS.has(operator) ? textOf(value) : undefined;
          if (text === undefined) continue;
          const message = `This compares letter by letter: "10" comes before "9". Of versions and numbers leave out the quotes.`;
          const number = /^\d+(?:\.\d+)*$/.test(text) && parseVersion(text) !== undefined;
          const fix = { title: `Write \`${text}\``, at: value.at, text };
          add({ message, at: value.at, ...(number && { fix }) });
        }
      },
    })),
};

/** What is a version, number or date itself makes one of the text. */
function hasOrder(subject: Source | Thing): boolean {
  if (subject.kind === 'file') return ['version', 'product-version', 'size', 'modified'].includes(subject.property);
  if (subject.kind === 'name')
    return (
      ['version', 'windows'].includes((subject.name.member ?? subject.name.base).toLowerCase()) ||
      subject.name.base.toLowerCase() === 'windows'
    );
  return subject.kind === 'folder' || (subject.kind === 'msi' && subject.property === 'version');
}

function textOf({ source, steps }: Reading): string | undefined {
  if (source.kind !== 'literal' || source.literal.kind !== 'text' || steps.length > 0) return undefined;
  const [only, ...more] = source.literal.template.parts;
  return only?.kind === 'text' && more.length === 0 ? only.text : undefined;
}
