/** Findings for people and programs: offsets become lines and columns, both from 1, columns in UTF-16 code units. */
import type { Finding, Location, Severity } from '../model/source.ts';
import { inert } from '../results/report/inert.ts';
import type { Style } from '../results/report/style.ts';
import type { ContentFile } from '../scan/content-files.ts';

/** A part of a file: lines and columns from 1, ends exclusive. */
export interface PlacedRange {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A finding of `patchlab-check/1`. */
export interface PlacedFinding extends PlacedRange {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Other places that have to do with it. */
  readonly related?: readonly (PlacedRange & { readonly message: string })[];
  /** What can be written instead without asking. */
  readonly fix?: PlacedRange & { readonly title: string; readonly text: string };
}

/** The lines of one file. */
class Lines {
  readonly #text: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#text = text;
    this.#starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map((match) => match.index + match[0].length)];
  }

  /** Line and column of an offset, from 1. */
  place(offset: number): { line: number; column: number } {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }

  /** The text of a line, from 1, without its end. */
  line(number: number): string {
    const end = this.#starts[number] ?? this.#text.length;
    return this.#text.slice(this.#starts[number - 1] ?? 0, end).replace(/[\r\n]+$/, '');
  }
}

/** Where things stand in some files. */
export class Places {
  readonly #lines: ReadonlyMap<string, Lines>;

  constructor(files: readonly ContentFile[]) {
    this.#lines = new Map(files.map(({ file, text }) => [file, new Lines(text)]));
  }

  /** A finding with lines and columns. */
  place({ code, severity, message, at, related, fix }: Finding): PlacedFinding {
    return {
      ...this.range(at),
      code,
      severity,
      message,
      ...(related !== undefined &&
        related.length > 0 && { related: related.map((one) => ({ ...this.range(one.at), message: one.message })) }),
      ...(fix !== undefined && { fix: { ...this.range(fix.at), title: fix.title, text: fix.text } }),
    };
  }

  range({ file, start, end }: Location): PlacedRange {
    const lines = this.#lines.get(file);
    const first = lines?.place(start) ?? { line: 1, column: 1 };
    const last = lines?.place(end) ?? first;
    return { file, ...first, endLine: last.line, endColumn: last.column };
  }

  /** A finding with its source line and a caret below the place. */
  pretty(finding: PlacedFinding, style: Style): string {
    const { file, line, column, endLine, endColumn, code, severity, message, related } = finding;
    const colour = { error: style.red, warning: style.yellow, information: style.cyan, hint: style.dim }[severity];
    const source = this.#lines.get(file)?.line(line) ?? '';
    const { shown, before, marked } = excerpt(source, column - 1, endLine === line ? endColumn - 1 : source.length);
    return [
      `${inert(file)}:${line}:${column}: ${colour(severity)} ${style.bold(inert(message))} ${style.dim(`(${inert(code)})`)}`,
      `  ${shown}`,
      `  ${' '.repeat(before)}${colour('^'.repeat(marked))}`,
      ...(related ?? []).map((one) =>
        style.dim(`  ${inert(one.file)}:${one.line}:${one.column}: ${inert(one.message)}`),
      ),
      '',
    ].join('\n');
  }
}

/** The findings of some files, in the order of files and places. */
export class FindingList {
  readonly findings: readonly PlacedFinding[];
  readonly #places: Places;

  constructor(files: readonly ContentFile[], findings: readonly Finding[]) {
    this.#places = new Places(files);
    this.findings = findings.map((finding) => this.#places.place(finding)).sort(byPlace);
  }

  count(severity: Severity): number {
    return this.findings.filter((finding) => finding.severity === severity).length;
  }

  /** Each with its source line. */
  pretty(style: Style): string {
    return this.findings.map((finding) => this.#places.pretty(finding, style)).join('');
  }
}

/** A line may be all of a file: of a long one only what stands around the place is shown. */
const LONGEST_LINE = 160;
const MOST_BEFORE = 60;

/** A line as it is printed, how far in it the place begins, and how long that is. */
function excerpt(
  source: string,
  start: number,
  end: number,
): { readonly shown: string; readonly before: number; readonly marked: number } {
  const printed = (text: string): string => inert(text.replaceAll('\t', '    '));
  const from = source.length > LONGEST_LINE ? Math.max(0, start - MOST_BEFORE) : 0;
  const to = Math.min(source.length, from + LONGEST_LINE);
  const head = (from > 0 ? '…' : '') + printed(source.slice(from, start));
  const place = printed(source.slice(start, Math.min(end, to)));
  const tail = printed(source.slice(Math.min(end, to), to)) + (to < source.length ? '…' : '');
  return { shown: head + place + tail, before: head.length, marked: Math.max(1, place.length) };
}

function byPlace(a: PlacedFinding, b: PlacedFinding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
