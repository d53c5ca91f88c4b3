/** Repeated measurements, and what is said of them. */

/** The middle of the measurements: what one slow run does not move. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** Milliseconds of each run, after the given number of runs that do not count. */
export async function timed(
  run: () => unknown,
  { rounds, warmUp = 0 }: { readonly rounds: number; readonly warmUp?: number },
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = -warmUp; round < rounds; round++) {
    const began = performance.now();
    await run();
    if (round >= 0) times.push(performance.now() - began);
  }
  return times;
}

/** As `timed`, for several things that take turns: what disturbs the machine disturbs all of them. */
export async function timedInTurns<Name extends string>(
  runs: Readonly<Record<Name, () => unknown>>,
  { rounds, warmUp = 0 }: { readonly rounds: number; readonly warmUp?: number },
): Promise<Readonly<Record<Name, readonly number[]>>> {
  const names = Object.keys(runs) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = -warmUp; round < rounds; round++) {
    for (const name of names) {
      const began = performance.now();
      await runs[name]();
      if (round >= 0) times[name].push(performance.now() - began);
    }
  }
  return times;
}

/** The value below which the given share of the measurements lies: 0.95 for p95. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

/** One line of the table. */
export interface BenchRow {
  readonly what: string;
  readonly result: string;
  /** What DESIGN.md asks for, or nothing where it asks for nothing. */
  readonly budget?: string;
  readonly kept?: boolean;
}

/** The rows as a table for a terminal. */
export function formatRows(rows: readonly BenchRow[]): string {
  const cells = [
    ['what', 'result', 'budget', ''],
    ...rows.map((row) => [
      row.what,
      row.result,
      row.budget ?? '',
      row.kept === undefined ? '' : row.kept ? 'kept' : 'MISSED',
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
