/** Why a product or patch is judged differently on two machines. */
import type { FailedStep, Place, ScanParams } from './scan.ts';

export interface WhyParams {
  /** Ties progress notifications (`patchlab/scanProgress`) to this question. */
  readonly token: string;
  /** A product or a patch. */
  readonly id: string;
  /** The two machines or recordings, in the order in which they are shown. */
  readonly targets: readonly [ScanParams['target'], ScanParams['target']];
}

/** One of the two scans. Every text of a reply is inert: without control characters, and never markup. */
export interface WhySide {
  readonly machine: string;
  /** The first step that failed; `null` when all is well. */
  readonly failed: FailedStep | null;
  /** Whether a live machine accepted the credential: only then is it worth keeping. */
  readonly loggedOn: boolean;
}

/** What one machine said of a check. */
export interface WhySeen {
  readonly outcome: string;
  readonly observed: string;
  readonly source: string;
  readonly reason: string;
}

/** One check of both machines. */
export interface WhyRow {
  /** How deep it lies in the declaration; its parent is the nearest row before it that lies less deep. */
  readonly depth: number;
  readonly check: string;
  readonly expected: string;
  /** `null` where that machine did not come to it. */
  readonly left: WhySeen | null;
  readonly right: WhySeen | null;
  readonly differs: 'no' | 'seen' | 'outcome';
  readonly place: Place | null;
}

export interface WhyReply {
  readonly id: string;
  /** `product` or `patch`; `null` where content declares no such thing (any more). */
  readonly kind: 'product' | 'patch' | null;
  readonly sides: readonly [WhySide, WhySide];
  /** In the order of evaluation; empty where a scan failed. */
  readonly rows: readonly WhyRow[];
  /** The row at which both first come apart; `null` where they do not. */
  readonly first: number | null;
  /** Rows beyond those that are told. */
  readonly more: number;
}

export const WHY_REQUEST = 'patchlab/why';
