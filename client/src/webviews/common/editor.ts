import type { FromPage } from '../../page-messages.ts';

/** The editor, as a page sees it. May be asked for once: this module is the one that asks. */
interface Editor {
  postMessage(message: unknown): void;
  /** What was kept of the page when it was hidden; `undefined` at its first look. */
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): Editor;

export const editor: Editor = acquireVsCodeApi();

/** Hears what the extension tells the page, and says that the page has begun. */
export function listen<To>(hear: (message: To) => void): void {
  addEventListener('message', ({ data }: MessageEvent<To>) => hear(data));
  editor.postMessage({ ready: true } satisfies FromPage);
}
