/** A trace as a tree for keys and screen readers: up and down between checks, left and right between levels, Enter to the source. */

const ITEM = '[role=treeitem]';

/** Says what the nested lists are; the first check can be reached by Tab, the others by arrows. */
export function makeTree(trace: HTMLElement): void {
  trace.setAttribute('role', 'tree');
  trace.setAttribute('aria-label', 'Trace');
  for (const list of trace.querySelectorAll('ul')) list.setAttribute('role', 'group');
  for (const [index, item] of [...trace.querySelectorAll('li')].entries()) {
    item.setAttribute('role', 'treeitem');
    item.tabIndex = index === 0 ? 0 : -1;
    if (item.querySelector(':scope > ul')) item.setAttribute('aria-expanded', 'true');
    // The mark is a sign; its title says which verdict it is.
    const mark = item.querySelector('.mark');
    mark?.setAttribute('role', 'img');
    mark?.setAttribute('aria-label', mark.getAttribute('title') ?? '');
    for (const button of item.querySelectorAll<HTMLElement>(':scope > .check .source-link')) button.tabIndex = -1;
  }
  trace.addEventListener('keydown', (event) => onKey(trace, event));
  trace.addEventListener('click', ({ target }) => {
    const item = target instanceof Element && target.closest('.mark') ? target.closest<HTMLElement>(ITEM) : null;
    if (item) toggle(item);
  });
}

function onKey(trace: HTMLElement, event: KeyboardEvent): void {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const item = event.target instanceof Element ? event.target.closest<HTMLElement>(ITEM) : null;
  if (!item || !moves(trace, item, event.key)) return;
  event.preventDefault();
  event.stopPropagation();
}

/** Whether the key meant something. At the ends of the tree it means the list around it. */
function moves(trace: HTMLElement, item: HTMLElement, key: string): boolean {
  const shown = [...trace.querySelectorAll<HTMLElement>(ITEM)].filter((one) => one.offsetParent !== null);
  const at = shown.indexOf(item);
  const expanded = item.getAttribute('aria-expanded');
  switch (key) {
    case 'ArrowDown':
      return focus(shown[at + 1]);
    case 'ArrowUp':
      return focus(shown[at - 1]);
    case 'ArrowRight':
      if (expanded === 'false') return toggle(item);
      return focus(item.querySelector<HTMLElement>(ITEM)) || true;
    case 'ArrowLeft':
      if (expanded === 'true') return toggle(item);
      return focus(item.parentElement?.closest<HTMLElement>(ITEM)) || true;
    case 'Enter':
      item.querySelector<HTMLElement>(':scope > .check .source-link')?.click();
      return true;
    default:
      return false;
  }
}

function focus(item: HTMLElement | null | undefined): boolean {
  if (!item) return false;
  const trace = item.closest('[role=tree]');
  for (const one of trace?.querySelectorAll<HTMLElement>(ITEM) ?? []) one.tabIndex = one === item ? 0 : -1;
  item.focus();
  return true;
}

function toggle(item: HTMLElement): boolean {
  const expanded = item.getAttribute('aria-expanded');
  if (expanded === null) return false;
  item.setAttribute('aria-expanded', expanded === 'true' ? 'false' : 'true');
  return true;
}
