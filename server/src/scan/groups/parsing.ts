/** What reading patchlab.json's groups shares. */

/** A mistake, in a sentence without its full stop. */
export class GroupError extends Error {}

/** Makes the mistake of one group. */
export type Wrong = (why: string) => GroupError;

export function textsOf(value: unknown, wrong: () => GroupError): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) throw wrong();
  return value;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
