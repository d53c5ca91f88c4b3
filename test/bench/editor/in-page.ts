/** What runs inside the page; each function stands alone there. Times are those of frames: what a user sees, not what a program has done. */

interface PageElement {
  readonly textContent: string | null;
  getBoundingClientRect(): { readonly width: number; readonly height: number };
  querySelectorAll(selector: string): Iterable<PageElement>;
}
interface KeyPress {
  readonly key: string;
  readonly timeStamp: number;
}
declare const document: PageElement & { querySelector(selector: string): PageElement | null };
declare const requestAnimationFrame: (run: () => void) => void;
declare const window: {
  benchedFrames?: readonly number[];
  benchedKey?: number;
  addEventListener(type: string, run: (event: KeyPress) => void, capture: boolean): void;
  removeEventListener(type: string, run: (event: KeyPress) => void, capture: boolean): void;
};

/** Where a text is awaited. */
export interface Awaited {
  readonly selector: string;
  readonly text: string;
}

/** Milliseconds from the last key that was pressed to the frame that shows a text; none within ten seconds is infinite. */
export function fromKeyToText({ selector, text }: Awaited): Promise<number> {
  return new Promise((resolve) => {
    let pressed = Infinity;
    const until = performance.now() + 10_000;
    const onKey = ({ key, timeStamp }: KeyPress): void => {
      if (!['Control', 'Alt', 'Shift', 'Meta'].includes(key)) pressed = timeStamp;
    };
    window.addEventListener('keydown', onKey, true);
    const look = (): void => {
      const shows = [...document.querySelectorAll(selector)].some(
        (one) => one.textContent?.includes(text) === true && one.getBoundingClientRect().height > 0,
      );
      if (!shows && performance.now() < until) return requestAnimationFrame(look);
      window.removeEventListener('keydown', onKey, true);
      // The frame is painted when what it was asked for has run.
      setTimeout(() => resolve(shows ? performance.now() - pressed : Infinity), 0);
    };
    requestAnimationFrame(look);
  });
}

/** Put into the page: keeps when a key was pressed last, on the clock that all frames of a window share. */
export function keepKey(wanted: string): void {
  window.addEventListener(
    'keydown',
    ({ key, timeStamp }) => {
      if (key === wanted) window.benchedKey = performance.timeOrigin + timeStamp;
    },
    true,
  );
}

/** What `keepKey` has kept. */
export function lastKey(): number {
  return window.benchedKey ?? NaN;
}

/**
 * Put into each frame before anything else: keeps when something of a webview was first in a painted frame, on the clock
 * that all frames of a window share. [0] is the beginning of the document, [1] that moment.
 */
export function watchFirst(selector: string): void {
  // By the clock, not by frames: the page is written into a frame that was there before, which ends what waits for its next one.
  const watching = setInterval(() => {
    const found = document.querySelector(selector);
    if (!found || found.getBoundingClientRect().height === 0) return;
    clearInterval(watching);
    requestAnimationFrame(() =>
      setTimeout(() => {
        const { timeOrigin } = performance;
        window.benchedFrames = [timeOrigin, timeOrigin + performance.now()];
      }, 0),
    );
  }, 5);
}

/** What `watchFirst` has kept in the frame of an element. */
export function firstSeen(): readonly number[] {
  return window.benchedFrames ?? [];
}
