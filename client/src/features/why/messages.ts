/** What the page of *Why Not Detected?* is told. */
import type { WhyReply } from '../../../../server/src/protocol/why.ts';

/** To the page. */
export interface ToWhy {
  readonly reply: WhyReply;
}

/** What the page's script shows by itself. */
export interface WhyTexts {
  readonly first: string;
  readonly same: string;
  readonly sameAnswer: string;
  readonly otherAnswer: string;
  readonly gone: string;
  readonly failed: string;
  readonly cause: string;
  readonly remedy: string;
  readonly validate: string;
  readonly copy: string;
  readonly wanted: string;
  readonly notReached: string;
  readonly source: string;
  readonly differing: string;
  readonly all: string;
  readonly more: string;
  readonly check: string;
  readonly mark: { readonly no: string; readonly seen: string; readonly outcome: string };
}
