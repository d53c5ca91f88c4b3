/** The tests of content: where they are, and what running them comes to. Every text of a reply is inert, and never markup. */
import type { Place } from './scan.ts';

export interface TestsParams {
  /** One file; without it all content. */
  readonly uri?: string;
}

/** A test where it stands. */
export interface TestPlace {
  readonly uri: string;
  /** Tells it from the others of its file, as long as its title stays: of two with one title the second has a number. */
  readonly id: string;
  readonly title: string;
  /** Its title's line, from 0. */
  readonly line: number;
}

export interface RunTestsParams {
  readonly tests: readonly Pick<TestPlace, 'uri' | 'id'>[];
}

/** Why something is so, with the check's line where it is one. */
export interface TestReason {
  readonly text: string;
  readonly place?: Place;
}

/** What is not as it was expected, or why the test could not be run. */
export interface TestFailure {
  readonly message: string;
  readonly expected?: string;
  readonly seen?: string;
  readonly because: readonly TestReason[];
  readonly place: Place;
}

/** One test on one machine. */
export interface TestOutcome extends Pick<TestPlace, 'uri' | 'id'> {
  /** The recording; `null` where the machine consists of givens alone. */
  readonly machine: string | null;
  /** `error` where it could not be run. */
  readonly status: 'passed' | 'failed' | 'error';
  readonly ms: number;
  readonly failures: readonly TestFailure[];
}

export interface RunTestsReply {
  /** Of a test that is gone there is none. */
  readonly outcomes: readonly TestOutcome[];
}

export const TESTS_REQUEST = 'patchlab/tests';
export const RUN_TESTS_REQUEST = 'patchlab/runTests';
