/** Puts the result document together. */
import type { DetectedProduct } from '../evaluate/context.ts';
import type { PatchResult, ProductInstance, ProductResult, ScanResult } from './result.ts';

/** Products as the document has them; traces of unknown instances always, the others where all are wanted. */
export function productResults(detected: readonly DetectedProduct[], allTraces: boolean): readonly ProductResult[] {
  return detected.map(({ id, name, instances, incomplete }) => ({
    id,
    name,
    instances: instances.map(({ instance, version, path, architecture, language, state, reason, trace }) => ({
      ...({ instance, version, path, architecture, language, state } satisfies ProductInstance),
      ...(reason !== undefined && { reason }),
      ...(trace && (allTraces || state === 'unknown') && { trace }),
    })),
    ...(incomplete !== undefined && { incomplete }),
  }));
}

/** Patches as the document has them: traces where something calls for an explanation, or all. */
export function patchResults(judged: readonly PatchResult[], allTraces: boolean): readonly PatchResult[] {
  return judged.map((patch) => {
    const explains = patch.status === 'missing' || patch.status === 'unknown' || patch.warning !== null;
    if (allTraces || explains || !patch.trace) return patch;
    const { trace: _trace, ...rest } = patch;
    return rest;
  });
}

/** Nothing read and nothing known: what a scan that ended early says. */
export const NO_COST: ScanResult['cost'] = { roundTrips: 0, bytes: 0, reads: 0 };
