/** What a step came to: a value, or one coded error. */
import type { ScanError } from '../result.ts';

export type StepOutcome<T> =
  | { readonly ok: true; readonly value: T; readonly warning?: string }
  /** A value beside the error is what could still be said: statuses that are unknown. */
  | { readonly ok: false; readonly error: ScanError; readonly value?: T };
