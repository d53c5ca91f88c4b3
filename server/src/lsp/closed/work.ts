/** What threads beside the server are asked, and what they answer: plain data, a batch of files at a time. */
import type { Finding } from '../../model/source.ts';
import type { Stamp } from './stamp.ts';

export interface Work {
  /** Summaries of files, or what rules find in them. */
  readonly wanted: 'summary' | 'lint';
  readonly files: readonly string[];
}

export interface Summarised {
  readonly wanted: 'summary';
  /** File by file; without what is gone or cannot be read. */
  readonly files: readonly { readonly file: string; readonly stamp: Stamp; readonly length: number }[];
  /** Their summaries, one behind the other. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface Linted {
  readonly wanted: 'lint';
  readonly files: readonly LintedFile[];
}

/** What rules found in a file, if it uses nothing of other files: `key` tells what they took for granted. */
export interface LintedFile {
  readonly file: string;
  readonly key: string;
  readonly found: FoundByCode;
}

/** What rules found, by their codes. */
export type FoundByCode = readonly (readonly [code: string, findings: readonly Finding[]])[];

export type Answer = Summarised | Linted;
