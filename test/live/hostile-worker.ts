/**
 * Scans in a process of its own, one after another, and says of each how long it took and how much memory it took at its
 * peak: the process' resident set (VmHWM of /proc/self/status, which Linux lets be set back) above the least that it was
 * before a scan, after a collection of garbage. Run with --expose-gc.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { ScanResult } from '../../server/src/scan/result.ts';
import { scanMachine } from '../../server/src/scan/scan.ts';
import { LIAR_ACCOUNT } from '../lab/liar/liar.ts';
import { contentOf } from './scan-lab.ts';

export interface Order {
  readonly target: string;
  readonly content: string;
  readonly deadline: number;
  readonly requestTimeout: number;
  readonly cancelAfter?: number;
}

export interface Outcome {
  readonly result?: ScanResult;
  /** Where the scan rejected. */
  readonly rejected?: string;
  readonly ms: number;
  readonly extraBytes: number;
}

function resident(field: 'VmRSS' | 'VmHWM'): number {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(found?.[1]) * 1024;
}

/** The least that the process had before a scan: what one scan leaves behind counts against those after it. */
let least = Infinity;

async function scan({ target, content, deadline, requestTimeout, cancelAfter }: Order): Promise<Outcome> {
  const linked = contentOf(content);
  global.gc?.();
  least = Math.min(least, resident('VmRSS'));
  writeFileSync('/proc/self/clear_refs', '5');
  const started = performance.now();
  const cancel = new AbortController();
  if (cancelAfter !== undefined) setTimeout(() => cancel.abort(new Error('cancelled')), cancelAfter);
  const outcome = await scanMachine({
    target: { kind: 'machine', machine: target, credential: LIAR_ACCOUNT },
    content: linked,
    ...{ deadline, requestTimeout, signal: cancel.signal },
  }).then(
    (result) => ({ result }),
    (error: unknown) => ({ rejected: String(error) }),
  );
  const ms = performance.now() - started;
  return { ...outcome, ms, extraBytes: resident('VmHWM') - least };
}

if (import.meta.main) {
  process.on('message', (order: Order) => {
    void scan(order).then((outcome) => process.send?.(outcome));
  });
  process.on('disconnect', () => process.exit(0));
}
