/** A comparison of two results as a person reads it in a terminal. Every text that is not ours is made inert. */
import {
  isDifferent,
  type CheckChange,
  type Comparison,
  type PatchChange,
  type ProductChange,
  type Seen,
  type Side,
} from '../compare/comparison.ts';
import { inert } from './inert.ts';
import { severityRank } from './order.ts';
import { PLAIN, type Style } from './style.ts';

/** What differs; that nothing does is said. */
export function renderPrettyComparison(comparison: Comparison, style: Style = PLAIN): string {
  const { left, right, products, patches } = comparison;
  const changed = patches
    .filter(isDifferent)
    .toSorted((one, other) => severityRank(one.severity) - severityRank(other.severity));
  const lines = [
    ...[`left   ${describeSide(left)}`, `right  ${describeSide(right)}`, ''],
    ...products.filter(isDifferent).map((one) => productLine(one, style)),
    ...changed.flatMap((one) => [patchLine(one, style), ...one.checks.flatMap(checkLines)]),
  ];
  if (lines.length === 3) lines.push('Nothing differs.');
  return `${lines.join('\n')}\n`;
}

function describeSide({ machine, started, scanId, error }: Side): string {
  const failed = error === null ? '' : `, failed: error ${inert(error)}`;
  return `${inert(machine)}  ${started.slice(0, 19).replace('T', ' ')} UTC, scan ${scanId}${failed}`;
}

function productLine({ name, left, right }: ProductChange, style: Style): string {
  const [was, is] = [left, right].map((one) =>
    one ? inert(one.state === 'unknown' ? 'unknown' : (one.version ?? 'installed')) : 'absent',
  );
  return `product ${style.bold(inert(name))}: ${was} -> ${is}`;
}

function patchLine({ id, left, right }: PatchChange, style: Style): string {
  const product = inert((right ?? left)?.product ?? '');
  const [was, is] = [left, right].map((one) => one?.status ?? 'not judged');
  const said = was === is ? `${was}, by other observations` : `${was} -> ${is}`;
  return `patch ${style.bold(inert(id))} (${product}): ${said}`;
}

function checkLines({ check, left, right }: CheckChange): readonly string[] {
  return [`  ${inert(check)}`, `    left   ${describeSeen(left)}`, `    right  ${describeSeen(right)}`];
}

function describeSeen(seen: Seen | undefined): string {
  if (!seen) return 'not looked at';
  const { verdict, observed, expected, reason } = seen;
  const parts = [verdict, observed, expected && `expected ${expected}`, reason];
  return inert(parts.filter(Boolean).join(', '));
}
