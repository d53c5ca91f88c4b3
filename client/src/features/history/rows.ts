/** What the list of results says of each. Every text is plain: no Markdown, no icon, no link. */
import { l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { ResultEntry } from '../../../../server/src/protocol/results.ts';
import { COMMANDS } from '../../command-names.ts';
import { plainItem } from '../../tree-item.ts';

export type Row =
  | { readonly kind: 'result'; readonly entry: ResultEntry }
  | { readonly kind: 'older'; readonly from: number; readonly count: number }
  | { readonly kind: 'problem'; readonly text: string };

export const itemOf = (row: Row): TreeItem => plainItem(rawItem(row));

function rawItem(row: Row): TreeItem {
  switch (row.kind) {
    case 'result':
      return resultItem(row.entry);
    case 'older': {
      const item = new TreeItem(l10n.t('{0} older results', row.count), TreeItemCollapsibleState.Collapsed);
      item.id = `older ${row.from}`;
      return item;
    }
    case 'problem': {
      const item = new TreeItem(row.text);
      item.iconPath = new ThemeIcon('warning');
      item.tooltip = row.text;
      return item;
    }
  }
}

function resultItem(entry: ResultEntry): TreeItem {
  const item = new TreeItem(entry.machine);
  const said = describeResult(entry);
  item.id = `${entry.origin} ${entry.folder} ${entry.id}`;
  item.description = said;
  item.tooltip = [
    ...[entry.machine, entry.os ?? '', said, l10n.t('Scan {0}', entry.id)].filter(Boolean),
    originOf(entry),
  ].join('\n');
  item.iconPath = iconOf(entry);
  item.contextValue = [entry.origin, entry.broken === undefined ? 'result' : 'broken'].join('-');
  item.command = { command: COMMANDS.openResult, title: l10n.t('Open'), arguments: [row(entry)] };
  item.accessibilityInformation = { label: `${entry.machine}, ${said}` };
  return item;
}

const row = (entry: ResultEntry): Row => ({ kind: 'result', entry });

/** `today 21:40, 3 missing, 2 unknown`. */
export function describeResult(entry: ResultEntry): string {
  const { broken, error, counts } = entry;
  if (broken !== undefined) return l10n.t('cannot be read: {0}', broken);
  const found = error === null ? describeCounts(counts) : l10n.t('failed: error {0}', error);
  return `${timeOf(entry)}, ${found}`;
}

/** What calls for action, or that nothing does. */
function describeCounts(counts: ResultEntry['counts']): string {
  const shown = ['missing', 'unknown'].flatMap((status) => {
    const count = counts[status] ?? 0;
    return count > 0 ? [`${count} ${status}`] : [];
  });
  return shown.length > 0 ? shown.join(', ') : l10n.t('nothing missing');
}

function timeOf({ started }: ResultEntry): string {
  const time = new Date(started);
  const today = new Date().toDateString() === time.toDateString();
  return time.toLocaleString(undefined, today ? { timeStyle: 'short' } : { dateStyle: 'short', timeStyle: 'short' });
}

function originOf({ origin }: ResultEntry): string {
  switch (origin) {
    case 'history':
      return l10n.t('Scanned from this editor');
    case 'store':
      return l10n.t('From the store of patchlab.json');
    case 'arrivals':
      return l10n.t('From the arrivals of patchlab.json, not imported yet');
  }
}

function iconOf({ broken, error, counts }: ResultEntry): ThemeIcon {
  if (broken !== undefined || error !== null) return new ThemeIcon('error', new ThemeColor('list.errorForeground'));
  if ((counts.missing ?? 0) > 0) return new ThemeIcon('warning', new ThemeColor('patchlab.verdictFalse'));
  if ((counts.unknown ?? 0) > 0) return new ThemeIcon('question', new ThemeColor('patchlab.verdictUnknown'));
  return new ThemeIcon('pass', new ThemeColor('patchlab.verdictTrue'));
}
