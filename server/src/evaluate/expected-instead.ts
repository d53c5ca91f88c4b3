/** What an expectation that is not met would have to say, so that it is. */
import type { Expect } from '../model/content-test.ts';
import type { Condition } from '../model/content.ts';
import type { DetectedInstance } from './context.ts';
import type { PatchJudgement } from './judgement.ts';

/** The words behind the name, and what `version` or `location` is, where one of them was expected. */
export interface Instead {
  readonly says: string;
  readonly property?: { readonly name: 'version' | 'location'; readonly value: string };
}

export interface Found {
  readonly instances: readonly DetectedInstance[];
  /** There may be more where nothing could be read. */
  readonly isIncomplete: boolean;
}

/** Of a product; nothing where its property is something else than a version or location. */
export function productInstead({ says }: Expect, { instances, isIncomplete }: Found): Instead | undefined {
  const certain = instances.filter(({ state }) => state === 'installed');
  const [first] = certain;
  if (first === undefined) return { says: instances.length > 0 || isIncomplete ? 'unknown' : 'not installed' };
  if (says.kind !== 'installed') return { says: 'installed' };
  const times = certain.length < instances.length ? '' : ` ${certain.length} times`;
  const counted = says.times === undefined ? 'installed' : `installed${times}`;
  if (says.property === undefined) return { says: counted };
  const name = equalled(says.property);
  const value = name === 'version' ? first.version : first.path;
  if (name === undefined || value === null || certain.length > 1) return undefined;
  return { says: counted, property: { name, value } };
}

/** `version = …` or `location = …`: of other properties nobody can tell what their author wants to hold. */
function equalled(property: Condition): 'version' | 'location' | undefined {
  if (property.kind !== 'compare' || property.subject.kind !== 'name' || property.predicate.kind !== 'test')
    return undefined;
  const { base, member } = property.subject.name;
  const { test } = property.predicate;
  if (test.kind !== 'range' || test.bounds.length !== 1 || test.bounds[0]?.operator !== '=') return undefined;
  if (member !== undefined) return undefined;
  return (['version', 'location'] as const).find((name) => name === base.toLowerCase());
}

/** Of a patch; nothing where it has several statuses. */
export function patchInstead(found: readonly PatchJudgement[]): Instead | undefined {
  const [status = 'not applicable', ...more] = new Set(found.map((one) => one.status));
  return more.length > 0 ? undefined : { says: status };
}
