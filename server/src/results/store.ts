/** The store: where results end up. One thin interface, so that a second database can join; `sqlite.ts` is the first. */
import type { PatchResult, PatchStatus, ScanResult } from '../scan/result.ts';
import type { ArrivedResult } from './document.ts';

/** What became of a result that was to be added: `conflict` is the same scan id with another digest, never written. */
export type Added = 'added' | 'already there' | 'conflict';

/** One scan, as a list shows it. */
export interface ScanSummary {
  readonly scanId: string;
  readonly started: string;
  readonly finished: string;
  readonly machine: string;
  readonly os: string | null;
  /** The code of the first failed step. */
  readonly error: string | null;
  readonly counts: Readonly<Partial<Record<PatchStatus, number>>>;
}

/** The same of a result. */
export function summaryOf(result: ScanResult): ScanSummary {
  const { scanId, started, finished, machine, steps, patches } = result;
  const counts: Partial<Record<PatchStatus, number>> = {};
  for (const { status } of patches) counts[status] = (counts[status] ?? 0) + 1;
  const error = steps.find((step) => step.status === 'failed')?.error?.code ?? null;
  return { scanId, started, finished, machine: machine.name, os: machine.os?.name ?? null, error, counts };
}

/** Which scans are wanted; no member means no limit. */
export interface ScanFilter {
  readonly scanId?: string;
  /** The machine's name, without case. */
  readonly machine?: string;
  /** For each machine only its last scan. */
  readonly latest?: boolean;
}

/** One patch row with the scan that it belongs to. */
export interface PatchRow extends PatchResult {
  readonly scanId: string;
  readonly machine: string;
}

/** A database of results. Every method rejects with the database's own error when the database fails. */
export interface ResultStore {
  /** Adds all of them in one transaction, or none when the database fails; answers for each. */
  add(results: readonly ArrivedResult[]): Promise<readonly Added[]>;
  /** Newest first. */
  scans(filter: ScanFilter): Promise<readonly ScanSummary[]>;
  /** The whole document again, as it arrived. */
  load(scanId: string): Promise<ScanResult | undefined>;
  close(): Promise<void>;
}
