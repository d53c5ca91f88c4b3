/** A result in short. */
import type { ScanReply } from '../protocol/scan.ts';
import type { ScanResult } from '../scan/result.ts';

/** What a message says of a result. */
export function summaryOf(result: ScanResult): ScanReply['summary'] {
  const count = (status: string): number => result.patches.filter((patch) => patch.status === status).length;
  const failed = result.steps.find((step) => step.error !== undefined);
  return {
    machine: result.machine.name,
    products: result.products.reduce((sum, product) => sum + product.instances.length, 0),
    missing: count('missing'),
    unknown: count('unknown'),
    failed: failed?.error ? { step: failed.step, name: failed.name, ...failed.error } : null,
    loggedOn:
      result.machine.source === 'live' && result.steps.some(({ step, status }) => step === 2 && status === 'ok'),
  };
}
