/** For people: each test with its mark, of those that failed what was expected, what is so instead, and why. */
import { inert } from '../../results/report/inert.ts';
import type { Style } from '../../results/report/style.ts';
import { plural } from '../plural.ts';
import { coverageTable } from './coverage-table.ts';
import { countRuns, type PlacedProblem, type PlacedRun, type TestReport } from './report.ts';

export function pretty(report: TestReport): string {
  const { runs, style, coverage } = report;
  const files = [...new Set(runs.map(({ file }) => file))];
  const parts = files.map((file) => {
    const own = runs.filter((run) => run.file === file);
    return `${style.bold(inert(file))}\n${own.map((run) => runText(run, report)).join('')}\n`;
  });
  return [...parts, ...(coverage ? [coverageTable(coverage, style)] : []), `${summary(report)}\n`].join('');
}

function runText(run: PlacedRun, { places, style }: TestReport): string {
  const mark = { passed: style.green('✓'), failed: style.red('✗'), error: style.red('!') }[run.status];
  const machine = run.machine === null ? '' : style.dim(` on ${inert(run.machine)}`);
  const problems = run.problems.map((one) => `${places.pretty(one, style)}${differenceText(one, style)}`);
  return [`  ${mark} ${inert(run.title)}${machine}\n`, ...problems].join('');
}

function differenceText({ expected, seen, because }: PlacedProblem, style: Style): string {
  const lines = [
    ...(expected === undefined ? [] : [style.red(`  - expected ${inert(expected)}`)]),
    ...(seen === undefined ? [] : [style.green(`  + found    ${inert(seen)}`)]),
    ...because.map(({ text, file, line }) => {
      const where = file === undefined || line === undefined ? '' : style.dim(`  ${inert(file)}:${line}`);
      return `    because ${inert(text)}${where}`;
    }),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** What keeps tests from saying all that they could. */
export const contentErrors = (errors: number): string =>
  `${plural(errors, 'error')} in the content: \`patchlab check\` shows them.`;

function summary({ runs, files, errors, style }: TestReport): string {
  const wrong = errors === 0 ? '' : `\n${style.red(contentErrors(errors))}`;
  if (runs.length === 0) return `${plural(files, 'file')}: there is no test${wrong}`;
  const { passed, failed, error } = countRuns(runs);
  const told = [`${passed} passed`, `${failed} failed`, ...(error > 0 ? [`${error} could not be run`] : [])];
  const tests = new Set(runs.map(({ file, line, column }) => `${file}:${line}:${column}`)).size;
  const on = runs.length === tests ? '' : `, run ${runs.length} times`;
  return `${plural(tests, 'test')}${on}: ${told.join(', ')}${wrong}`;
}
