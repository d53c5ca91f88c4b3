/** The hover of a mark. Texts of machines stand in code blocks: nothing in them is Markdown, a link or a command. */
import { l10n, MarkdownString } from 'vscode';
import type { EarlierScan, TruthFact } from '../../../../server/src/protocol/truth.ts';
import type { KeptMark } from './kept-truth.ts';

const MOST = 8;
const SIGN = { true: '✓', false: '✗', unknown: '?' } as const;

/** On which machine a mark was seen; by an earlier scan, where a later one has failed. */
export interface SeenOn {
  readonly machine: string;
  readonly earlier?: EarlierScan | undefined;
}

export function hoverOf(mark: KeptMark, seen: SeenOn): MarkdownString {
  const hover = new MarkdownString();
  // Whatever Markdown there is may neither run commands nor be HTML.
  hover.isTrusted = false;
  hover.supportHtml = false;
  hover.appendText(headOf(mark, seen));
  hover.appendCodeblock(mark.title, 'detect');
  const shown = mark.facts.slice(0, MOST).map(describe);
  const more = mark.facts.length - shown.length;
  if (shown.length > 0) hover.appendCodeblock(shown.join('\n\n'), 'plaintext');
  if (more > 0) hover.appendText(l10n.t('and {0} more', more));
  return hover;
}

function headOf({ stale }: KeptMark, { machine, earlier }: SeenOn): string {
  const head = stale ? l10n.t('Seen on {0}, before the edit', machine) : l10n.t('Seen on {0}', machine);
  return earlier ? `${head}. ${describeEarlier(earlier)}` : head;
}

/** Of which scan it is, and why not of the latest. */
export function describeEarlier({ scanned, failed }: EarlierScan): string {
  return l10n.t(
    'This is of the earlier scan at {0}: the latest one failed (error {1})',
    new Date(scanned).toLocaleTimeString(),
    failed.code,
  );
}

function describe({ verdict, of, expected, observed, source, why }: TruthFact): string {
  const rows: readonly (readonly [string, string | undefined])[] = [
    [l10n.t('expected'), expected],
    [l10n.t('observed'), observed],
    [l10n.t('read from'), source],
    [l10n.t('because'), why],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(width)}  ${value}`]));
  return [`${SIGN[verdict]} ${of}`, ...lines].join('\n');
}
