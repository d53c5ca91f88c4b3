/** "Did you mean": the nearest of some words. */

/** Edits (insert, delete, replace, swap of neighbours) between two words, or `limit + 1` where there are more. */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(at(previous, j) + 1, at(row, j - 1) + 1, at(previous, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, at(before, j - 2) + 1);
      row.push(cost);
    }
    before = previous;
    previous = row;
  }
  return Math.min(at(previous, b.length), limit + 1);
}

const at = (row: readonly number[], index: number): number => row[index] ?? Number.POSITIVE_INFINITY;

/** The candidate nearest to `word`, if one is near enough to be a typo of it; of equals the first by name. Case is ignored. */
export function closest<W extends string>(word: string, candidates: Iterable<W>): W | undefined {
  const limit = word.length <= 3 ? 1 : word.length <= 8 ? 2 : 3;
  let best: W | undefined;
  let least = limit + 1;
  for (const candidate of candidates) {
    const edits = distance(word.toLowerCase(), candidate.toLowerCase(), limit);
    if (edits > limit || edits >= candidate.length) continue;
    if (edits < least || (edits === least && best !== undefined && candidate < best)) {
      least = edits;
      best = candidate;
    }
  }
  return best;
}

/** `Did you mean \`x\`?` with a blank before it, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const best = closest(word, candidates);
  return best === undefined ? '' : ` Did you mean \`${best}\`?`;
}
