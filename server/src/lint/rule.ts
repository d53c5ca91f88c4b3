/** What a lint rule is: something that is likely wrong, found in the linked content. */
import type { Content } from '../model/content.ts';
import type { Finding, Severity } from '../model/source.ts';
import type { Compare } from './compared.ts';

/** One thing that a rule found; code and severity are the rule's. */
export type RuleFinding = Omit<Finding, 'code' | 'severity'>;

export interface Rule {
  readonly code: string;
  readonly severity: Severity;
  /** One sentence for the catalogue. */
  readonly summary: string;
  /**
   * What it finds in a declaration depends on that declaration and the checks that it uses: then an edit runs it on one
   * file. A rule that looks at other declarations too has `compare` instead.
   */
  readonly alone?: true;
  /** What it finds in outlines of declarations. */
  readonly compare?: Compare;
  /** Everything that it finds in the content. */
  readonly find: (content: Content, settings?: LintSettings) => readonly RuleFinding[];
}

/** What rules are told besides content. */
export interface LintSettings {
  /** The day on which content is looked at, `2026-01-13`: rules have no clock. Without it no date lies in the future. */
  readonly today?: string;
}
