/** The rows of the view: what each is, and how it shows. Every text of a machine or workspace is shown as it is, never as Markdown. */
import { l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type {
  ConfigurationRow,
  ConnectionStep,
  GroupMember,
  GroupRow,
  TemplateRow,
} from '../../../../server/src/protocol/machines.ts';
import type { ScanReply } from '../../../../server/src/protocol/scan.ts';
import { COMMANDS } from '../../command-names.ts';
import { plainItem } from '../../tree-item.ts';
import type { RememberedMachine } from '../scan/remembered-machines.ts';
import type { NamedCredential } from './credentials.ts';

export type Found = Pick<ScanReply['summary'], 'missing' | 'unknown' | 'products' | 'failed'>;

interface Beneath {
  readonly parent?: Row;
}

export type Row = Beneath &
  (
    | {
        readonly kind: 'section';
        readonly section: 'own' | 'recorded' | 'templates' | 'credentials';
        readonly count: number;
      }
    | { readonly kind: 'folder'; readonly configuration: ConfigurationRow }
    | { readonly kind: 'broken'; readonly configuration: ConfigurationRow }
    | { readonly kind: 'failed'; readonly why: string }
    | { readonly kind: 'group'; readonly configuration: ConfigurationRow; readonly group: GroupRow }
    | {
        readonly kind: 'page';
        readonly of: GroupRow;
        readonly uri: string;
        readonly members: readonly GroupMember[];
        readonly from: number;
      }
    | { readonly kind: 'part'; readonly what: 'range' | 'place'; readonly text: string }
    | MachineRow
    | { readonly kind: 'snapshot'; readonly label: string; readonly path: string; readonly isCurrent: boolean }
    | {
        readonly kind: 'template';
        readonly uri: string;
        readonly template: TemplateRow | undefined;
        readonly isCurrent: boolean;
      }
    | { readonly kind: 'credential'; readonly credential: NamedCredential }
    | { readonly kind: 'step'; readonly step: ConnectionStep; readonly at: number; readonly of: string }
    | { readonly kind: 'remedy'; readonly text: string; readonly of: string }
  );

/** A live machine: of a group, or the user's own. */
export interface MachineRow extends Beneath {
  readonly kind: 'machine';
  /** `HOST` or `HOST:PORT` */
  readonly machine: string;
  readonly own?: RememberedMachine;
  readonly member?: { readonly uri: string; readonly group: string; readonly member: GroupMember };
  readonly isCurrent: boolean;
  readonly found?: Found | undefined;
  readonly steps?: readonly ConnectionStep[] | undefined;
  readonly isScanning?: boolean;
}

const { Collapsed, Expanded, None } = TreeItemCollapsibleState;

/** How a row shows. */
export function itemOf(row: Row): TreeItem {
  const item = new TreeItem('', None);
  item.id = idOf(row);
  item.contextValue = row.kind;
  fill(item, row);
  return plainItem(item);
}

function fill(item: TreeItem, row: Row): void {
  switch (row.kind) {
    case 'section':
      item.label = SECTIONS[row.section]();
      item.contextValue = `section ${row.section}`;
      item.description = String(row.count);
      item.collapsibleState = row.section === 'own' ? Expanded : Collapsed;
      return;
    case 'folder':
      item.label = row.configuration.folder;
      item.iconPath = new ThemeIcon('root-folder');
      item.collapsibleState = Expanded;
      return;
    case 'broken': {
      const { problem, uri } = row.configuration;
      item.label = l10n.t('patchlab.json cannot be used');
      item.description = l10n.t('line {0}: {1}', (problem?.line ?? 0) + 1, problem?.message ?? '');
      item.tooltip = problem?.message ?? '';
      item.iconPath = new ThemeIcon('error', new ThemeColor('list.errorForeground'));
      item.command = openAt(uri, problem);
      return;
    }
    case 'failed':
      item.label = l10n.t('The machines of patchlab.json are not known');
      item.description = row.why;
      item.tooltip = row.why;
      item.iconPath = new ThemeIcon('error', new ThemeColor('list.errorForeground'));
      return;
    case 'group':
      item.label = row.group.name;
      item.description = describeGroup(row.group);
      item.iconPath = new ThemeIcon('server-environment');
      item.collapsibleState = Collapsed;
      item.tooltip = l10n.t('Machine group {0} of patchlab.json: {1}', row.group.name, describeGroup(row.group));
      return;
    case 'page': {
      const { from, members, of } = row;
      item.label = l10n.t('{0} to {1} of {2}', from + 1, from + members.length, of.hosts);
      item.description = `${members[0]?.text ?? ''} … ${members.at(-1)?.text ?? ''}`;
      item.iconPath = new ThemeIcon('list-ordered');
      item.collapsibleState = Collapsed;
      return;
    }
    case 'part':
      item.label = row.text;
      item.description = row.what === 'range' ? l10n.t('addresses') : l10n.t('of a directory');
      item.iconPath = new ThemeIcon(row.what === 'range' ? 'list-selection' : 'organization');
      item.tooltip = l10n.t('Whom this means is found out at each scan of the group.');
      return;
    case 'machine':
      fillMachine(item, row);
      return;
    case 'snapshot':
      item.label = row.label;
      item.iconPath = new ThemeIcon(row.isCurrent ? 'pass-filled' : 'file-binary');
      if (row.isCurrent) item.description = l10n.t('current target');
      item.tooltip = row.path;
      return;
    case 'template':
      item.label = row.template?.name ?? l10n.t('All content');
      item.contextValue = row.template ? 'template' : 'template all';
      item.description = describeTemplate(row);
      item.iconPath = new ThemeIcon(row.isCurrent ? 'pass-filled' : 'filter');
      return;
    case 'credential': {
      const { name, user, password, hosts } = row.credential;
      item.label = name;
      item.description = [user, ...(password === undefined ? [l10n.t('no password')] : []), ...hosts].join(' · ');
      item.tooltip = hosts.length > 0 ? l10n.t('Bound to {0}', hosts.join(', ')) : l10n.t('Bound to no machine');
      item.iconPath = new ThemeIcon('key');
      return;
    }
    case 'step':
      fillStep(item, row.step);
      return;
    case 'remedy':
      item.label = row.text;
      item.tooltip = row.text;
      item.iconPath = new ThemeIcon('lightbulb');
  }
}

const SECTIONS = {
  own: () => l10n.t('My machines'),
  recorded: () => l10n.t('Recorded machines'),
  templates: () => l10n.t('Scan templates'),
  credentials: () => l10n.t('Credentials'),
};

function fillMachine(item: TreeItem, row: MachineRow): void {
  const { machine, own, member, isCurrent, found, steps, isScanning = false } = row;
  item.label = machine;
  item.contextValue = `machine ${own ? 'own' : 'member'}`;
  const said = isScanning ? l10n.t('being scanned') : found && describeFound(found);
  const who = own?.user ?? member?.member.credential;
  item.description = [
    ...(said ? [said] : []),
    ...(isCurrent ? [l10n.t('current target')] : []),
    ...(who ? [who] : []),
  ].join(' · ');
  const failed = isScanning ? undefined : found?.failed;
  item.tooltip = failed ? `${failed.meaning}\n${failed.raw}\n${failed.remedy}` : item.description;
  const icon = isScanning ? 'loading~spin' : isCurrent ? 'pass-filled' : failed ? 'error' : 'vm';
  item.iconPath = new ThemeIcon(icon, failed ? new ThemeColor('list.errorForeground') : undefined);
  item.collapsibleState = steps ? Expanded : None;
}

/** What a scan found, in a few words. */
export function describeFound({ missing, unknown, failed }: Found): string {
  if (failed) return l10n.t('error {0}', failed.code);
  const open = unknown > 0 ? `, ${l10n.t('{0} unknown', unknown)}` : '';
  return `${l10n.t('{0} missing', missing)}${open}`;
}

const STEP_ICONS = { ok: 'pass', warning: 'warning', failed: 'error', 'not tested': 'circle-slash' };
const STEP_COLORS = {
  ...{ ok: 'testing.iconPassed', warning: 'list.warningForeground', failed: 'list.errorForeground' },
  'not tested': undefined,
};

function fillStep(item: TreeItem, { name, status, said, code, remedy, command, output }: ConnectionStep): void {
  item.label = name;
  item.description = code === undefined ? said : `${l10n.t('error {0}', code)}: ${said}`;
  item.tooltip = [`${name}: ${status}`, said, remedy, command && `> ${command}`, output].filter(Boolean).join('\n');
  item.contextValue = command === undefined ? 'step' : 'step command';
  const color = STEP_COLORS[status];
  item.iconPath = new ThemeIcon(STEP_ICONS[status], color === undefined ? undefined : new ThemeColor(color));
  item.collapsibleState = remedy === undefined ? None : Expanded;
  item.accessibilityInformation = { label: `${name}: ${status}. ${said}` };
}

function describeGroup({ hosts, addresses, places, groups }: GroupRow): string {
  const counted = (many: number, one: string, several: string): readonly string[] =>
    many === 0 ? [] : [many === 1 ? one : several];
  const parts = [
    ...counted(hosts, l10n.t('1 host'), l10n.t('{0} hosts', hosts)),
    ...counted(addresses, l10n.t('1 address'), l10n.t('{0} addresses', addresses)),
    ...counted(places.length, l10n.t('1 directory part'), l10n.t('{0} directory parts', places.length)),
    ...counted(groups.length, l10n.t('1 group'), l10n.t('{0} groups', groups.length)),
  ];
  return parts.length > 0 ? parts.join(', ') : l10n.t('empty');
}

function describeTemplate({ template, isCurrent }: { template: TemplateRow | undefined; isCurrent: boolean }): string {
  const filter = (words: string, by: TemplateRow['scan']): string[] => {
    const said = Object.values(by).flat().join(', ');
    return said === '' ? [] : [`${words} ${said}`];
  };
  return [
    ...(isCurrent ? [l10n.t('current')] : []),
    ...(template ? [...filter(l10n.t('only'), template.scan), ...filter(l10n.t('without'), template.skip)] : []),
    ...(template && template.include.length > 0 ? [l10n.t('also {0}', template.include.join(', '))] : []),
  ].join(' · ');
}

function openAt(uri: string, place: { readonly line: number; readonly character: number } | undefined) {
  const argument = { uri, line: place?.line ?? 0, character: place?.character ?? 0 };
  return { command: COMMANDS.openConfiguration, title: l10n.t('Open'), arguments: [argument] };
}

/** Stays the same while the row is what it is: so the view keeps what is open. */
export function idOf(row: Row): string {
  const above = row.parent ? `${idOf(row.parent)}/` : '';
  return `${above}${row.kind}:${ownId(row)}`;
}

function ownId(row: Row): string {
  switch (row.kind) {
    case 'section':
      return row.section;
    case 'folder':
    case 'broken':
      return row.configuration.uri;
    case 'failed':
      return '';
    case 'group':
      return `${row.configuration.uri}#${row.group.name}`;
    case 'page':
      return String(row.from);
    case 'part':
    case 'remedy':
      return row.text;
    case 'machine':
      return `${row.machine}#${row.member?.member.index ?? ''}#${row.steps ? 'tested' : ''}`;
    case 'snapshot':
      return row.path;
    case 'template':
      return `${row.uri}#${row.template?.name ?? ''}`;
    case 'credential':
      return row.credential.name;
    case 'step':
      return `${row.of}#${row.at}`;
  }
}
