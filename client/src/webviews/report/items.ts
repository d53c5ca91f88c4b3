/** Which of a report's patches fit the filter, in groups by status: what its list shows. */
import type { ReportPatch } from '../../../../server/src/protocol/scan.ts';
import { plainText } from '../common/text.ts';

export interface Filter {
  readonly text: string;
  readonly status: string;
  readonly severity: string;
}

export interface Head {
  readonly kind: 'head';
  readonly key: string;
  readonly height: number;
  readonly status: string;
  readonly total: number;
  readonly fitting: number;
  readonly folded: boolean;
}

export interface Row {
  readonly kind: 'row';
  readonly key: string;
  readonly height: number;
  readonly patch: ReportPatch;
}

export type Item = Head | Row;

const HEAD_HEIGHT = 48;
const FOLDED_HEIGHT = 34;

/** What calls for nothing is folded until it is opened or looked for. */
const CALLS_FOR_ACTION: ReadonlySet<string> = new Set(['missing', 'unknown']);

export const isFiltered = ({ text, status, severity }: Filter): boolean =>
  text.trim() !== '' || status !== '' || severity !== '';

/** The patches of one report, with the text that each is found by. */
export class Patches {
  readonly #all: ReportPatch[];
  readonly #texts = new Map<ReportPatch, string>();

  constructor(patches: readonly ReportPatch[]) {
    this.#all = [...patches];
  }

  get all(): readonly ReportPatch[] {
    return this.#all;
  }

  /** Takes the markup of patches that came without it. */
  take(from: number, markup: readonly string[]): void {
    for (const [offset, html] of markup.entries()) {
      const patch = this.#all[from + offset];
      if (patch) this.#all[from + offset] = { ...patch, html };
    }
  }

  /** Heads and rows; `folded` says what the user has folded or opened. */
  items(
    filter: Filter,
    folded: ReadonlyMap<string, boolean>,
  ): { readonly items: readonly Item[]; readonly fitting: number } {
    const groups = new Map<string, { total: number; rows: Row[] }>();
    for (const [index, patch] of this.all.entries()) {
      const group = groups.get(patch.status) ?? { total: 0, rows: [] };
      groups.set(patch.status, group);
      group.total++;
      if (this.#fits(patch, filter)) group.rows.push({ kind: 'row', key: `p${index}`, height: FOLDED_HEIGHT, patch });
    }
    const items: Item[] = [];
    let fitting = 0;
    for (const [status, { total, rows }] of groups) {
      fitting += rows.length;
      if (rows.length === 0) continue;
      const isFolded = folded.get(status) ?? (!isFiltered(filter) && !CALLS_FOR_ACTION.has(status));
      const counts = { total, fitting: rows.length };
      items.push({ kind: 'head', key: `h${status}`, height: HEAD_HEIGHT, status, ...counts, folded: isFolded });
      if (!isFolded) items.push(...rows);
    }
    return { items, fitting };
  }

  #fits(patch: ReportPatch, { text, status, severity }: Filter): boolean {
    if (status !== '' && patch.status !== status) return false;
    if (severity !== '' && patch.severity !== severity) return false;
    const wanted = text.trim().toLowerCase();
    return wanted === '' || this.#textOf(patch).includes(wanted);
  }

  #textOf(patch: ReportPatch): string {
    const known = this.#texts.get(patch) ?? plainText(patch.html);
    this.#texts.set(patch, known);
    return known;
  }
}
