/** Rows of the explorer, and how each looks. All that a machine said is plain text: never Markdown, never an icon. */
import { l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type {
  ExplorerCursor,
  ExplorerFailure,
  ExplorerItem,
  ExplorerNode,
} from '../../../../server/src/protocol/explorer.ts';
import { COMMANDS } from '../../command-names.ts';
import { plainItem } from '../../tree-item.ts';

interface Base {
  readonly id: string;
  readonly parent: Row | undefined;
}
export interface ItemRow extends Base {
  readonly kind: 'item';
  readonly item: ExplorerItem;
  /** What was read below it. */
  children?: readonly Row[] | undefined;
}
export interface FoundRow extends Base {
  readonly kind: 'found';
  readonly text: string;
  readonly children: readonly Row[];
}
export interface MoreRow extends Base {
  readonly kind: 'more';
  readonly parent: ItemRow;
  readonly cursor: ExplorerCursor;
}
export interface NoteRow extends Base {
  readonly kind: 'note';
  readonly text: string;
}
export interface FailureRow extends Base {
  readonly kind: 'failure';
  readonly parent: ItemRow;
  readonly failure: ExplorerFailure;
}
export interface RetryRow extends Base {
  readonly kind: 'retry';
  readonly parent: ItemRow;
}
export type Row = ItemRow | FoundRow | MoreRow | NoteRow | FailureRow | RetryRow;

export const itemRow = (item: ExplorerItem, parent: Row | undefined): ItemRow => ({
  kind: 'item',
  id: `${parent?.id ?? ''}/${JSON.stringify(item.node)}`,
  ...{ item, parent },
});

/** What is in every machine. */
export function roots(): readonly ItemRow[] {
  const labels = {
    registry: l10n.t('Registry'),
    files: l10n.t('Files'),
    services: l10n.t('Services'),
    programs: l10n.t('Installed Programs'),
    hotfixes: l10n.t('Hotfixes'),
  };
  return (Object.keys(labels) as (keyof typeof labels)[]).map((kind) =>
    itemRow({ node: { kind }, label: labels[kind], expandable: true }, undefined),
  );
}

const ICONS: Readonly<Record<ExplorerNode['kind'], string>> = {
  registry: 'library',
  view: 'layers',
  key: 'symbol-namespace',
  value: 'symbol-string',
  files: 'device-desktop',
  folder: 'folder',
  file: 'file',
  'file-property': 'info',
  services: 'server-process',
  service: 'gear',
  'service-property': 'info',
  programs: 'package',
  program: 'archive',
  hotfixes: 'shield',
  hotfix: 'verified',
};

const NO_CHECK: ReadonlySet<ExplorerNode['kind']> = new Set([
  'registry',
  'view',
  'files',
  'services',
  'programs',
  'hotfixes',
]);

/** A row as the tree shows it. */
export const treeItemOf = (row: Row): TreeItem => plainItem(rawItem(row));

function rawItem(row: Row): TreeItem {
  switch (row.kind) {
    case 'item':
      return ofItem(row);
    case 'found': {
      const found = new TreeItem(l10n.t('Found: {0}', row.text), TreeItemCollapsibleState.Expanded);
      return Object.assign(found, {
        id: row.id,
        iconPath: new ThemeIcon('search'),
        description: String(row.children.length),
      });
    }
    case 'more': {
      const more = new TreeItem(l10n.t('Show More'));
      const command = { command: COMMANDS.showMoreOfTarget, title: l10n.t('Show More'), arguments: [row] };
      return Object.assign(more, { id: row.id, iconPath: new ThemeIcon('ellipsis'), command, contextValue: 'more' });
    }
    case 'note': {
      const note = new TreeItem(row.text);
      return Object.assign(note, {
        id: row.id,
        iconPath: new ThemeIcon('info'),
        tooltip: row.text,
        contextValue: 'note',
      });
    }
    case 'failure':
      return ofFailure(row);
    case 'retry': {
      const retry = new TreeItem(l10n.t('Retry'));
      const command = { command: COMMANDS.refreshTarget, title: l10n.t('Retry'), arguments: [row] };
      return Object.assign(retry, { id: row.id, iconPath: new ThemeIcon('refresh'), command, contextValue: 'retry' });
    }
  }
}

function ofItem({ id, item }: ItemRow): TreeItem {
  const { node, label, description, details, expandable, unreadable } = item;
  const tree = new TreeItem(label, expandable ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
  const can = [
    node.kind,
    ...(item.copyPath === undefined ? [] : ['has-path']),
    ...(item.copyValue === undefined ? [] : ['has-value']),
    ...(NO_CHECK.has(node.kind) || (node.kind === 'key' && node.path === '') ? [] : ['has-check']),
    ...(expandable ? ['has-more'] : []),
  ];
  const color = unreadable ? new ThemeColor('disabledForeground') : undefined;
  return Object.assign(tree, {
    id,
    contextValue: `${can.join(' ')} `,
    iconPath: new ThemeIcon(ICONS[node.kind], color),
    ...(description !== undefined && { description }),
    tooltip: [item.copyPath ?? label, ...(details ?? [])].join('\n'),
    accessibilityInformation: { label: description === undefined ? label : `${label}: ${description}` },
  });
}

function ofFailure({ id, failure }: FailureRow): TreeItem {
  const { code, meaning, raw, remedy, validate } = failure;
  const label = code === undefined ? meaning : l10n.t('Error {0}: {1}', code, meaning);
  const tree = new TreeItem(label);
  return Object.assign(tree, {
    id,
    contextValue: 'failure',
    iconPath: new ThemeIcon('error', new ThemeColor('errorForeground')),
    ...(remedy !== undefined && { description: remedy }),
    tooltip: [label, raw, remedy, validate].filter((line) => line !== undefined && line !== '').join('\n'),
    accessibilityInformation: { label: [label, remedy].filter((line) => line !== undefined).join('. ') },
  });
}
