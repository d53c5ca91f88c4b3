/** The view's tree. Members of a group are asked for when it is opened, and of a large one in pages: 5,000 machines stay fluid. */
import { EventEmitter, type TreeDataProvider, type TreeItem } from 'vscode';
import type { ConfigurationRow, ConnectionStep, GroupMember } from '../../../../server/src/protocol/machines.ts';
import { workspaceSnapshots } from '../scan/ask-snapshot.ts';
import type { RememberedMachines } from '../scan/remembered-machines.ts';
import type { CurrentTarget, TargetStore } from '../target/current-target.ts';
import type { Configurations } from './configurations.ts';
import type { Credentials } from './credentials.ts';
import { itemOf, type Found, type MachineRow, type Row } from './rows.ts';
import type { TemplateStore } from './template-store.ts';

export interface TreeSources {
  readonly configurations: Configurations;
  readonly machines: RememberedMachines;
  readonly credentials: Credentials;
  readonly target: TargetStore;
  readonly templates: TemplateStore;
  /** Settles when the server answers, or will not. */
  readonly ready: Promise<void>;
  /** Told whether there is nothing at all. */
  readonly onEmpty: (isEmpty: boolean) => void;
}

const PAGE = 250;
const SOON_MS = 30;

export class MachinesTree implements TreeDataProvider<Row> {
  readonly #sources: TreeSources;
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  /** What the last scan of a machine found, and the last test of its connection; by its name. */
  readonly #found = new Map<string, Found>();
  readonly #steps = new Map<string, readonly ConnectionStep[]>();
  /** Machines that are asked now. */
  #scanning: ReadonlySet<string> = new Set();

  #soon: NodeJS.Timeout | undefined;
  #known: readonly Row[] | undefined;
  #recorded: Awaited<ReturnType<typeof workspaceSnapshots>> = [];

  constructor(sources: TreeSources) {
    this.#sources = sources;
  }

