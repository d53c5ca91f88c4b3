/** `!=` is true where nothing is there to compare: rarely what an author means of a registry value or a file. */
import { everywhere } from '../everywhere.ts';
import type { Rule } from '../rule.ts';

const SOURCES: ReadonlySet<string> = new Set(['value', 'file', 'service', 'msi', 'element-value']);

export const absentNotEqual: Rule = {
  code: 'absent-not-equal',
  severity: 'information',
  summary: '`!=` is true also where the thing is absent.',
  alone: true,
  find: (content) =>
    everywhere(content, (add) => ({
      condition(condition) {
        if (condition.kind !== 'compare' || condition.ifPresent || condition.predicate.kind !== 'test') return;
        const { test } = condition.predicate;
        if (test.kind !== 'range' || !SOURCES.has(condition.subject.kind)) return;
        if (!test.bounds.some(({ operator }) => operator === '!=')) return;
        const message =
          'This is true also where it is absent. If absence is meant, say `is absent or …`; if not, add `exists`.';
        add({ message, at: condition.at });
      },
    })),
};
