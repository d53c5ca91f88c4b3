/** Domains and organizational units as groups name them, and which of their computers a group wants. */
import type { Directories } from '../directory/directory.ts';
import { isBelow } from '../directory/names.ts';
import { isObject, type Wrong } from './parsing.ts';

/** A part of a directory: all of it, a distinguished name, or names from its top down. */
export interface DirectoryPlace {
  /** As it was written. */
  readonly text: string;
  /** The directory's name in patchlab.json. */
  readonly directory: string;
  readonly dn?: string;
  readonly path?: readonly string[];
}

/** Which computers are wanted, besides those that are plainly there. */
export interface ComputerChoice {
  /** Disabled accounts as well. */
  readonly disabled?: boolean;
  /** Only those that have logged on to the domain within so many days. */
  readonly staleDays?: number;
}

/**
 * A domain controller replicates a computer's last logon only when it is this many days old (ms-DS-Logon-Time-Sync-Interval,
 * 14 where nobody changed it): a shorter time would leave out machines that were used yesterday.
 */
export const LEAST_STALE_DAYS = 15;
const MOST_STALE_DAYS = 3650;
const MOST_DEPTH = 32;

/** Reads `NAME` of a domain, or `NAME/PART/PART` or a distinguished name of one of its parts. */
export function placeOf(
  { text, isDomain }: { readonly text: string; readonly isDomain: boolean },
  directories: Directories,
  wrong: Wrong,
): DirectoryPlace {
  if (isDomain) return { text, directory: directoryCalled(text, directories, wrong) };
  if (text.includes('=')) {
    const holders = [...directories.values()].filter(({ base }) => isBelow(text, base));
    const [holder] = holders.sort((one, other) => other.base.length - one.base.length);
    if (!holder) throw wrong(`"${text}" lies in none of the directories`);
    return { text, directory: holder.name, dn: text };
  }
  const [name = '', ...path] = partsOf(text);
  if (path.length === 0 || path.length > MOST_DEPTH || path.some((part) => part.trim() === ''))
    throw wrong(`"${text}" is no organizational unit: write DIRECTORY/PART/PART or a distinguished name`);
  return { text, directory: directoryCalled(name, directories, wrong), path };
}

/** A slash in a name is written `\\/`. */
function partsOf(text: string): readonly string[] {
  return text.split(/(?<!\\)\//).map((part) => part.replace(/\\([\\/])/g, '$1'));
}

function directoryCalled(name: string, directories: Directories, wrong: Wrong): string {
  if (directories.has(name)) return name;
  const all = [...directories.keys()].join(', ');
  throw wrong(`there is no directory "${name}"${all === '' ? '' : `; there are: ${all}`}`);
}

/** Reads `computers` of a group. */
export function computersOf(value: unknown, wrong: Wrong): ComputerChoice | undefined {
  if (value === undefined) return undefined;
  if (!isObject(value)) throw wrong('"computers" must be an object');
  const unknown = Object.keys(value).find((field) => field !== 'disabled' && field !== 'staleDays');
  if (unknown !== undefined) throw wrong(`"computers" does not know "${unknown}"`);
  const { disabled, staleDays } = value;
  if (disabled !== undefined && typeof disabled !== 'boolean') throw wrong('"disabled" must be true or false');
  const isDays =
    typeof staleDays === 'number' &&
    Number.isInteger(staleDays) &&
    staleDays >= LEAST_STALE_DAYS &&
    staleDays <= MOST_STALE_DAYS;
  if (staleDays !== undefined && !isDays)
    throw wrong(
      `"staleDays" must be a number from ${LEAST_STALE_DAYS} to ${MOST_STALE_DAYS}: directories tell the last logon up to 14 days late`,
    );
  return { ...(disabled !== undefined && { disabled }), ...(isDays && { staleDays }) };
}
