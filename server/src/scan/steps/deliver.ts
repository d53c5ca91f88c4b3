/** Step 7: drop the result into the arrivals folder. */
import { scanError } from '../errors.ts';
import { failureOf } from '../failure.ts';
import type { ScanOptions } from '../options.ts';
import type { ScanResult } from '../result.ts';
import type { StepOutcome } from './outcome.ts';

/** Delivers a result. Never rejects for what the file system does. */
export async function deliver(
  result: ScanResult,
  drop: NonNullable<ScanOptions['deliver']>,
): Promise<StepOutcome<ScanResult>> {
  try {
    await drop(result);
    return { ok: true, value: result };
  } catch (error) {
    return { ok: false, error: scanError('PL701', { raw: failureOf(error, 'file'), host: result.machine.name }) };
  }
}
