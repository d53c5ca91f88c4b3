/** Coverage as a table: a line a check, and of each outcome how often tests have seen it. */
import { inert } from '../../results/report/inert.ts';
import type { Style } from '../../results/report/style.ts';
import type { FileCoverage } from './coverage.ts';

const WIDEST = 60;

export function coverageTable(coverage: readonly FileCoverage[], style: Style): string {
  return `${style.bold('Coverage: in how many runs each check came out so')}\n${coverage.map((one) => fileTable(one, style)).join('')}`;
}

function fileTable({ file, checks }: FileCoverage, style: Style): string {
  const rows = checks.map((one) => ({
    place: `${one.line}:${one.column}`,
    check: short(inert(one.check)),
    seen: ([one.true, one.false, one.unknown] as const).map((times) => (times === 0 ? '-' : String(times))),
    isWhole: one.true > 0 && one.false > 0,
  }));
  const place = Math.max(...rows.map((row) => row.place.length));
  const check = Math.max(...rows.map((row) => row.check.length));
  const head = `  ${''.padEnd(place)}  ${''.padEnd(check)}   true  false  unknown`;
  const lines = rows.map((row) => {
    const [yes = '', no = '', open = ''] = row.seen;
    const line = `  ${row.place.padEnd(place)}  ${row.check.padEnd(check)}  ${yes.padStart(5)}  ${no.padStart(5)}  ${open.padStart(7)}`;
    return row.isWhole ? line : style.yellow(line);
  });
  const whole = rows.filter(({ isWhole }) => isWhole).length;
  const told = `  ${whole} of ${rows.length} seen both true and false`;
  return `${[inert(file), style.dim(head), ...lines, told].join('\n')}\n\n`;
}

const short = (text: string): string => (text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text);
