/** Two accounts of one product or patch, of two machines, set against each other: where they first come apart. */
import type { Location } from '../model/source.ts';
import type { Account } from './account.ts';

/** What one machine said of a check. */
export interface Seen {
  readonly outcome: string;
  readonly observed?: string;
  readonly source?: string;
  readonly reason?: string;
  /** The element that stands for it where the two machines have different ones. */
  readonly element?: string;
}

/**
 * One check of both accounts. `outcome`: they differ in what came of it, or only one came to it; `seen`: what was observed
 * differs and nothing follows from that; `no`: they agree.
 */
export interface Pair {
  readonly check: string;
  readonly at?: Location;
  readonly expected?: string;
  readonly left: Seen | null;
  readonly right: Seen | null;
  readonly differs: 'no' | 'seen' | 'outcome';
  readonly children: readonly Pair[];
}

/** Both accounts as one tree, in the order of evaluation. Elements that neither goes on with are left out. */
export function paired(left: Account, right: Account): Pair {
  return {
    ...common(left),
    left: seenIn(left, left.check !== right.check),
    right: seenIn(right, left.check !== right.check),
    differs: left.outcome !== right.outcome ? 'outcome' : isSeenAlike(left, right) ? 'no' : 'seen',
    children: pairedAll(left.children, right.children),
  };
}

/**
 * The first check whose outcome differs, in the order of evaluation: a check before what follows from it. Gives the way to
 * it from the whole tree; nothing where both came to the same everywhere.
 */
export function firstDivergence(pair: Pair): readonly Pair[] | undefined {
  if (pair.left === null || pair.right === null) return [pair];
  for (const child of pair.children) {
    const found = firstDivergence(child);
    if (found) return [pair, ...found];
  }
  return pair.differs === 'outcome' ? [pair] : undefined;
}

const common = ({ check, at, expected }: Account): Pick<Pair, 'check' | 'at' | 'expected'> => ({
  check,
  ...(at && { at }),
  ...(expected !== undefined && { expected }),
});

function seenIn({ outcome, observed, source, reason, check }: Account, named = false): Seen {
  return {
    outcome,
    ...(observed !== undefined && { observed }),
    ...(source !== undefined && { source }),
    ...(reason !== undefined && { reason }),
    ...(named && { element: check }),
  };
}

const isSeenAlike = (left: Account, right: Account): boolean =>
  left.observed === right.observed && left.reason === right.reason && left.check === right.check;

/** What is on one side alone stands where that side came to it. */
function pairedAll(left: readonly Account[], right: readonly Account[]): readonly Pair[] {
  const partner = partners(left, right);
  const taken = new Set(partner.values());
  const pairs: Pair[] = [];
  let at = 0;
  const alone = (until: number): void => {
    for (; at < until; at++) {
      const one = right[at];
      if (one && !taken.has(at) && one.element !== 'left out') pairs.push(onOneSide(one, 'right'));
    }
  };
  for (const [index, one] of left.entries()) {
    const other = partner.get(index);
    const match = other === undefined ? undefined : right[other];
    if (other !== undefined) alone(other);
    if (match === undefined) {
      if (one.element !== 'left out') pairs.push(onOneSide(one, 'left'));
    } else if (one.element !== 'left out' || match.element !== 'left out') pairs.push(paired(one, match));
  }
  alone(right.length);
  return pairs;
}

/** Of each on the left the index on the right: the same key first, then elements that are taken, in their order. */
function partners(left: readonly Account[], right: readonly Account[]): ReadonlyMap<number, number> {
  const byKey = new Map<string, number[]>();
  for (const [index, { key }] of right.entries()) {
    const known = byKey.get(key);
    if (known) known.push(index);
    else byKey.set(key, [index]);
  }
  const partner = new Map<number, number>();
  for (const [index, { key }] of left.entries()) {
    const other = byKey.get(key)?.shift();
    if (other !== undefined) partner.set(index, other);
  }
  const used = new Set(partner.values());
  const spare = [...right.keys()].filter((index) => right[index]?.element === 'taken' && !used.has(index));
  for (const [index, { element }] of left.entries()) {
    if (element !== 'taken' || partner.has(index)) continue;
    const other = spare.shift();
    if (other !== undefined) partner.set(index, other);
  }
  return partner;
}

function onOneSide(account: Account, side: 'left' | 'right'): Pair {
  const children = account.children.filter(({ element }) => element !== 'left out');
  return {
    ...common(account),
    left: side === 'left' ? seenIn(account) : null,
    right: side === 'right' ? seenIn(account) : null,
    differs: 'outcome',
    children: children.map((child) => onOneSide(child, side)),
  };
}
