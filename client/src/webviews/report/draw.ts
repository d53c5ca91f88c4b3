/** A report's heads and patches as elements. */
import { make } from '../common/dom.ts';
import { makeTree } from './trace-tree.ts';
import type { Head, Row } from './items.ts';

/** The heading of a status, which folds its patches. */
export function drawHead(element: HTMLElement, head: Head, onFold: () => void): void {
  element.className = `status-head ${head.status.replaceAll(' ', '-')}`;
  const heading = make('h3');
  const button = make('button', 'fold', `${head.status.charAt(0).toUpperCase()}${head.status.slice(1)} `);
  button.type = 'button';
  button.setAttribute('aria-expanded', String(!head.folded));
  button.append(
    make('span', 'count', head.fitting === head.total ? String(head.total) : `${head.fitting} / ${head.total}`),
  );
  button.addEventListener('click', onFold);
  heading.append(button);
  element.append(heading);
}

/**
 * A patch, as the server has put it into markup: every text of it is escaped there. Were it not, nothing in it could run,
 * because the page's policy lets only its own script run.
 */
export function drawPatch(element: HTMLElement, { key, patch }: Row, open: Map<string, boolean>): void {
  element.className = `status ${patch.status.replaceAll(' ', '-')}`;
  element.innerHTML = patch.html;
  for (const trace of element.querySelectorAll<HTMLElement>('.trace')) makeTree(trace);
  const details = element.querySelector<HTMLDetailsElement>('details.patch');
  if (!details) return;
  details.open = open.get(key) ?? details.open;
  details.addEventListener('toggle', () => open.set(key, details.open));
}
