/** Which products and patches of a comparison are shown: what its list holds. */
import type { CompareRow } from '../../../../server/src/protocol/results.ts';
import { plainText } from '../common/text.ts';

export interface Filter {
  readonly text: string;
  readonly kind: string;
  readonly change: string;
  readonly onlyDifferences: boolean;
}

export interface Head {
  readonly kind: 'head';
  readonly key: string;
  readonly height: number;
  readonly title: 'product' | 'patch';
  readonly fitting: number;
  readonly total: number;
}

export interface Row {
  readonly kind: 'row';
  readonly key: string;
  readonly height: number;
  readonly row: CompareRow;
}

export type Item = Head | Row;

/** The rows of one comparison, with the text that each is found by. */
export class Rows {
  readonly all: readonly CompareRow[];
  readonly #texts = new Map<CompareRow, string>();

  constructor(all: readonly CompareRow[]) {
    this.all = all;
  }

  items(filter: Filter): { readonly items: readonly Item[]; readonly fitting: number } {
    const items: Item[] = [];
    let fitting = 0;
    for (const title of ['product', 'patch'] as const) {
      let total = 0;
      const rows: Row[] = [];
      for (const [index, row] of this.all.entries()) {
        if (row.kind !== title) continue;
        total++;
        if (this.#fits(row, filter)) rows.push({ kind: 'row', key: `r${index}`, height: 34, row });
      }
      fitting += rows.length;
      if (rows.length === 0) continue;
      items.push({ kind: 'head', key: `h${title}`, height: 48, title, fitting: rows.length, total }, ...rows);
    }
    return { items, fitting };
  }

  #fits(row: CompareRow, { text, kind, change, onlyDifferences }: Filter): boolean {
    if (onlyDifferences && !row.differs) return false;
    if (kind !== '' && row.kind !== kind) return false;
    if (change !== '' && row.change !== change) return false;
    const wanted = text.trim().toLowerCase();
    if (wanted === '') return true;
    const known = this.#texts.get(row) ?? plainText(row.html);
    this.#texts.set(row, known);
    return known.includes(wanted);
  }
}
