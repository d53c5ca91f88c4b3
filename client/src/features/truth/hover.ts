/** The hover of a mark. Texts of machines stand in code blocks: nothing in them is Markdown, a link or a command. */
import { l10n, MarkdownString } from 'vscode';
import type { TruthFact } from '../../../../server/src/protocol/truth.ts';
import type { KeptMark } from './kept-truth.ts';

const MOST = 8;
const SIGN = { true: '✓', false: '✗', unknown: '?' } as const;

export function hoverOf(mark: KeptMark, machine: string): MarkdownString {
  const hover = new MarkdownString();
  // Whatever Markdown there is may neither run commands nor be HTML.
  hover.isTrusted = false;
  hover.supportHtml = false;
  hover.appendText(mark.stale ? l10n.t('Seen on {0}, before the edit', machine) : l10n.t('Seen on {0}', machine));
  hover.appendCodeblock(mark.title, 'detect');
  const shown = mark.facts.slice(0, MOST).map(describe);
  const more = mark.facts.length - shown.length;
  if (shown.length > 0) hover.appendCodeblock(shown.join('\n\n'), 'plaintext');
  if (more > 0) hover.appendText(l10n.t('and {0} more', more));
  return hover;
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
