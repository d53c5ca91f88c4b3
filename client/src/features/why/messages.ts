/** What the page of *Why Not Detected?* and the extension say to each other. */
import type { WhyReply } from '../../../../server/src/protocol/why.ts';

/** To the page. */
export interface ToWhy {
  readonly reply: WhyReply;
}

/** From the page: a row by its number, or a command to be copied. It may be anything, so it is looked at. */
export type FromWhy = { readonly ready: true } | { readonly source: number } | { readonly copy: string };

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
