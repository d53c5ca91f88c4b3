/** A list of thousands of which only those in view stand in the page; arrow keys walk all of them. */

/** Something that the list shows. */
export interface ListItem {
  /** Unique in the list, and the same for the same thing when the list changes. */
  readonly key: string;
  /** Pixels, until it was drawn and measured. */
  readonly height: number;
}

export interface VirtualListOptions<T extends ListItem> {
  /** The inside of an element for an item. */
  readonly draw: (item: T, element: HTMLElement) => void;
  /** What gets the focus in an item's element; the element itself where it gives nothing. */
  readonly focusOf: (element: HTMLElement) => HTMLElement | null;
  /** Pixels at the top that stand still and hide what is beneath. */
  readonly covered: () => number;
}

export interface VirtualList<T extends ListItem> {
  /** Shows other items. Those whose key is in `anew` are drawn again. */
  show(items: readonly T[], anew: (key: string) => boolean): void;
  focus(index: number): void;
  focusKey(key: string): void;
  /** Back to the list's beginning, where it had been left. */
  toBeginning(): void;
}

/** What is drawn above and below what can be seen, in pixels. */
const BEYOND = 400;
/** However high the window is. */
const AT_MOST = 180;

const MOVES: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

/** Fills an element, which is as high as all of its items together; the page scrolls. */
export function virtualList<T extends ListItem>(
  list: HTMLElement,
  { draw, focusOf, covered }: VirtualListOptions<T>,
): VirtualList<T> {
  let items: readonly T[] = [];
  let indices = new Map<string, number>();
  let tops: number[] = [0];
  const heights = new Map<string, number>();
  const drawn = new Map<string, HTMLElement>();
  let waiting = false;

  const topOf = (index: number): number => tops[index] ?? 0;
  const heightOf = (item: T): number => heights.get(item.key) ?? item.height;

  function place(): void {
    tops = [0];
    for (const [index, item] of items.entries()) tops.push(topOf(index) + heightOf(item));
    list.style.height = `${topOf(items.length)}px`;
  }

  /** The item that lies at so many pixels. */
  function indexAt(offset: number): number {
    let low = 0;
    let high = items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (topOf(middle + 1) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  const resized = new ResizeObserver((entries) => {
    let changed = false;
    for (const { target } of entries) {
      if (!(target instanceof HTMLElement) || !target.isConnected) continue;
      const key = target.dataset.key ?? '';
      const height = target.offsetHeight;
      if (height === 0 || height === heights.get(key)) continue;
      heights.set(key, height);
      changed = true;
    }
    if (!changed) return;
    place();
    redraw();
  });

  function take(key: string, element: HTMLElement): void {
    resized.unobserve(element);
    element.remove();
    drawn.delete(key);
  }

  function make(item: T): HTMLElement {
    const element = document.createElement('div');
    element.dataset.key = item.key;
    element.setAttribute('role', 'listitem');
    element.tabIndex = -1;
    draw(item, element);
    drawn.set(item.key, element);
    resized.observe(element);
    return element;
  }

  function redraw(): void {
    const start = -list.getBoundingClientRect().top;
    const first = indexAt(start - BEYOND);
    const last = Math.min(items.length, first + AT_MOST, indexAt(start + innerHeight + BEYOND) + 1);
    for (const [key, element] of drawn) {
      const index = indices.get(key);
      // What has the focus stays: without it the keys would go nowhere.
      const stays = index !== undefined && element.contains(document.activeElement);
      if (!stays && (index === undefined || index < first || index >= last)) take(key, element);
    }
    let next = list.firstElementChild;
    for (const [offset, item] of items.slice(first, last).entries()) {
      const index = first + offset;
      const known = drawn.get(item.key);
      const element = known ?? make(item);
      if (element === next) next = next.nextElementSibling;
      else list.insertBefore(element, next);
      element.style.top = `${topOf(index)}px`;
      element.setAttribute('aria-setsize', String(items.length));
      element.setAttribute('aria-posinset', String(index + 1));
    }
  }

  function soon(): void {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      redraw();
    });
  }

  function focus(index: number): void {
    const item = items[index];
    if (!item) return;
    const offset = topOf(index) + list.getBoundingClientRect().top;
    if (offset < covered() || offset + heightOf(item) > innerHeight) scrollBy(0, offset - innerHeight / 2);
    redraw();
    const element = drawn.get(item.key);
    if (element) (focusOf(element) ?? element).focus({ preventScroll: true });
  }

  list.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    const move = MOVES[event.key];
    const here = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-key]') : null;
    const at = indices.get(here?.dataset.key ?? '');
    if (move === undefined || at === undefined) return;
    event.preventDefault();
    focus(Math.max(0, Math.min(items.length - 1, at + move)));
  });
  addEventListener('scroll', soon, { passive: true });
  addEventListener('resize', soon);

  return {
    show(shown, anew) {
      items = shown;
      indices = new Map(items.map(({ key }, index) => [key, index]));
      for (const [key, element] of drawn) if (anew(key)) take(key, element);
      place();
      redraw();
    },
    focus,
    focusKey: (key) => focus(indices.get(key) ?? -1),
    toBeginning() {
      const above = list.getBoundingClientRect().top - covered();
      if (above < 0) scrollBy(0, above);
      redraw();
    },
  };
}
