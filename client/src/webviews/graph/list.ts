/** The list beside the drawing: every patch that is found, of which only those in view stand in the page. */
import type { DrawnPatch } from '../../../../server/src/protocol/graph.ts';
import { make } from '../common/dom.ts';
import { signOf } from './colours.ts';

const ROW = 24;
const BEYOND = 4;

export interface PatchList {
  show(patches: readonly DrawnPatch[], found: readonly number[]): void;
  /** Marks a patch by its index, and brings it into view; -1 marks none. */
  choose(patch: number): void;
  /** The first that is found; -1 where nothing is. */
  first(): number;
}

export interface ListOptions {
  /** What is said of a patch. */
  readonly label: (patch: DrawnPatch) => string;
  readonly onChoose: (patch: number) => void;
  readonly onOpen: (patch: number) => void;
}

const MOVES: Readonly<Record<string, number>> = {
  ...{ ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity, PageDown: 10, PageUp: -10 },
};

export function patchList(list: HTMLElement, { label, onChoose, onOpen }: ListOptions): PatchList {
  const filler = make('div', 'filler');
  filler.setAttribute('role', 'presentation');
  list.append(filler);
  let patches: readonly DrawnPatch[] = [];
  let found: readonly number[] = [];
  let chosen = -1;

  function row(position: number): HTMLElement | undefined {
    const index = found[position];
    const patch = index === undefined ? undefined : patches[index];
    if (index === undefined || !patch) return undefined;
    const element = make('div', 'row');
    element.id = `row-${index}`;
    element.setAttribute('role', 'option');
    element.setAttribute('aria-selected', String(index === chosen));
    element.setAttribute('aria-setsize', String(found.length));
    element.setAttribute('aria-posinset', String(position + 1));
    element.setAttribute('aria-label', label(patch));
    element.style.top = `${position * ROW}px`;
    // The blanks between them are heard, not seen.
    element.append(
      ...[make('span', 'id', patch.id), ' ', make('span', 'what', patch.title), ' '],
      make('span', 'sign', signOf(patch)),
    );
    element.dataset.status = patch.status ?? '';
    element.title = label(patch);
    element.addEventListener('click', () => onChoose(index));
    element.addEventListener('dblclick', () => onOpen(index));
    return element;
  }

  function draw(): void {
    filler.style.height = `${found.length * ROW}px`;
    const first = Math.max(0, Math.floor(list.scrollTop / ROW) - BEYOND);
    const last = Math.min(found.length, Math.ceil((list.scrollTop + list.clientHeight) / ROW) + BEYOND);
    const rows = Array.from({ length: Math.max(0, last - first) }, (_, offset) => row(first + offset));
    filler.replaceChildren(...rows.filter((one) => one !== undefined));
    const active = document.getElementById(`row-${chosen}`);
    if (active) list.setAttribute('aria-activedescendant', active.id);
    else list.removeAttribute('aria-activedescendant');
  }

  function reveal(): void {
    const position = found.indexOf(chosen);
    if (position < 0) return;
    const top = position * ROW;
    if (top < list.scrollTop) list.scrollTop = top;
    else if (top + ROW > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW - list.clientHeight;
  }

  list.addEventListener('scroll', draw, { passive: true });
  new ResizeObserver(draw).observe(list);
  list.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' && chosen >= 0) {
      event.preventDefault();
      return onOpen(chosen);
    }
    const move = MOVES[event.key];
    if (move === undefined || found.length === 0) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(found.length - 1, found.indexOf(chosen) + move));
    onChoose(found[to] ?? -1);
  });

  return {
    show(shown, of) {
      patches = shown;
      found = of;
      list.scrollTop = Math.min(list.scrollTop, found.length * ROW);
      reveal();
      draw();
    },
    choose(patch) {
      chosen = patch;
      reveal();
      draw();
    },
    first: () => found[0] ?? -1,
  };
}
