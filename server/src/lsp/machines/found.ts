/** Where a machine was found, from the words of the protocol to those of a scan. */
import type { FoundMachine } from '../../protocol/scan.ts';
import { parseMachine } from '../../scan/machine-name.ts';
import type { ScanTarget } from '../../scan/options.ts';

/** Step 1 as it was done already; nothing where the name is none, and the scan says so. */
export function resolvedAs(machine: string, found: FoundMachine): Pick<ScanTarget & { kind: 'machine' }, 'resolved'> {
  const parsed = parseMachine(machine);
  return parsed.ok ? { resolved: { ok: true, value: { ...parsed.value, ...found } } } : {};
}
