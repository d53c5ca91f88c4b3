/** A failed step in a line: code, meaning, the raw cause beneath it, and what to do. */
import type { FailedStep } from '../../../../server/src/protocol/scan.ts';

export function describeFailure(failed: FailedStep): string {
  const parts = [
    `error ${failed.code} in step ${failed.step} (${failed.name})`,
    failed.meaning,
    failed.raw && `Cause: ${failed.raw}`,
    failed.remedy,
  ];
  return parts
    .filter(Boolean)
    .map((part) => part.replace(/[.\s]+$/, ''))
    .join('. ')
    .concat('.');
}
