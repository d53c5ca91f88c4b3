/** Which checks of two traces differ: the trees are walked side by side. */
import type { Trace } from '../../evaluate/verdict.ts';
import type { CheckChange, Seen } from './comparison.ts';

/** The checks that were seen differently, in the order in which they are written; blocks only where they alone differ. */
export function differingChecks(left: Trace | undefined, right: Trace | undefined): readonly CheckChange[] {
  if (left === undefined || right === undefined) return [];
  return differing(left, right);
}

function differing(left: Trace, right: Trace): readonly CheckChange[] {
  const isBlock = [left, right].map(({ children = [] }) => children.length > 0);
  // A block on one side alone: what it holds is set against the other's one check.
  const parts = ({ children = [] }: Trace): readonly Trace[] => children;
  const [ones, others] = [
    isBlock[0] || !isBlock[1] ? parts(left) : [left],
    isBlock[1] || !isBlock[0] ? parts(right) : [right],
  ];
  const within = [...pairs(ones, others)].flatMap(([one, other]) => {
    if (one && other) return differing(one, other);
    const only = one ?? other;
    return only ? leaves(only).map((leaf) => changeOf(one && leaf, other && leaf)) : [];
  });
  if (within.length > 0 || isSeenAlike(left, right)) return within;
  return [changeOf(left, right)];
}

/** Those that are written alike belong together, in their order; what only one side has stands where it has it. */
function* pairs(
  left: readonly Trace[],
  right: readonly Trace[],
): Generator<readonly [Trace | undefined, Trace | undefined]> {
  const waiting = new Map<string, Trace[]>();
  for (const one of right) waiting.set(one.check, [...(waiting.get(one.check) ?? []), one]);
  const alone: Trace[] = [];
  const paired = left.map((one) => {
    const other = waiting.get(one.check)?.shift();
    if (!other) alone.push(one);
    return [one, other] as const;
  });
  const rest = [...waiting.values()].flat();
  // Checks that were rewritten are ones that were changed, where it is clear which is which.
  if (alone.length === rest.length) {
    const rewritten = new Map(alone.map((one, index) => [one, rest[index]]));
    for (const [one, other] of paired) yield [one, other ?? rewritten.get(one)];
    return;
  }
  yield* paired;
  for (const one of right) if (rest.includes(one)) yield [undefined, one];
}

function leaves(trace: Trace): readonly Trace[] {
  return trace.children?.length ? trace.children.flatMap(leaves) : [trace];
}

function isSeenAlike(left: Trace, right: Trace): boolean {
  const members = ['check', 'verdict', 'expected', 'observed', 'reason'] as const;
  return members.every((name) => left[name] === right[name]);
}

function changeOf(left: Trace | undefined, right: Trace | undefined): CheckChange {
  const at = right?.at ?? left?.at;
  const check = right?.check ?? left?.check ?? '';
  const was = left && right && left.check !== right.check ? `${left.check} → ${check}` : check;
  return {
    check: was,
    ...(at && { at }),
    ...(left && { left: seenOf(left) }),
    ...(right && { right: seenOf(right) }),
  };
}

function seenOf({ verdict, expected, observed, source, reason }: Trace): Seen {
  return {
    verdict,
    ...(expected !== undefined && { expected }),
    ...(observed !== undefined && { observed }),
    ...(source !== undefined && { source }),
    ...(reason !== undefined && { reason }),
  };
}
