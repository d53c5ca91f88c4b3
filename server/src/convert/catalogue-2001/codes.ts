/** What the reader of the 2001 catalogue can find. */
import type { CATALOGUE_DIAGNOSTICS } from '../../model/codes.ts';

export { CATALOGUE_DIAGNOSTICS } from '../../model/codes.ts';

export type CatalogueCode = keyof typeof CATALOGUE_DIAGNOSTICS;
