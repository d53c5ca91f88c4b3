/** What two results say differently: plain data, the same for the editor and the command line. */
import type { PatchResult, ProductInstance, ScanResult } from '../../scan/result.ts';
import type { Location } from '../../model/source.ts';
import type { Trace } from '../../evaluate/verdict.ts';

/** Of which machine, and when. */
export interface Side {
  readonly scanId: string;
  readonly machine: string;
  readonly os: string | null;
  readonly started: string;
  /** The code of the step that failed: what this side does not have then was not looked at. */
  readonly error: string | null;
}

/** `appeared` is on the right alone, `gone` on the left alone; `unknown` where one side did not come so far. */
export type Change = 'appeared' | 'gone' | 'changed' | 'same' | 'unknown';

/** An instance of a product on both sides, or on one. */
export interface ProductChange {
  readonly id: string;
  readonly name: string;
  readonly change: Change;
  readonly left?: ProductInstance;
  readonly right?: ProductInstance;
}

/** A check as one side saw it. */
export type Seen = Pick<Trace, 'verdict' | 'expected' | 'observed' | 'source' | 'reason'>;

/** A check that the two sides see differently, or that only one of them has. */
export interface CheckChange {
  readonly check: string;
  readonly at?: Location;
  readonly left?: Seen;
  readonly right?: Seen;
}

/** A patch on an instance of a product. */
export interface PatchChange {
  readonly id: string;
  readonly title: string | null;
  readonly severity: string;
  /** The product's name and version on each side, or the Windows. */
  readonly change: Change;
  readonly left?: PatchResult;
  readonly right?: PatchResult;
  /** Why the two differ; also where they agree in the status but not in what was seen. */
  readonly checks: readonly CheckChange[];
}

export interface Comparison {
  readonly left: Side;
  readonly right: Side;
  readonly products: readonly ProductChange[];
  readonly patches: readonly PatchChange[];
}

export function sideOf(result: ScanResult): Side {
  const { scanId, started, machine, steps } = result;
  const error = steps.find((step) => step.error)?.error?.code ?? null;
  return { scanId, machine: machine.name, os: machine.os?.name ?? null, started, error };
}

/** Whether anything is told apart. */
export const isDifferent = (of: ProductChange | PatchChange): boolean =>
  of.change !== 'same' || ('checks' in of && of.checks.length > 0);
