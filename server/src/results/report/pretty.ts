/** A result as a person reads it in a terminal. Every text that is not ours is made inert. */
import type { Trace, Verdict } from '../../evaluate/verdict.ts';
import type { PatchResult, PatchStatus, ScanError, ScanResult, StepReport } from '../../scan/result.ts';
import { inert } from './inert.ts';
import {
  describeCounts,
  describeInstance,
  describeMs,
  describeOs,
  describePlace,
  describeSource,
  patchesByStatus,
} from './order.ts';
import { PLAIN, type Style } from './style.ts';

export interface PrettyOptions {
  readonly style?: Style;
  /** Whose traces are shown: every patch that has one, or those with this id. */
  readonly trace?: 'all' | { readonly id: string };
}

/** The whole report, with a line end at its end. */
export function renderPretty(result: ScanResult, options: PrettyOptions = {}): string {
  const style = options.style ?? PLAIN;
  const sections = [
    heading(result, style),
    steps(result, style),
    products(result, style),
    patches(result, style),
    traces(result, style, options.trace),
    options.trace === 'all' ? cost(result, style) : [],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** What was read in which batch, and what looked at most. */
function cost({ cost: { rounds = [], dearest = [] } }: ScanResult, style: Style): readonly string[] {
  if (rounds.length === 0) return [];
  const batches = rounds.map(({ step, reads, roundTrips, bytes, ms }) => [
    ...[`step ${step}`, `${reads} reads`, `${roundTrips} round trips`, `${Math.ceil(bytes / 1024)} KB`, describeMs(ms)],
  ]);
  const dear = dearest.map(({ kind, id, reads }) => [`${kind} ${inert(id)}`, `${reads} looked at`]);
  return [style.bold('Cost'), ...table(batches), ...table(dear)];
}

/** Several machines: each report, then a line a machine. */
export function renderPrettyAll(results: readonly ScanResult[], options: PrettyOptions = {}): string {
  const reports = results.map((result) => renderPretty(result, options));
  if (results.length < 2) return reports.join('\n');
  return [...reports, renderSummary(results.map(summaryRow), options.style)].join('\n');
}

/** A machine on one line: its name, its Windows, what came out. */
export function summaryRow(result: ScanResult): readonly string[] {
  const error = result.steps.find((step) => step.error)?.error;
  const said = error ? `error ${error.code}: ${error.meaning}` : describeCounts(result);
  return [inert(result.machine.name), inert(result.machine.os?.name ?? '-'), inert(said)];
}

/** Several machines, a line each, with a line end at its end. */
export function renderSummary(rows: readonly (readonly string[])[], style: Style = PLAIN): string {
  return [style.bold(`${rows.length} machines`), ...table(rows), ''].join('\n');
}

function heading(result: ScanResult, style: Style): readonly string[] {
  return [
    `${style.bold(inert(result.machine.name))}  ${inert(describeOs(result))}`,
    style.dim(`${inert(describeSource(result))}; scan ${result.scanId}`),
  ];
}

const MARKS = { ok: '✓', failed: '✗', skipped: '·' } as const;

function steps(result: ScanResult, style: Style): readonly string[] {
  const lines = result.steps.flatMap((step) => [stepLine(step, style), ...stepDetails(step, style)]);
  return [style.bold('Steps'), ...lines];
}

function stepLine({ step, name, status, ms }: StepReport, style: Style): string {
  const colour = { ok: style.green, failed: style.red, skipped: style.dim }[status];
  const time = status === 'skipped' ? 'skipped' : describeMs(ms);
  return `  ${colour(MARKS[status])} ${step} ${name.padEnd(9)} ${style.dim(time)}`;
}

function stepDetails({ error, warning }: StepReport, style: Style): readonly string[] {
  const warned = warning === undefined ? [] : [`      ${style.yellow('warning')}   ${inert(warning)}`];
  return error ? [...warned, ...errorLines(error, style)] : warned;
}

/** An error's lines, indented below its step. */
export function errorLines(error: ScanError, style: Style): readonly string[] {
  return [
    `      ${style.red(`error ${inert(error.code)}`)}  ${inert(error.meaning)}`,
    `      raw        ${inert(error.raw)}`,
    `      remedy     ${inert(error.remedy)}`,
    `      validate   ${inert(error.validate)}`,
  ];
}

function products(result: ScanResult, style: Style): readonly string[] {
  if (result.products.length === 0) return [];
  const rows = result.products.flatMap((product) =>
    product.instances.map((instance) => [
      inert(product.name),
      instance.state === 'unknown' ? 'unknown' : inert(instance.version ?? '-'),
      instance.state === 'unknown' ? inert(instance.reason ?? '') : inert(describePlace(instance)),
    ]),
  );
  return [style.bold('Products'), ...table(rows)];
}

function statusColour(status: PatchStatus, style: Style): (text: string) => string {
  switch (status) {
    case 'missing':
      return style.red;
    case 'unknown':
    case 'note':
      return style.yellow;
    case 'installed':
    case 'effectively installed':
      return style.green;
    case 'superseded':
    case 'not applicable':
      return style.dim;
  }
}

function patches(result: ScanResult, style: Style): readonly string[] {
  if (result.patches.length === 0) return [];
  const groups = patchesByStatus(result).flatMap(({ status, patches: members }) => {
    const title = `${status.charAt(0).toUpperCase()}${status.slice(1)} (${members.length})`;
    const rows = members.map((patch) => patchRow(result, patch));
    return [`  ${statusColour(status, style)(title)}`, ...table(rows).map((line) => `  ${line}`)];
  });
  const count = result.patches.length;
  const counts = `${count} ${count === 1 ? 'verdict' : 'verdicts'}: ${describeCounts(result)}`;
  return [style.bold('Patches'), ...groups, '', style.bold(counts)];
}

function patchRow(result: ScanResult, patch: PatchResult): readonly string[] {
  const why = [
    patch.head === undefined ? null : `by ${patch.head}`,
    patch.status === 'unknown' || patch.status === 'note' ? (patch.reason ?? null) : null,
    patch.how === undefined || patch.how === 'explicit' ? null : patch.how,
    patch.warning === null ? null : `warning: ${patch.warning}`,
    patch.status === 'missing' ? patch.cve.join(' ') : null,
  ].filter((part) => part !== null && part !== '');
  return [
    inert(patch.severity),
    inert(patch.id),
    inert(patch.title ?? ''),
    inert(describeInstance(result, patch)),
    inert(why.join('; ')),
  ];
}

/** Rows in columns, two blanks before each; a column as wide as its widest text, up to a limit. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = [0, 1, 2, 3].map((column) =>
    Math.min(44, Math.max(0, ...rows.map((row) => row[column]?.length ?? 0))),
  );
  return rows.map((row) => `  ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}

function traces(result: ScanResult, style: Style, wanted: PrettyOptions['trace']): readonly string[] {
  if (wanted === undefined) return [];
  const shown = result.patches.filter(
    (patch) => patch.trace && (wanted === 'all' || patch.id.toLowerCase() === wanted.id.toLowerCase()),
  );
  return shown.flatMap((patch, index) => [
    ...(index === 0 ? [] : ['']),
    style.bold(`Why ${inert(patch.id)} is ${patch.status} for ${inert(describeInstance(result, patch))}`),
    ...(patch.trace?.at ? [style.dim(`  as ${inert(patch.trace.at.file)} says`)] : []),
    ...(patch.trace ? traceLines(patch.trace, style, 1) : []),
  ]);
}

const VERDICT_MARKS: Readonly<Record<Verdict, string>> = { true: '✓', false: '✗', unknown: '?' };

/** A trace as an indented tree. */
export function traceLines(trace: Trace, style: Style, depth: number): readonly string[] {
  const indent = '  '.repeat(depth);
  const colour = { true: style.green, false: style.red, unknown: style.yellow }[trace.verdict];
  const details = [
    trace.expected === undefined ? null : `expected ${trace.expected}`,
    trace.observed === undefined ? null : `observed ${trace.observed}`,
    trace.source === undefined ? null : `in ${trace.source}`,
    trace.reason === undefined ? null : `because ${trace.reason}`,
  ].filter((part) => part !== null);
  return [
    `${indent}${colour(VERDICT_MARKS[trace.verdict])} ${inert(trace.check)}`,
    ...details.map((text) => `${indent}    ${style.dim(inert(text))}`),
    ...(trace.children ?? []).flatMap((child) => traceLines(child, style, depth + 1)),
  ];
}
