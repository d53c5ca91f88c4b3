/** Every diagnostic that Patchlab can report: the one registry that pages, filters and suppressions are held against. */
import { CATALOGUE_DIAGNOSTICS, MODEL_DIAGNOSTICS, type Diagnostic } from '../model/codes.ts';
import { XML_DIAGNOSTICS } from '../patchxml/codes.ts';
import { SYNTAX_DIAGNOSTICS } from '../syntax/codes.ts';
import { ALLOW_DIAGNOSTICS } from './allow.ts';
import { RULES } from './rules/index.ts';

export type { Diagnostic } from '../model/codes.ts';

/** Code to severity and summary. Each has a page in docs/diagnostics. */
export const DIAGNOSTICS: Readonly<Record<string, Diagnostic>> = {
  ...SYNTAX_DIAGNOSTICS,
  ...XML_DIAGNOSTICS,
  ...MODEL_DIAGNOSTICS,
  ...ALLOW_DIAGNOSTICS,
  ...CATALOGUE_DIAGNOSTICS,
  ...Object.fromEntries(RULES.map(({ code, severity, summary }) => [code, { severity, summary }])),
};
