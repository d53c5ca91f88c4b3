/** What running tests came to, with lines and columns: what every format of `patchlab test` is made of. */
import type { Style } from '../../results/report/style.ts';
import type { Because, TestProblem, TestRun } from '../../scan/content-tests/run.ts';
import type { PlacedFinding, PlacedRange, Places } from '../findings.ts';
import type { FileCoverage } from './coverage.ts';

export interface PlacedBecause extends Partial<PlacedRange> {
  readonly text: string;
}

/** A finding, with what was expected and what is so. */
export interface PlacedProblem extends PlacedFinding {
  readonly expected?: string;
  readonly seen?: string;
  readonly because: readonly PlacedBecause[];
}

/** One test on one machine. */
export interface PlacedRun extends PlacedRange {
  readonly title: string;
  readonly machine: string | null;
  readonly status: TestRun['status'];
  readonly ms: number;
  readonly problems: readonly PlacedProblem[];
}

export interface TestReport {
  readonly runs: readonly PlacedRun[];
  /** How many files were looked through. */
  readonly files: number;
  /** Errors of the content itself, which `check` shows. */
  readonly errors: number;
  readonly coverage?: readonly FileCoverage[];
  readonly places: Places;
  readonly style: Style;
}

/** A run as the formats show it. */
export function placedRun({ test, machine, status, ms, problems }: TestRun, places: Places): PlacedRun {
  return {
    ...places.range(test.titleAt),
    ...{ title: test.title, machine, status, ms: Math.round(ms * 10) / 10 },
    problems: problems.map((one) => placedProblem(one, places)),
  };
}

function placedProblem({ code, at, message, expected, seen, because }: TestProblem, places: Places): PlacedProblem {
  const placed = ({ text, at: where }: Because): PlacedBecause => ({ text, ...(where && places.range(where)) });
  return {
    ...places.place({ code, severity: 'error', message, at }),
    ...(expected !== undefined && { expected }),
    ...(seen !== undefined && { seen }),
    because: because.map(placed),
  };
}

/** How many runs there are of each kind. */
export function countRuns(runs: readonly PlacedRun[]): Readonly<Record<TestRun['status'], number>> {
  const count = (wanted: TestRun['status']): number => runs.filter(({ status }) => status === wanted).length;
  return { passed: count('passed'), failed: count('failed'), error: count('error') };
}
