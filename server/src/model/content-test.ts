/** Tests of content: what a `test` declaration states of a machine, and what it expects then. */
import type { Comparison, Condition, Template } from './content.ts';
import type { Location } from './source.ts';

/** One `test`. What of it has an error is left out, and `damaged` says so. */
export interface ContentTest {
  readonly title: string;
  readonly at: Location;
  readonly titleAt: Location;
  /** Recordings, relative to the file, `*` allowed; none where the machine consists of the givens alone. */
  readonly machines: readonly { readonly pattern: string; readonly at: Location }[];
  readonly givens: readonly Given[];
  readonly expects: readonly Expect[];
  /** It has an error, and says less than was meant: it must not pass. */
  readonly damaged: boolean;
}

/** What is stated of the machine. */
export type Given = StatedWindows | StatedFact | StatedThing;

/** `on windows-10-22h2`, or `on windows-10-22h2 = 10.0.19045.3570`. */
export interface StatedWindows {
  readonly kind: 'windows';
  readonly name: string;
  readonly version?: string;
  readonly at: Location;
}

/** `windows.arch is x86`, `windows.revision = 3570`: the member and its value as text. */
export interface StatedFact {
  readonly kind: 'fact';
  readonly member: string;
  readonly value: string;
  readonly at: Location;
}

/** A reading or thing, and what it is. */
export interface StatedThing {
  readonly kind: 'thing';
  readonly subject: Comparison['subject'];
  readonly is: Stated;
  readonly at: Location;
}

export type Stated =
  | { readonly kind: 'exists' | 'absent' | 'unknown' | 'installed' }
  /** As REG_SZ or text. */
  | { readonly kind: 'text'; readonly template: Template }
  /** One of a list of texts. */
  | { readonly kind: 'entry'; readonly template: Template }
  | { readonly kind: 'word'; readonly text: string }
  /** Decimal digits. */
  | { readonly kind: 'number'; readonly digits: string };

/** Statuses that only a patch can have. */
export const EXPECTED_STATUSES = ['missing', 'effectively installed', 'superseded', 'note', 'not applicable'] as const;
export type ExpectedStatus = (typeof EXPECTED_STATUSES)[number];

export interface Expect {
  /** A product or a patch. */
  readonly name: string;
  /** Of a patch: for which product. */
  readonly product?: string;
  readonly says: Says;
  /** The whole statement. */
  readonly at: Location;
}

export type Says =
  | {
      readonly kind: 'installed';
      /** Exactly so many installations; at least one where it is not said. */
      readonly times?: number;
      /** What each of them must fulfil. */
      readonly property?: Condition;
    }
  | { readonly kind: 'not installed' | 'unknown' }
  | { readonly kind: 'status'; readonly status: ExpectedStatus };
