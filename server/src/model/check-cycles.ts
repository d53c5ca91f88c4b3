/** Checks that use themselves, directly or through others: the language has no recursion. */
import { MODEL_DIAGNOSTICS } from './codes.ts';
import type { Condition } from './content.ts';
import type { Finding, Location } from './source.ts';

/** What is asked of a check. */
export interface CallingCheck {
  readonly id: string;
  readonly nameAt: Location;
  /** In lower case. */
  readonly calls: readonly string[];
}

/** The checks that are in a circle, by id in lower case, with a finding for each. */
export function checkCycles(checks: readonly CallingCheck[]): {
  readonly inCycle: ReadonlySet<string>;
  readonly findings: readonly Finding[];
} {
  const inCycle = checksInCycle(checks);
  const findings = checks
    .filter((check) => inCycle.has(check.id.toLowerCase()))
    .map((check): Finding => ({
      code: 'check-cycle',
      severity: MODEL_DIAGNOSTICS['check-cycle'].severity,
      message: `\`${check.id}\` uses itself, directly or through other checks: it would never come to an end.`,
      at: check.nameAt,
    }));
  return { inCycle, findings };
}

/** By id in lower case. */
export function checksInCycle(checks: readonly Omit<CallingCheck, 'nameAt'>[]): ReadonlySet<string> {
  const uses = new Map(checks.map(({ id, calls }) => [id.toLowerCase(), new Set(calls)]));
  return new Set([...uses.keys()].filter((id) => reaches(uses, id, id)));
}

/** The checks that conditions use, in lower case, each once. */
export const checksUsedBy = (conditions: readonly Condition[]): readonly string[] => [
  ...new Set(conditions.flatMap(usedBy)),
];

function usedBy(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'use-check':
      return [condition.check.toLowerCase()];
    case 'not':
      return usedBy(condition.of);
    case 'all':
    case 'any':
      return condition.of.flatMap(usedBy);
    case 'every':
    case 'some':
      return [...(condition.where === undefined ? [] : usedBy(condition.where)), ...condition.of.flatMap(usedBy)];
    case 'use-product':
    case 'on':
    case 'compare':
      return [];
  }
}

function reaches(uses: ReadonlyMap<string, ReadonlySet<string>>, from: string, to: string): boolean {
  const seen = new Set<string>();
  const work = [...(uses.get(from) ?? [])];
  for (let id = work.pop(); id !== undefined; id = work.pop()) {
    if (id === to) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    work.push(...(uses.get(id) ?? []));
  }
  return false;
}
