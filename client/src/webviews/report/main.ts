/** The report: its filter, its list of patches, and what its buttons ask of the editor. */
import './style.css';
import type { FromReport, ToReport } from '../../features/report/messages.ts';
import type { ReportPatch } from '../../../../server/src/protocol/scan.ts';
import { make, one } from '../common/dom.ts';
import { editor, listen } from '../common/editor.ts';
import { arrowInto, leadToSources } from '../common/links.ts';
import { makeSortable } from '../common/sortable.ts';
import { virtualList, type VirtualList } from '../common/virtual-list.ts';
import { drawHead, drawPatch } from './draw.ts';
import { isFiltered, Patches, type Filter, type Item } from './items.ts';

const bar = one('.filter', HTMLElement);
const text = one('.filter-text', HTMLInputElement);
const status = one('.filter-status', HTMLSelectElement);
const severity = one('.filter-severity', HTMLSelectElement);
const shown = one('.filter-shown', HTMLElement);
const clear = one('.filter-clear', HTMLButtonElement);
const none = one('.filter-none', HTMLElement);
const rows = document.querySelector<HTMLElement>('.rows');

/** Also where no patch has it: that there is none is worth seeing. */
const ALWAYS_OFFERED = ['missing', 'unknown', 'superseded', 'effectively installed', 'note'];

const open = new Map<string, boolean>();
const folded = new Map<string, boolean>();
let patches = new Patches([]);
/** Which report is shown; 0 until its patches come. */
let report = 0;
let isWhole = false;
let shownItems: readonly Item[] = [];

const post = (message: FromReport): void => editor.postMessage(message);

const list: VirtualList<Item> | undefined =
  rows === null
    ? undefined
    : virtualList<Item>(rows, {
        draw: (item, element) => {
          if (item.kind === 'row') drawPatch(element, item, open);
          else drawHead(element, item, () => fold(item.status, !item.folded));
        },
        focusOf: (element) => element.querySelector<HTMLElement>('summary, button.fold'),
        covered: () => bar.offsetHeight,
      });

const isHead = (key: string): boolean => key.startsWith('h');

function fold(group: string, isFolded: boolean): void {
  folded.set(group, isFolded);
  apply();
  list?.focusKey(`h${group}`);
}

/** `anew` are the keys of items that are drawn again. */
function apply(anew: (key: string) => boolean = isHead): void {
  const filter: Filter = { text: text.value, status: status.value, severity: severity.value };
  const { items, fitting } = patches.items(filter, folded);
  shownItems = items;
  list?.show(items, anew);
  shown.textContent = isFiltered(filter) ? `${fitting} / ${patches.all.length}` : String(patches.all.length);
  none.hidden = fitting > 0 || !isWhole;
  clear.hidden = !isFiltered(filter);
  editor.setState(filter);
}

/** Another choice is read from its beginning. */
function filterAnew(): void {
  folded.clear();
  apply();
  list?.toBeginning();
}

/** Offers values, each once. */
function offer(select: HTMLSelectElement, values: Iterable<string>): void {
  for (const value of new Set(values)) select.add(new Option(value, value));
}

/** The filter stays from one look, and from one scan, to the next; what this report does not offer falls back to all. */
function restore(): void {
  const before = editor.getState() as Filter | undefined;
  if (!before) return;
  text.value = before.text;
  for (const [select, value] of [
    [status, before.status],
    [severity, before.severity],
  ] as const)
    if ([...select.options].some((option) => option.value === value)) select.value = value;
}

function fill(given: readonly ReportPatch[]): void {
  patches = new Patches(given);
  if (given.length === 0 || !list) return;
  bar.hidden = false;
  offer(status, [...ALWAYS_OFFERED, ...given.map((patch) => patch.status)]);
  offer(
    severity,
    given.map((patch) => patch.severity),
  );
  restore();
  apply();
  performance.mark('patchlab-rows');
}

/** Markup that comes later: what stands there already has been drawn without it. */
function fillIn(from: number, markup: readonly string[]): void {
  patches.take(from, markup);
  const came = new Set(markup.map((_, offset) => `p${from + offset}`));
  apply((key) => came.has(key) || (isHead(key) && text.value !== ''));
}

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const copied = target?.closest('.copy')?.closest('dd')?.querySelector('code')?.textContent;
  if (copied) post({ copy: copied });
  const format = target?.closest<HTMLElement>('[data-export]')?.dataset.export;
  if (format === 'json' || format === 'csv' || format === 'html') post({ export: format });
  if (target?.closest('[data-compare]')) post({ compare: true });
});
for (const control of [text, status, severity]) control.addEventListener('input', filterAnew);
arrowInto(
  text,
  () => shownItems.length,
  (index) => list?.focus(index),
);
clear.addEventListener('click', () => {
  text.value = status.value = severity.value = '';
  filterAnew();
  text.focus();
});
for (const code of document.querySelectorAll('.failure dd > code')) {
  const button = make('button', 'copy', bar.dataset.copy);
  button.type = 'button';
  code.after(button);
}
for (const table of document.querySelectorAll<HTMLTableElement>('table.sortable')) makeSortable(table);
leadToSources();
listen<ToReport>((message) => {
  if ('patches' in message) {
    ({ report, isWhole } = message);
    fill(message.patches);
  } else if (message.report === report) {
    isWhole ||= message.isWhole;
    fillIn(message.from, message.markup);
  }
});
