/** Rows of `reaches` that do not go from old to new: hard to read, and a sign of a wrong one. */
import { compareVersions, parseVersion } from '../../evaluate/versions.ts';
import type { ReachesRow } from '../../model/content.ts';
import { everywhere } from '../everywhere.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const reachesOrder: Rule = {
  code: 'reaches-order',
  severity: 'information',
  summary: 'The rows of `reaches` are out of order, or one is there twice.',
  alone: true,
  find: (content) =>
    everywhere(content, (add) => ({
      condition(condition) {
        if (condition.kind !== 'compare' || condition.predicate.kind !== 'test') return;
        const { test } = condition.predicate;
        const found = test.kind === 'reaches' ? outOfOrder(test.rows) : undefined;
        if (found !== undefined) add(found);
      },
    })),
};

function outOfOrder(rows: readonly ReachesRow[]): RuleFinding | undefined {
  for (const [index, row] of rows.entries()) {
    const before = rows[index - 1];
    if (before === undefined) continue;
    const order = compare(before.fixed, row.fixed) || compare(before.from ?? '0', row.from ?? '0');
    if (order < 0) continue;
    const message =
      order === 0
        ? `\`${row.fixed}\` is there twice.`
        : `\`${row.fixed}\` comes after \`${before.fixed}\`: rows go from the oldest branch to the newest.`;
    return { message, at: row.at, related: [{ at: before.at, message: 'the row before it' }] };
  }
  return undefined;
}

function compare(a: string, b: string): number {
  const [left, right] = [parseVersion(a), parseVersion(b)];
  return left === undefined || right === undefined ? -1 : compareVersions(left, right);
}
