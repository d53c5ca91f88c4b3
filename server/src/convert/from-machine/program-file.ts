/** Which file of a folder is the program: the one that proves that it is there, and tells its version. */
import type { FileVersion } from '../../model/observation.ts';
import { stemOf, type ProgramPlace, type UninstallEntry } from './program.ts';

export interface CandidateFile {
  readonly name: string;
  /** What it says of itself; not there where that was not read, or it says nothing. */
  readonly version?: FileVersion;
}

const HELPER = /^(?:unins|uninst|setup|install|update|upd|crash|report|helper|remove|vc_?redist|maintenance|register)/i;

/** Programs of a folder in the order in which they are worth a look; at most so many. */
export function likelyPrograms(
  names: readonly string[],
  entry: UninstallEntry,
  place: ProgramPlace,
): readonly string[] {
  const programs = names.filter((name) => /\.exe$/i.test(name) && !HELPER.test(name));
  const scored = programs.map((name) => ({ name, score: likeness(name, entry, place) }));
  return scored
    .toSorted(
      (one, other) =>
        other.score - one.score || one.name.length - other.name.length || (one.name < other.name ? -1 : 1),
    )
    .map(({ name }) => name)
    .slice(0, 16);
}

/** The program among them; what says the entry's version counts before what is only called like it. */
export function mainProgram(
  files: readonly CandidateFile[],
  entry: UninstallEntry,
  place: ProgramPlace,
): CandidateFile | undefined {
  const score = ({ name, version }: CandidateFile): number => {
    const sameVersion = isSameVersion(entry, version?.fileVersion) || isSameVersion(entry, version?.productVersion);
    const sameProduct = version?.product !== undefined && letters(version.product) === letters(stemOf(entry.name));
    return (
      likeness(name, entry, place) + (sameVersion ? 4 : 0) + (sameProduct ? 2 : 0) + (version?.fileVersion ? 1 : 0)
    );
  };
  return files.map((file) => ({ file, score: score(file) })).toSorted((one, other) => other.score - one.score)[0]?.file;
}

function likeness(name: string, entry: UninstallEntry, place: ProgramPlace): number {
  if (place.file?.toLowerCase() === name.toLowerCase()) return 8;
  const base = letters(name.replace(/\.exe$/i, ''));
  const stem = letters(stemOf(entry.name));
  if (base === '') return 0;
  if (base === stem) return 4;
  return stem.includes(base) || base.includes(stem) ? 2 : isInitials(base, entry.name) ? 2 : 0;
}

/** `7z` of `7-Zip`: the letters of it stand in the name in their order, from its first on. */
function isInitials(base: string, name: string): boolean {
  const all = letters(name);
  let at = 0;
  for (const letter of base) {
    at = all.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return all.startsWith(base.charAt(0));
}

const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** 18.01 is 18.1.0.0. */
function isSameVersion(entry: UninstallEntry, told: string | undefined): boolean {
  const wanted = entry.version ?? /\d+(?:\.\d+)+/.exec(entry.name)?.[0];
  if (wanted === undefined || told === undefined) return false;
  const parts = (text: string): readonly number[] => text.split('.').map(Number);
  const [one, other] = [parts(wanted), parts(told)];
  const length = Math.max(one.length, other.length);
  return Array.from({ length }, (_, index) => (one[index] ?? 0) === (other[index] ?? 0)).every(Boolean);
}
