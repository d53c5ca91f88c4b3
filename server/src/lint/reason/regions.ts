/** Regions: the values that a reading can give, put together where no atom tells them apart. */
import { judgeAtom, type Atom, type Candidate } from './atom.ts';
import { ANY, FALSE, isSingle, TRUE, UNKNOWN, type Mask } from './masks.ts';
import type { Regions } from './search.ts';

/** Beyond that, regions are united: less is told apart then, and nothing wrong is concluded. */
const MOST_REGIONS = 512;

/** What each atom becomes in each region; each region once. */
export function regionsOfReading(atoms: readonly Atom[], candidates: readonly Candidate[]): Regions {
  return distinct(candidates.map((candidate) => atoms.map((atom) => judgeAtom(atom, candidate))));
}

/** The regions of something whose verdict the machine alone knows. */
export const opaqueRegions = (mask: Mask): Regions =>
  [TRUE, FALSE, UNKNOWN].filter((one) => (mask & one) !== 0).map((one) => [one]);

/** Each vector once; where an atom is free, one vector for each verdict it can have. */
export function distinct(vectors: readonly (readonly Mask[])[]): Regions {
  const found = new Map<string, readonly Mask[]>();
  for (const vector of vectors) {
    for (const one of spelledOut(vector)) {
      found.set(one.join(), one);
      if (found.size > MOST_REGIONS) return [united(vectors)];
    }
  }
  return [...found.values()];
}

function spelledOut(vector: readonly Mask[]): readonly (readonly Mask[])[] {
  if (vector.every(isSingle)) return [vector];
  let all: readonly (readonly Mask[])[] = [[]];
  for (const mask of vector) {
    const options =
      isSingle(mask) || all.length > MOST_REGIONS ? [mask] : [TRUE, FALSE, UNKNOWN].filter((one) => mask & one);
    all = all.flatMap((start) => options.map((one) => [...start, one]));
  }
  return all;
}

const united = (vectors: readonly (readonly Mask[])[]): readonly Mask[] =>
  (vectors[0] ?? []).map((_, index) => vectors.reduce((mask, vector) => mask | (vector[index] ?? ANY), 0));
