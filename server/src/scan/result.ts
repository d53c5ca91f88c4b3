/** The result document `patchlab-result/1`: what a scan says of one machine. docs/schemas/result.schema.json holds the same. */
import type { PatchJudgement, PatchStatus, ProductInstance } from '../evaluate/judgement.ts';
import type { OperatingSystem } from '../evaluate/verdict.ts';
import type { Round } from './observe.ts';

export const RESULT_SCHEMA = 'patchlab-result/1';
export const SCAN_SCHEMA = 'patchlab-scan/1';

export type { PatchStatus, ProductInstance };
export type PatchResult = PatchJudgement;

export interface ScanError {
  /** `301`, `PL401`: a row of the error table. */
  readonly code: string;
  readonly meaning: string;
  /** The code beneath it: `STATUS_BAD_NETWORK_NAME (0xC00000CC)`, `ECONNREFUSED`. */
  readonly raw: string;
  readonly remedy: string;
  /** A command or a way to see the same without Patchlab. */
  readonly validate: string;
}

export interface StepReport {
  readonly step: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  readonly name: string;
  readonly status: 'ok' | 'failed' | 'skipped';
  readonly ms: number;
  readonly error?: ScanError;
  /** What looks wrong without keeping the step from its answer: registry and system files disagree about the build. */
  readonly warning?: string;
}

export interface ProductResult {
  readonly id: string;
  readonly name: string;
  readonly instances: readonly ProductInstance[];
  /** Why there may be more instances than these: users who are not logged on, whose hives cannot be read. */
  readonly incomplete?: string;
}

/** What a product or a patch looked at: the same thing counts for each that looks at it, and is read once. */
export interface Dear {
  readonly kind: 'product' | 'patch';
  readonly id: string;
  readonly reads: number;
}

export interface ScanCost {
  readonly roundTrips: number;
  readonly bytes: number;
  readonly reads: number;
  /** Each batch of reads, in order; with traces. */
  readonly rounds?: readonly Round[];
  /** What looked at most, the dearest first; with traces. */
  readonly dearest?: readonly Dear[];
}

export interface ScanResult {
  readonly schema: typeof RESULT_SCHEMA;
  readonly scanId: string;
  readonly started: string;
  readonly finished: string;
  readonly machine: {
    readonly name: string;
    readonly address: string | null;
    readonly port: number | null;
    readonly source: 'live' | 'snapshot';
    readonly os: OperatingSystem | null;
  };
  /** The scan template that left something out; absent where all of the content was wanted. */
  readonly template?: string;
  readonly steps: readonly StepReport[];
  readonly products: readonly ProductResult[];
  readonly patches: readonly PatchResult[];
  readonly cost: ScanCost;
}
