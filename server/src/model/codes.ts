/** What lowering and linking can find, with the severity and the sentence that the catalogue shows. */
import type { Severity } from './source.ts';

/** One entry of the catalogue of diagnostics. */
export interface Diagnostic {
  readonly severity: Severity;
  readonly summary: string;
}

export const MODEL_DIAGNOSTICS = {
  'unknown-name': { severity: 'error', summary: 'A product, patch, bulletin or check is named that nothing declares.' },
  'unknown-superseded': {
    severity: 'warning',
    summary: 'A patch or bulletin is said to be superseded that nothing declares.',
  },
  'unbound-name': { severity: 'error', summary: 'A value is used that no statement above binds.' },
  'unknown-property': { severity: 'error', summary: 'A thing has no property of that name.' },
  'unknown-member': { severity: 'error', summary: 'An element or `windows` has no member of that name.' },
  'unknown-state': { severity: 'error', summary: 'What is compared cannot be in that state.' },
  'unknown-conversion': { severity: 'error', summary: '`as` knows no such conversion.' },
  'unknown-collection': { severity: 'error', summary: '`in` knows no such collection.' },
  'unknown-metadata': { severity: 'error', summary: 'A metadata word is not known here.' },
  'unknown-windows': { severity: 'error', summary: 'No Windows has that name.' },
  'bad-value': { severity: 'error', summary: 'A value does not fit the word before it.' },
  'bad-test': { severity: 'error', summary: 'A test states or expects something that cannot be stated or expected.' },
  'bad-view': { severity: 'error', summary: 'A view is none of 32, 64 and both, or stands where there are no views.' },
  'bad-date': { severity: 'error', summary: 'A date is not in the calendar.' },
  'bad-text': { severity: 'error', summary: 'An insertion in a text is not closed or names nothing.' },
  'bad-path': {
    severity: 'error',
    summary:
      'A path or key does not begin where a machine can be read, leads away from it, would read most of it, or names several things where one is read.',
  },
  'bad-regex': { severity: 'error', summary: 'A regular expression is wrong, or cannot run in linear time.' },
  'bad-reaches': { severity: 'error', summary: 'A row of `reaches` is no version, or its branch begins above it.' },
  'bad-patterns': { severity: 'error', summary: 'A collection lacks its patterns, or takes none.' },
  'missing-property': { severity: 'error', summary: 'A thing is compared without saying which property of it.' },
  'capture-place': { severity: 'error', summary: 'A named group stands where it cannot bind a name.' },
  'mixed-logic': { severity: 'error', summary: '`and` and `or` are mixed without a block.' },
  'shadowed-name': { severity: 'error', summary: 'A name is bound a second time.' },
  'bad-name': { severity: 'error', summary: 'A name is reserved or has a form that a name cannot have.' },
  'duplicate-name': { severity: 'error', summary: 'Two declarations have the same name.' },
  'duplicate-statement': { severity: 'error', summary: 'A statement stands twice where it can stand once.' },
  'misplaced-statement': { severity: 'error', summary: 'A statement stands where it has no meaning.' },
  'two-verdicts': { severity: 'error', summary: 'A patch says more than once when it is installed or missing.' },
  'no-fixes': { severity: 'error', summary: 'A patch does not say what it fixes, so it applies nowhere.' },
  'wrong-arguments': {
    severity: 'error',
    summary: 'A check is used with more or fewer values than it has parameters.',
  },
  'check-cycle': { severity: 'error', summary: 'A check uses itself, directly or through others.' },
  'variant-names': { severity: 'error', summary: 'The variants of a product do not bind the same names.' },
  'self-supersedence': { severity: 'error', summary: 'A patch supersedes itself.' },
  'supersedence-cycle': { severity: 'error', summary: 'Patches supersede each other in a circle.' },
} as const satisfies Record<string, Diagnostic>;

/** What the reader of the 2001 catalogue can find. Its findings are about that file, not about content. */
export const CATALOGUE_DIAGNOSTICS = {
  'catalogue-duplicate': { severity: 'error', summary: 'Two entries of one kind have the same id.' },
  'catalogue-dangling': { severity: 'error', summary: 'An id is used that no entry has.' },
  'catalogue-blank': { severity: 'warning', summary: 'An id, a name or a reference has blanks around it.' },
  'catalogue-misplaced': { severity: 'warning', summary: 'An entry stands where the format has none of its kind.' },
  'catalogue-supersedence': { severity: 'error', summary: 'A patch supersedes itself, or patches do in a circle.' },
  'catalogue-value': { severity: 'warning', summary: 'A value is empty or has not the form that it needs.' },
  'catalogue-orphan': { severity: 'information', summary: 'An entry is used by nothing.' },
  'catalogue-lost': { severity: 'information', summary: 'Something cannot be said in our content and is left out.' },
} as const satisfies Record<string, Diagnostic>;

/** A code that lowering or linking reports. */
export type ModelCode = keyof typeof MODEL_DIAGNOSTICS;
