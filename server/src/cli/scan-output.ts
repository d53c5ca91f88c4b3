/** What `patchlab scan` prints: each result as soon as it is there, and nothing of it is kept but a line for the summary. */
import { HTML_HEAD, HTML_TAIL, renderHtml } from '../results/report/html.ts';
import { renderPretty, renderSummary, summaryRow } from '../results/report/pretty.ts';
import { COLOUR, PLAIN } from '../results/report/style.ts';
import { SCAN_SCHEMA, type ScanResult } from '../scan/result.ts';
import type { ParsedArguments, Surroundings } from './verb.ts';

export interface ScanOutput {
  readonly add: (result: ScanResult) => void;
  /** Not every machine was scanned. */
  readonly incomplete: () => void;
  /** Once, also after a cancelled scan: what was printed is a whole document. */
  readonly end: () => void;
  /** A step of some machine failed, or a machine was not scanned. */
  readonly failed: boolean;
  readonly missing: boolean;
}

interface Format {
  readonly head: string;
  readonly one: (result: ScanResult) => string;
  readonly between: string;
  readonly tail: () => string;
}

export function openScanOutput(args: ParsedArguments, io: Surroundings): ScanOutput {
  const format = formatOf(args, io);
  const seen = { results: 0, failed: false, missing: false };
  return {
    add: (result) => {
      io.out(`${seen.results === 0 ? format.head : format.between}${format.one(result)}`);
      seen.results++;
      seen.failed ||= result.steps.some((step) => step.status === 'failed');
      seen.missing ||= result.patches.some((patch) => patch.status === 'missing');
    },
    incomplete: () => {
      seen.failed = true;
    },
    end: () => io.out(`${seen.results === 0 ? format.head : ''}${format.tail()}`),
    get failed() {
      return seen.failed;
    },
    get missing() {
      return seen.missing;
    },
  };
}

function formatOf(args: ParsedArguments, io: Surroundings): Format {
  switch (args.one('format')) {
    case 'json':
      return {
        head: `{\n  "schema": "${SCAN_SCHEMA}",\n  "results": [\n    `,
        one: (result) => JSON.stringify(result, null, 2).replaceAll('\n', '\n    '),
        between: ',\n    ',
        tail: () => '\n  ]\n}\n',
      };
    case 'html':
      return { head: HTML_HEAD, one: renderHtml, between: '\n', tail: () => HTML_TAIL };
    default:
      return pretty(args, io);
  }
}

function pretty(args: ParsedArguments, io: Surroundings): Format {
  const style = io.colour ? COLOUR : PLAIN;
  const rows: (readonly string[])[] = [];
  return {
    head: '',
    one: (result) => {
      rows.push(summaryRow(result));
      return renderPretty(result, { style, ...(args.has('trace') && { trace: 'all' as const }) });
    },
    between: '\n',
    tail: () => (rows.length < 2 ? '' : `\n${renderSummary(rows, style)}`),
  };
}
