/** The explorer's tree: each row's children are read when it is opened, and kept until they are refreshed. */
import { EventEmitter, l10n, workspace, type TreeDataProvider, type TreeItem } from 'vscode';
import { EXPLORER_CHILDREN, type ExplorerItem, type ExplorerPage } from '../../../../server/src/protocol/explorer.ts';
import type { Machines } from '../machines/index.ts';
import {
  itemRow,
  roots,
  treeItemOf,
  type FailureRow,
  type FoundRow,
  type ItemRow,
  type MoreRow,
  type Row,
} from './rows.ts';
import type { Asked, TargetSession } from './session.ts';

export class TargetTree implements TreeDataProvider<Row> {
  readonly #machines: Machines;
  readonly #session: TargetSession;
  readonly #changed = new EventEmitter<Row | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #roots: readonly ItemRow[] = roots();
  #found: FoundRow | undefined;

  constructor(machines: Machines, session: TargetSession) {
    this.#machines = machines;
    this.#session = session;
  }

  getTreeItem(row: Row): TreeItem {
    return treeItemOf(row);
  }

  getParent(row: Row): Row | undefined {
    return row.parent;
  }

  async getChildren(row?: Row): Promise<Row[]> {
    // Without a target, and where the workspace is not trusted, the view says what to do.
    if (!row) {
      const isOpen = workspace.isTrusted && this.#machines.current.get() !== undefined;
      return isOpen ? [...(this.#found ? [this.#found] : []), ...this.#roots] : [];
    }
    if (row.kind === 'found') return [...row.children];
    if (row.kind !== 'item') return [];
    return [...(row.children ??= await this.#read(row))];
  }

  /** All of it anew: another target. */
  restart(): void {
    this.#roots = roots();
    this.#found = undefined;
    this.#changed.fire(undefined);
  }

  /** What is below a row anew; all of it without one. */
  refresh(row?: Row): void {
    if (row?.kind !== 'item') return this.restart();
    row.children = undefined;
    this.#changed.fire(row);
  }

  /** Reads the next part of a list and puts it in place of the row that offered it. */
  async more(row: MoreRow): Promise<void> {
    const { parent } = row;
    const next = rowsOf(parent, await this.#page(parent, row));
    parent.children = (parent.children ?? []).flatMap((one) => (one === row ? next : [one]));
    this.#changed.fire(parent);
  }

  /** Shows what a search found above everything else; gives the rows of it. */
  show(text: string, items: readonly ExplorerItem[]): readonly Row[] {
    const children: Row[] = [];
    const found: FoundRow = { kind: 'found', id: `found/${Date.now()}`, parent: undefined, text, children };
    children.push(...items.map((item) => itemRow(item, found)));
    this.#found = found;
    this.#changed.fire(undefined);
    return children;
  }

  async #read(row: ItemRow): Promise<readonly Row[]> {
    const page = await this.#page(row);
    if (page.ok) return rowsOf(row, page);
    return failureRows(row, page);
  }

  async #page({ item }: ItemRow, more?: MoreRow): Promise<Asked<ExplorerPage>> {
    const params = { node: item.node, ...(more && { cursor: more.cursor }) };
    return await this.#session.ask<ExplorerPage>(EXPLORER_CHILDREN, params);
  }
}

function rowsOf(parent: ItemRow, page: Asked<ExplorerPage>): readonly Row[] {
  if (!page.ok) return failureRows(parent, page);
  const { items, next, note } = page.value;
  const said = note ?? (items.length === 0 ? l10n.t('Nothing is here.') : undefined);
  return [
    ...(said === undefined ? [] : [{ kind: 'note' as const, id: `${parent.id}/note`, parent, text: said }]),
    ...items.map((item) => itemRow(item, parent)),
    ...(next
      ? [{ kind: 'more' as const, id: `${parent.id}/more ${next.list} ${next.from}`, parent, cursor: next }]
      : []),
  ];
}

function failureRows(parent: ItemRow, { failure }: Extract<Asked<unknown>, { ok: false }>): readonly Row[] {
  const failed: FailureRow = { kind: 'failure', id: `${parent.id}/failure`, parent, failure };
  return [failed, { kind: 'retry', id: `${parent.id}/retry`, parent }];
}
