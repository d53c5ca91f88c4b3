/** Literals: from what was written to values. */
import type { Leaf } from '../../syntax/tree.ts';
import type { Literal } from '../content.ts';
import { fail, report, type Lowering, type Scope } from './context.ts';
import { lowerText, spanOf } from './text.ts';

const BYTES: Readonly<Record<string, number>> = { B: 1, KB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30, TB: 2 ** 40 };
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const LARGEST = 2n ** 64n - 1n;

/** A literal's value, or undefined after a finding. */
export function lowerLiteral(context: Lowering, scope: Scope, leaf: Leaf): Literal | undefined {
  const text = leaf.image;
  switch (leaf.tokenType.name) {
    case 'Text':
    case 'OpenText':
      return { kind: 'text', template: lowerText(context, scope, leaf) };
    case 'Version':
      return { kind: 'version', text };
    case 'Int':
    case 'Hex':
      return lowerNumber(context, leaf);
    case 'Date':
      return isDate(text) ? { kind: 'date', text } : badDate(context, leaf);
    case 'Size':
      return { kind: 'size', bytes: Number.parseInt(text, 10) * (BYTES[text.replace(/^\d+/, '')] ?? 1), text };
    case 'Duration':
      return { kind: 'duration', seconds: lowerDuration(text), text };
    case 'Guid':
      return { kind: 'guid', text };
    case 'Kb':
      return { kind: 'kb', text };
    case 'Cve':
      return { kind: 'cve', text };
    default:
      return fail(context, 'bad-value', spanOf(leaf), { message: 'A value is missing here.' });
  }
}

function lowerNumber(context: Lowering, leaf: Leaf): Literal | undefined {
  const value = BigInt(leaf.image);
  if (value <= LARGEST) return { kind: 'number', digits: value.toString() };
  return fail(context, 'bad-value', spanOf(leaf), {
    message: 'This number has more than 64 bits: nothing on a machine can be equal to it.',
  });
}

/** The seconds of `30d`. */
export const lowerDuration = (text: string): number => Number.parseInt(text, 10) * (SECONDS[text.slice(-1)] ?? 1);

/** Whether the calendar has a `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  if (month < 1 || month > 12 || day < 1) return false;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= (month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0));
}

function badDate(context: Lowering, leaf: Leaf): undefined {
  return fail(context, 'bad-date', spanOf(leaf), { message: `There is no ${leaf.image} in the calendar.` });
}

/** A date in metadata: a wrong one is reported and left out. */
export function metadataDate(context: Lowering, leaf: Leaf | undefined): string | undefined {
  if (leaf === undefined) return undefined;
  if (leaf.tokenType.name !== 'Date') {
    report(context, 'bad-value', spanOf(leaf), {
      message: `Expected a date such as 2026-01-13, but found \`${leaf.image}\`.`,
    });
    return undefined;
  }
  if (isDate(leaf.image)) return leaf.image;
  report(context, 'bad-date', spanOf(leaf), { message: `There is no ${leaf.image} in the calendar.` });
  return undefined;
}
