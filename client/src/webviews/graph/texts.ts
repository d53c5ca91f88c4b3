/** The page's texts, as the extension has put them into its markup, in the user's language. */
import type { GraphTexts } from '../../features/graph/messages.ts';

export const textsOf = (main: HTMLElement): GraphTexts => JSON.parse(main.dataset.texts ?? '{}') as GraphTexts;
