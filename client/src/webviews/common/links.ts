/** What the markup of pages with lists has in common: links to the source, and a text that filters. */
import type { FromPage } from '../../page-messages.ts';
import { editor } from './editor.ts';

/** A click on a link asks the editor for the place of its number. */
export function leadToSources(): void {
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const source = target?.closest<HTMLElement>('.source-link')?.dataset.source;
    if (source === undefined) return;
    // A link in the head of a patch does not open or close it.
    event.preventDefault();
    editor.postMessage({ source: Number(source) } satisfies FromPage);
  });
}

/** From the text that filters a list an arrow leads into it. */
export function arrowInto(text: HTMLInputElement, count: () => number, focus: (index: number) => void): void {
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' || count() === 0) return;
    event.preventDefault();
    focus(0);
  });
}
