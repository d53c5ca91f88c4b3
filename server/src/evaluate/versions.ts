/**
 * Versions: parts of digits of any size, each with an optional letter suffix that sorts after the bare part (`1.0.2k`),
 * separated by `.`, `,`, `_` or `-`; digits right after letters are a part of their own (`2.6.1b2` is `2.6.1b.2`). Text after a
 * blank is ignored (`10.0.19041.1 (WinBuild.160101)`); missing parts are 0.
 */

export interface VersionPart {
  /** Digits without leading zeros; `''` is 0. */
  readonly digits: string;
  /** Lower-case letters; `''` where there are none. */
  readonly suffix: string;
}

export interface Version {
  /** As it was found, for messages and text comparisons. */
  readonly text: string;
  readonly parts: readonly VersionPart[];
}

const MAX_LENGTH = 256;
const ZERO: VersionPart = { digits: '', suffix: '' };
// Old resources write `5, 1, 2600, 0`: a comma may be followed by blanks.
const SHAPE = /^(\d[\da-z]*(?:(?:[._-]|,[ \t]*)\d[\da-z]*)*)(?:$|\s)/i;

/** The version a text is, or undefined where it is none: nothing is guessed. */
export function parseVersion(text: string): Version | undefined {
  const trimmed = text.trim();
  if (trimmed.length > MAX_LENGTH) return undefined;
  const written = SHAPE.exec(trimmed)?.[1];
  if (written === undefined) return undefined;
  return { text: trimmed, parts: (written.match(/\d+[a-z]*/gi) ?? []).map(versionPart) };
}

function versionPart(text: string): VersionPart {
  const letters = text.search(/[a-z]/i);
  const digits = letters < 0 ? text : text.slice(0, letters);
  return { digits: digits.replace(/^0+/, ''), suffix: letters < 0 ? '' : text.slice(letters).toLowerCase() };
}

/** Negative, zero or positive, part by part. */
export function compareVersions(left: Version, right: Version): number {
  const length = Math.max(left.parts.length, right.parts.length);
  for (let index = 0; index < length; index++) {
    const order = compareParts(left.parts[index] ?? ZERO, right.parts[index] ?? ZERO);
    if (order !== 0) return order;
  }
  return 0;
}

/** Whether two versions have the same first `count` parts. */
export function sharesParts(left: Version, right: Version, count: number): boolean {
  for (let index = 0; index < count; index++) {
    if (compareParts(left.parts[index] ?? ZERO, right.parts[index] ?? ZERO) !== 0) return false;
  }
  return true;
}

function compareParts(left: VersionPart, right: VersionPart): number {
  if (left.digits.length !== right.digits.length) return left.digits.length - right.digits.length;
  if (left.digits !== right.digits) return left.digits < right.digits ? -1 : 1;
  if (left.suffix === right.suffix) return 0;
  return left.suffix < right.suffix ? -1 : 1;
}
