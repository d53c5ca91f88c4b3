/**
 * What runs inside the page; each function stands alone there. What stands after a line is CSS content of decorations, so
 * no text of the document.
 */

/** What is used of the page's own types, which the test's program does not have. */
interface PageElement {
  readonly textContent: string | null;
  readonly childElementCount: number;
  querySelectorAll(selector: string): Iterable<PageElement>;
}
declare const getComputedStyle: (
  element: PageElement,
  part?: string,
) => { readonly content: string; readonly color: string };
declare const document: PageElement;
declare const requestAnimationFrame: (run: () => void) => void;
declare const window: {
  addEventListener(
    type: string,
    run: (event: { readonly timeStamp: number }) => void,
    options: { readonly capture: boolean; readonly once: boolean },
  ): void;
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

/** What stood beside a line after a key: milliseconds from that key to the end of the frame that showed it. */
export interface Judged {
  /** The typed text itself. */
  readonly typed: number;
  /** The old verdict no longer as what is so now. */
  readonly gone: number;
  /** Another verdict. */
  readonly judged: number;
  /** Frames in which the old one came back meanwhile. */
  readonly relapses: number;
}

/** Follows what stands beside the line that holds a text, frame by frame, from the next key to the verdict that comes of it. */
export function verdictAfterKey(text: string): Promise<Judged> {
  const lineNow = (): PageElement | undefined =>
    [...document.querySelectorAll('.editor-instance .view-line')].find(({ textContent }) =>
      textContent?.includes(text),
    );
  const verdict = (): string => {
    const said = [...(lineNow()?.querySelectorAll('*') ?? [])]
      .map((part) => getComputedStyle(part, '::after').content)
      .filter((content) => content !== 'none' && content !== 'normal')
      .join(' ');
    return said.includes('before the edit') ? 'stale' : (/[✓✗]/.exec(said)?.[0] ?? 'none');
  };
  const [before, textBefore] = [verdict(), lineNow()?.textContent];
  return new Promise((resolve, reject) => {
    const seen = { pressed: Infinity, typed: Infinity, gone: Infinity, relapses: 0 };
    const until = performance.now() + 10_000;
    const look = (): void => {
      const now = verdict();
      const isTyped = lineNow()?.textContent !== textBefore;
      if (now === before && seen.gone !== Infinity) seen.relapses++;
      // What waits for nothing runs when the frame is painted.
      setTimeout(() => {
        const since = performance.now() - seen.pressed;
        if (isTyped) seen.typed = Math.min(seen.typed, since);
        if (now !== before) seen.gone = Math.min(seen.gone, since);
        const { typed, gone, relapses } = seen;
        if (now !== before && (now === '✓' || now === '✗')) resolve({ typed, gone, judged: since, relapses });
        else if (performance.now() > until)
          reject(new Error(`beside "${text}" stands "${now}", and stood "${before}"`));
        else requestAnimationFrame(look);
      }, 0);
    };
    const onKey = ({ timeStamp }: { readonly timeStamp: number }): void => {
      seen.pressed = timeStamp;
      requestAnimationFrame(look);
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

/** What a page did for a while. */
export interface Smoothness {
  /** Milliseconds of the longest task; 0 where none took 50, which is the least that a browser tells. */
  readonly longest: number;
  /** Milliseconds from each frame to the next. */
  readonly frames: readonly number[];
  /** The most elements that the element held in any frame. */
  readonly most: number;
}

/** Watches an element's page. What surely ran in the workbench around it, which shares its thread, is not the page's. */
export function smoothness(element: PageElement, during: number): Promise<Smoothness> {
  return new Promise((resolve) => {
    let longest = 0;
    let most = 0;
    const frames: number[] = [];
    const watch = new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries())
        if (!/ancestor|unreachable/.test(name)) longest = Math.max(longest, duration);
    });
    watch.observe({ type: 'longtask' } as never);
    const began = performance.now();
    let last = began;
    const look = (): void => {
      const now = performance.now();
      frames.push(now - last);
      last = now;
      most = Math.max(most, element.childElementCount);
      if (now - began < during) return requestAnimationFrame(look);
      watch.disconnect();
      resolve({ longest, frames, most });
    };
    requestAnimationFrame(look);
  });
}
