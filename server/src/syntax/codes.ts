/** What parsing can find. */

/** Code to severity and the sentence that the catalogue shows. */
export const SYNTAX_DIAGNOSTICS = {
  syntax: { severity: 'error', summary: 'Something stands where the grammar expects something else.' },
  'unclosed-text': { severity: 'error', summary: 'A text has no closing quote on its line.' },
  'unclosed-block': { severity: 'error', summary: 'A `{` or a `}` is missing.' },
  'stray-character': { severity: 'error', summary: 'A character means nothing where it stands.' },
  'too-large': { severity: 'error', summary: 'A script is larger than can be read.' },
  'nested-too-deep': { severity: 'error', summary: 'Conditions stand too deep in each other.' },
} as const;

/** A code that parsing reports. */
export type SyntaxCode = keyof typeof SYNTAX_DIAGNOSTICS;
