/** Whom a scan from the editor is of. */
import type { ScanParams } from '../protocol/scan.ts';
import type { ScanTarget } from '../scan/options.ts';
import { resolvedAs } from './machines/found.ts';

/** A target as a scan takes it. */
export function targetOf(target: ScanParams['target']): ScanTarget {
  if (target.kind === 'snapshot') return target;
  const { host, user, password, found } = target;
  return { kind: 'machine', machine: host, credential: { user, password }, ...(found && resolvedAs(host, found)) };
}
