/**
 * What runs inside the page; each function stands alone there. What stands after a line is CSS content of decorations, so
 * no text of the document.
 */

/** What is used of the page's own types, which the test's program does not have. */
interface PageElement {
  readonly isConnected: boolean;
  querySelectorAll(selector: string): Iterable<PageElement>;
}
declare const getComputedStyle: (
  element: PageElement,
  part?: string,
) => { readonly content: string; readonly color: string };
declare const requestAnimationFrame: (run: () => void) => void;
declare const window: {
  addEventListener(type: string, run: () => void, options: { readonly capture: boolean; readonly once: boolean }): void;
};

/** All that stands after a line. */
export function textAfter(line: PageElement): string {
  return [...line.querySelectorAll('*')]
    .map((part) => getComputedStyle(part, '::after').content)
    .filter((content) => content !== 'none' && content !== 'normal')
    .map((content) => content.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1'))
    .join(' ')
    .trim();
}

/** Milliseconds from the next key to the frame in which what stands after a line has changed. */
export function untilTextAfterChanges(line: PageElement): Promise<number> {
  const look = (): string =>
    [...line.querySelectorAll('*')].map((part) => getComputedStyle(part, '::after').content).join();
  const before = look();
  return new Promise((resolve) => {
    const onKey = (): void => {
      const pressed = performance.now();
      const again = (): void => {
        if (line.isConnected && look() === before) requestAnimationFrame(again);
        else resolve(performance.now() - pressed);
      };
      again();
    };
    window.addEventListener('keydown', onKey, { capture: true, once: true });
  });
}

/** The colour that a text has. */
export function colourOf(element: PageElement): string {
  return getComputedStyle(element).color;
}

/** Milliseconds from the beginning of the report's page to its first rows. */
export function rowsDrawnAfter(): number {
  return performance.getEntriesByName('patchlab-rows')[0]?.startTime ?? Infinity;
}

/**
 * The longest task of the next milliseconds; 0 where none took 50 ms, which is the least that a browser tells. What surely ran
 * in the workbench around the page, which shares its thread, is not the page's.
 */
export function longestTask(_element: PageElement, during: number): Promise<number> {
  return new Promise((resolve) => {
    let longest = 0;
    const watch = new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries())
        if (!/ancestor|unreachable/.test(name)) longest = Math.max(longest, Math.round(duration));
    });
    watch.observe({ type: 'longtask' } as never);
    setTimeout(() => {
      watch.disconnect();
      resolve(longest);
    }, during);
  });
}
