/** Which products and patches looked at most. */
import type { DetectedProduct } from '../evaluate/context.ts';
import type { Trace } from '../evaluate/verdict.ts';
import type { Dear, PatchResult } from './result.ts';

const MOST = 10;

/** The dearest first, by the different things that their checks looked at in all instances. */
export function dearestOf(products: readonly DetectedProduct[], patches: readonly PatchResult[]): readonly Dear[] {
  const seen = new Map<string, { kind: Dear['kind']; id: string; sources: Set<string> }>();
  const count = (kind: Dear['kind'], id: string, trace: Trace | undefined): void => {
    if (!trace) return;
    const name = `${kind} ${id}`;
    const one = seen.get(name) ?? { kind, id, sources: new Set() };
    seen.set(name, one);
    collect(trace, one.sources);
  };
  for (const { id, instances } of products) for (const { trace } of instances) count('product', id, trace);
  for (const { id, trace } of patches) count('patch', id, trace);
  return [...seen.values()]
    .map(({ kind, id, sources }) => ({ kind, id, reads: sources.size }))
    .filter(({ reads }) => reads > 0)
    .toSorted((left, right) => right.reads - left.reads || (left.id < right.id ? -1 : 1))
    .slice(0, MOST);
}

function collect(trace: Trace, into: Set<string>): void {
  if (trace.source !== undefined) into.add(trace.source.toLowerCase());
  for (const child of trace.children ?? []) collect(child, into);
}
