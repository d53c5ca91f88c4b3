/** Two results side by side: the filter, the list of products and patches, and links to the source. */
import '../report/style.css';
import './style.css';
import type { ToCompare } from '../../features/compare/messages.ts';
import { make, one } from '../common/dom.ts';
import { editor, listen } from '../common/editor.ts';
import { arrowInto, leadToSources } from '../common/links.ts';
import { virtualList } from '../common/virtual-list.ts';
import { Rows, type Filter, type Item } from './items.ts';

const bar = one('.filter', HTMLElement);
const text = one('.filter-text', HTMLInputElement);
const kind = one('.filter-kind', HTMLSelectElement);
const change = one('.filter-change', HTMLSelectElement);
const differences = one('.filter-differences', HTMLInputElement);
const shown = one('.filter-shown', HTMLElement);
const none = one('.filter-none', HTMLElement);

const open = new Map<string, boolean>();
let rows = new Rows([]);
let items: readonly Item[] = [];

const list = virtualList<Item>(one('.rows', HTMLElement), {
  draw: (item, element) => {
    if (item.kind === 'head') drawHead(item, element);
    else drawRow(item, element);
  },
  focusOf: (element) => element.querySelector<HTMLElement>('summary'),
  covered: () => bar.offsetHeight,
});

function drawHead({ title, fitting, total }: Extract<Item, { kind: 'head' }>, element: HTMLElement): void {
  element.className = 'status-head';
  const heading = make('h2', '', `${bar.dataset[title] ?? title} `);
  heading.append(make('span', 'count', fitting === total ? String(total) : `${fitting} / ${total}`));
  element.append(heading);
}

/** The server's markup, every text of it escaped there; and nothing in it could run under the page's policy. */
function drawRow({ key, row }: Extract<Item, { kind: 'row' }>, element: HTMLElement): void {
  element.className = `change ${row.change}${row.differs ? ' differs' : ''}`;
  element.innerHTML = row.html;
  const details = element.querySelector<HTMLDetailsElement>('details.patch');
  if (!details) return;
  details.open = open.get(key) ?? false;
  details.addEventListener('toggle', () => open.set(key, details.open));
}

function apply(): void {
  const filter: Filter = {
    ...{ text: text.value, kind: kind.value, change: change.value },
    onlyDifferences: differences.checked,
  };
  const { items: fit, fitting } = rows.items(filter);
  items = fit;
  list.show(items, (key) => key.startsWith('h'));
  shown.textContent = `${fitting} / ${rows.all.length}`;
  none.hidden = fitting > 0;
  editor.setState(filter);
}

function filterAnew(): void {
  apply();
  list.toBeginning();
}

function fill(given: ToCompare['rows']): void {
  rows = new Rows(given);
  const before = editor.getState() as Filter | undefined;
  if (before) {
    text.value = before.text;
    kind.value = before.kind;
    change.value = before.change;
    differences.checked = before.onlyDifferences;
  }
  apply();
  performance.mark('patchlab-rows');
}

for (const control of [text, kind, change, differences]) control.addEventListener('input', filterAnew);
arrowInto(
  text,
  () => items.length,
  (index) => list.focus(index),
);
leadToSources();
listen<ToCompare>((message) => fill(message.rows));
