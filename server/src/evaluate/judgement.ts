/** What evaluation says of products and patches: plain data, and part of the result document as it stands. */
import type { Trace } from './verdict.ts';

export type PatchStatus =
  'missing' | 'installed' | 'effectively installed' | 'superseded' | 'note' | 'not applicable' | 'unknown';

/** One installation of a product on the machine. */
export interface ProductInstance {
  /** Unique within its product: the instance's position, from 0. */
  readonly instance: number;
  readonly version: string | null;
  readonly path: string | null;
  readonly architecture: string | null;
  readonly language: string | null;
  /** `unknown` where a reading that decides could not be made. */
  readonly state: 'installed' | 'unknown';
  readonly reason?: string;
  readonly trace?: Trace;
}

/** A patch's status on one product instance. */
export interface PatchJudgement {
  readonly id: string;
  readonly title: string | null;
  readonly bulletin: string | null;
  readonly severity: string;
  readonly kb: readonly string[];
  readonly cve: readonly string[];
  /** The product's id, or a Windows name. */
  readonly product: string;
  /** The product instance, by its number; 0 for Windows itself. */
  readonly instance: number;
  readonly status: PatchStatus;
  /** How an installed patch was recognised. */
  readonly how?: 'explicit' | 'by files' | 'by service pack';
  readonly warning: string | null;
  /** Why: the failed reading of an unknown, the superseding patch of a pruned one. */
  readonly reason?: string;
  /** The superseding patch that decided `effectively installed` and `superseded`. */
  readonly head?: string;
  readonly trace?: Trace;
}
