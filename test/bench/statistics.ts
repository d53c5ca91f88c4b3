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
