/** The page's texts, as the extension has put them into its markup, in the user's language. */
import type { GraphTexts } from '../../features/graph/messages.ts';

export const textsOf = (main: HTMLElement): GraphTexts => JSON.parse(main.dataset.texts ?? '{}') as GraphTexts;

/** Puts values for `{0}`, `{1}`; what a value holds is never looked at again. */
export function filled(text: string, ...values: string[]): string {
  return text.replace(/\{(\d)\}/g, (_, index: string) => values[Number(index)] ?? '');
}