  /**
   * The editor forgets every row as soon as it is told, and a command on a row that it is just pressed for would be about none: so
   * what comes is known before. Several changes at once are one.
   */
  refresh(): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.#renew(), SOON_MS);
  }

  async #renew(): Promise<void> {
    const roots = await this.#roots();
    this.#known = roots;
    this.#changed.fire(undefined);
  }

  setFound(machine: string, found: Found): void {
    this.#found.set(machine, found);
    this.setScanning([...this.#scanning].filter((one) => one !== machine));
  }

  /** The machines that are asked now, and no others. */
  setScanning(machines: readonly string[]): void {
    this.#scanning = new Set(machines);
    this.refresh();
  }

  setSteps(machine: string, steps: readonly ConnectionStep[]): void {
    this.#steps.set(machine, steps);
    this.refresh();
  }

  /** The row of a machine as it is now. */
  now(row: MachineRow): MachineRow {
    return {
      ...row,
      found: this.#found.get(row.machine),
      steps: this.#steps.get(row.machine),
      isScanning: this.#scanning.has(row.machine),
    };
  }

  getTreeItem(row: Row): TreeItem {
    return itemOf(row);
  }

  getParent(row: Row): Row | undefined {
    return row.parent;
  }

  async getChildren(row?: Row): Promise<Row[]> {
    return [...(await (row ? this.#beneath(row) : (this.#known ?? this.#roots())))];
  }

  async #beneath(row: Row): Promise<readonly Row[]> {
    switch (row.kind) {
      case 'section':
        return this.#ofSection(row);
      case 'folder':
        return topRows(row.configuration, row);
      case 'group':
        return this.#ofGroup(row);
      case 'page':
        return row.members.map((member) => this.#member(row, { uri: row.uri, group: row.of.name, member }));
      case 'machine':
        return (row.steps ?? []).map((step, at) => ({ kind: 'step', step, at, of: row.machine, parent: row }));
      case 'step':
        return row.step.remedy === undefined
          ? []
          : [{ kind: 'remedy', text: row.step.remedy, of: row.of, parent: row }];
      default:
        return [];
    }
  }

  async #roots(): Promise<readonly Row[]> {
    const { machines, credentials } = this.#sources;
    const [known, recorded, named] = await Promise.all([
      this.#configurations(),
      workspaceSnapshots(),
      credentials.all(),
    ]);
    const configurations = known.filter((one) => one.kind === 'failed' || one.configuration.state !== 'none');
    const own = machines.all().length;
    this.#recorded = recorded;
    this.#sources.onEmpty(configurations.length + recorded.length + own + named.length === 0);
    // Nothing at all: the view says what can be done.
    if (configurations.length + recorded.length + own + named.length === 0) return [];
    const templates = known.reduce(
      (sum, one) => sum + (one.kind === 'failed' ? 0 : one.configuration.templates.length),
      0,
    );
    const single = configurations.length === 1 ? configurations[0] : undefined;
    return [
      ...(single?.kind === 'folder' ? topRows(single.configuration) : configurations),
      { kind: 'section', section: 'own', count: own },
      { kind: 'section', section: 'recorded', count: recorded.length },
      ...(templates > 0 ? [{ kind: 'section', section: 'templates', count: templates } as const] : []),
      { kind: 'section', section: 'credentials', count: named.length },
    ];
  }

  async #configurations(): Promise<readonly (Row & { kind: 'folder' | 'failed' })[]> {
    await this.#sources.ready;
    try {
      const rows = await this.#sources.configurations.rows();
      return rows.map((configuration) => ({ kind: 'folder', configuration }));
    } catch (error) {
      return [{ kind: 'failed', why: error instanceof Error ? error.message : String(error) }];
    }
  }

  async #ofSection(parent: Row & { kind: 'section' }): Promise<readonly Row[]> {
    const { machines, credentials, target, templates, configurations } = this.#sources;
    switch (parent.section) {
      case 'own':
        return machines.all().map((own) => this.now({ ...this.#machine(own.host), own, parent }));
      case 'recorded':
        return this.#recorded.map(({ label, path }) => {
          const isCurrent = isSnapshot(target.get(), path);
          return { kind: 'snapshot', label, path, isCurrent, parent };
        });
      case 'templates': {
        const rows = (await configurations.rows()).flatMap(({ uri, templates: all }) =>
          all.map(
            (template) =>
              ({ kind: 'template', uri, template, isCurrent: templates.is(uri, template.name), parent }) as const,
          ),
        );
        return [{ kind: 'template', uri: '', template: undefined, isCurrent: !templates.get(), parent }, ...rows];
      }
      case 'credentials':
        return (await credentials.all()).map((credential) => ({ kind: 'credential', credential, parent }));
    }
  }

  async #ofGroup(parent: Row & { kind: 'group' }): Promise<readonly Row[]> {
    const { configuration, group } = parent;
    const { uri } = configuration;
    const members = await this.#sources.configurations.members({ uri, group: group.name });
    const nested = configuration.groups.filter(({ name }) => group.groups.includes(name));
    return [
      ...nested.map((one): Row => ({ kind: 'group', configuration, group: one, parent })),
      ...group.ranges.map((text): Row => ({ kind: 'part', what: 'range', text, parent })),
      ...group.places.map((text): Row => ({ kind: 'part', what: 'place', text, parent })),
      ...(members.length <= 2 * PAGE
        ? members.map((member) => this.#member(parent, { uri, group: group.name, member }))
        : pagesOf(members).map((page): Row => ({ kind: 'page', of: group, uri, ...page, parent }))),
    ];
  }

  #member(parent: Row, member: NonNullable<MachineRow['member']>): MachineRow {
    return this.now({ ...this.#machine(member.member.machine, member), member, parent });
  }

  #machine(machine: string, of?: { readonly uri: string; readonly group: string }): MachineRow {
    const target = this.#sources.target.get();
    const isMachine = target?.kind === 'machine' && target.host.toLowerCase() === machine.toLowerCase();
    const isCurrent = isMachine && target.group?.uri === of?.uri && target.group?.name === of?.group;
    return { kind: 'machine', machine, isCurrent };
  }
}

function isSnapshot(target: CurrentTarget | undefined, path: string): boolean {
  return target?.kind === 'snapshot' && target.path === path;
}

function topRows(configuration: ConfigurationRow, parent?: Row): readonly Row[] {
  const above = parent ? { parent } : {};
  if (configuration.state === 'broken') return [{ kind: 'broken', configuration, ...above }];
  const top = configuration.groups.filter(({ isTop }) => isTop);
  return top.map((group) => ({ kind: 'group', configuration, group, ...above }));
}

function pagesOf(members: readonly GroupMember[]): readonly { members: readonly GroupMember[]; from: number }[] {
  return Array.from({ length: Math.ceil(members.length / PAGE) }, (_, at) => {
    return { from: at * PAGE, members: members.slice(at * PAGE, (at + 1) * PAGE) };
  });
}
