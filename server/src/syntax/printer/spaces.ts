/** Blanks between tokens of one line. */
import type { Item, Source } from './items.ts';

/** What stands between two tokens of a line. */
export function spaceBetween(before: Item | undefined, item: Item): string {
  if (before === undefined || before.type === 'OpenParen') return '';
  if (item.type === 'Comma' || item.type === 'CloseParen' || item.type === 'OpenParen') return '';
  return before.type === 'Open' && item.type === 'Close' ? '' : ' ';
}

/** How wide a part of the text is on one line. */
export function flatWidth(source: Source, { start, end }: { readonly start: number; readonly end: number }): number {
  let width = 0;
  let before: Item | undefined;
  for (let index = source.indexOf(start); index < source.items.length; index++) {
    const item = source.items[index];
    if (item === undefined || item.start >= end) break;
    width += (before === undefined ? '' : spaceBetween(before, item)).length + item.image.length;
    before = item;
  }
  return width;
}

/** The greatest width of any number of cells; 0 where there are none. */
export function widestOf(cells: readonly { readonly width: number }[]): number {
  return cells.reduce((widest, { width }) => Math.max(widest, width), 0);
}
