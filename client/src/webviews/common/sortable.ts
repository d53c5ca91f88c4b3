/** A table whose columns sort its rows, by a button in each heading. */
import { make } from './dom.ts';

export function makeSortable(table: HTMLTableElement): void {
  const headings = [...table.querySelectorAll<HTMLTableCellElement>('thead th')];
  const body = table.tBodies[0];
  if (!body) return;
  for (const [column, heading] of headings.entries()) {
    const button = make('button', 'sort', heading.textContent ?? '');
    button.type = 'button';
    heading.replaceChildren(button);
    button.addEventListener('click', () => {
      const isNumber = heading.classList.contains('number');
      const before = heading.getAttribute('aria-sort');
      // Of numbers the largest are wanted first, of texts the first of the alphabet.
      const descending = before === null ? isNumber : before === 'ascending';
      for (const other of headings) other.removeAttribute('aria-sort');
      heading.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
      const rows = [...body.rows].sort((one, other) => compare(textOf(one, column), textOf(other, column)));
      body.append(...(descending ? rows.reverse() : rows));
    });
  }
}

const textOf = (row: HTMLTableRowElement, column: number): string => row.cells[column]?.textContent?.trim() ?? '';

/** Lengths of time stand with their units: `2.5 s` is more than `850 ms`. */
function compare(one: string, other: string): number {
  const [left, right] = [valueOf(one), valueOf(other)];
  return left !== undefined && right !== undefined ? left - right : one.localeCompare(other);
}

function valueOf(text: string): number | undefined {
  const match = /^([\d.]+)( m?s)?$/.exec(text);
  return match ? Number(match[1]) * (match[2] === ' s' ? 1000 : 1) : undefined;
}
