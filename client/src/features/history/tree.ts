/** The list of results, the newest first, older ones in pages: five thousand stay fluid. */
import { EventEmitter, l10n, type TreeDataProvider, type TreeItem } from 'vscode';
import type { ResultEntry, ResultsReply } from '../../../../server/src/protocol/results.ts';
import type { Host } from '../../host.ts';
import { listResults } from './requests.ts';
import { itemOf, type Row } from './rows.ts';

const PAGE = 200;

export class ResultsTree implements TreeDataProvider<Row> {
  readonly #host: Host;
  readonly #ready: Promise<void>;
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #entries: readonly ResultEntry[] = [];

  constructor(host: Host, ready: Promise<void>) {
    this.#host = host;
    this.#ready = ready;
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  getTreeItem(row: Row): TreeItem {
    return itemOf(row);
  }

  getParent(): undefined {
    return undefined;
  }

  async getChildren(row?: Row): Promise<Row[]> {
    if (row) return row.kind === 'older' ? this.#page(row.from) : [];
    const { entries, problems } = await this.#ask();
    this.#entries = entries;
    return [...problems.map((text): Row => ({ kind: 'problem', text })), ...this.#page(0)];
  }

  #page(from: number): Row[] {
    const shown = this.#entries.slice(from, from + PAGE).map((entry): Row => ({ kind: 'result', entry }));
    const count = this.#entries.length - from - PAGE;
    return count > 0 ? [...shown, { kind: 'older', from: from + PAGE, count }] : shown;
  }

  /** A server that does not answer is a row that says so: an empty list would say that there is nothing. */
  async #ask(): Promise<ResultsReply> {
    await this.#ready;
    try {
      return await listResults(this.#host);
    } catch (error) {
      this.#host.log.error(error instanceof Error ? error : String(error));
      const why = error instanceof Error ? error.message : String(error);
      return { entries: [], problems: [l10n.t('The results cannot be listed: {0}', why)] };
    }
  }
}
