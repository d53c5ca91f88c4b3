/**
 * The error table: every way a step can fail, as data (`error-table.ts`), and the error of a step made of a row.
 * `error-causes.ts` maps raw causes to these rows; docs/errors has one page a row.
 */
import { ERROR_TABLE, type ErrorRow } from './error-table.ts';
import { describeRaw, type RawFailure } from './failure.ts';
import type { ScanError } from './result.ts';

/** A code of the table. */
export type ErrorCode = (typeof ERROR_TABLE)[number]['code'];

const BY_CODE: ReadonlyMap<string, ErrorRow> = new Map(ERROR_TABLE.map((row) => [row.code, row]));

/** The row of a code. */
export function errorRow(code: ErrorCode): ErrorRow {
  const row = BY_CODE.get(code);
  if (!row) throw new Error(`no error row ${code}`);
  return row;
}

/** What one failure adds to its row. */
export interface ErrorDetails {
  readonly raw: RawFailure;
  readonly host: string;
  readonly port?: number;
  /** The true reason, a sentence: it leads, the row's meaning follows. */
  readonly reason?: string | undefined;
  /** A remedy that fits the reason better than the row's. */
  readonly remedy?: string | undefined;
  /** A way to see it without Patchlab that fits better than the row's. */
  readonly validate?: string | undefined;
}

/** Makes the error of a failed step from its row: host and port filled in, the true reason first, the raw cause beneath. */
export function scanError(code: ErrorCode, details: ErrorDetails): ScanError {
  const row = errorRow(code);
  const fill = (text: string) =>
    text.replaceAll('{host}', details.host).replaceAll('{port}', String(details.port ?? 445));
  return {
    code,
    meaning: details.reason ? `${details.reason} ${row.meaning}` : row.meaning,
    raw: describeRaw(details.raw),
    remedy: fill(details.remedy ?? row.remedy),
    validate: fill(details.validate ?? row.validate),
  };
}
