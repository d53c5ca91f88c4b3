/** What a lint rule is: something that is likely wrong, found in the linked content. */
import type { Content } from '../model/content.ts';
import type { Finding, Severity } from '../model/source.ts';

/** One thing that a rule found; code and severity are the rule's. */
export type RuleFinding = Omit<Finding, 'code' | 'severity'>;

export interface Rule {
  readonly code: string;
  readonly severity: Severity;
  /** One sentence for the catalogue. */
  readonly summary: string;
  /**
   * What it finds in a declaration depends on that declaration and the checks that it uses: then an edit runs it on one
   * file. Leave it out where a rule looks at other declarations too.
   */
  readonly alone?: true;
  /** Everything that it finds in the content. */
  readonly find: (content: Content, settings?: LintSettings) => readonly RuleFinding[];
}

/** What rules are told besides content. */
export interface LintSettings {
  /** The day on which content is looked at, `2026-01-13`: rules have no clock. Without it no date lies in the future. */
  readonly today?: string;
}
