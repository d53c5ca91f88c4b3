/** What the reader of the 2001 catalogue can find. Its findings are about that file, not about content. */
import type { Severity } from '../../model/source.ts';

export const CATALOGUE_DIAGNOSTICS = {
  'catalogue-duplicate': { severity: 'error', summary: 'Two entries of one kind have the same id.' },
  'catalogue-dangling': { severity: 'error', summary: 'An id is used that no entry has.' },
  'catalogue-blank': { severity: 'warning', summary: 'An id, a name or a reference has blanks around it.' },
  'catalogue-misplaced': { severity: 'warning', summary: 'An entry stands where the format has none of its kind.' },
  'catalogue-supersedence': { severity: 'error', summary: 'A patch supersedes itself, or patches do in a circle.' },
  'catalogue-value': { severity: 'warning', summary: 'A value is empty or has not the form that it needs.' },
  'catalogue-orphan': { severity: 'information', summary: 'An entry is used by nothing.' },
  'catalogue-lost': { severity: 'information', summary: 'Something cannot be said in our content and is left out.' },
} as const satisfies Record<string, { readonly severity: Severity; readonly summary: string }>;

export type CatalogueCode = keyof typeof CATALOGUE_DIAGNOSTICS;
