/** Whether some machine makes conditions come out in a certain way: a search through regions, bounded in steps. */
import type { Formula } from './formula.ts';
import { and, ANY, FALSE, isSingle, not, or, TRUE, UNKNOWN, type Mask } from './masks.ts';

/** The regions of each variable: in each, what every atom of the variable becomes. */
export type Regions = readonly (readonly Mask[])[];

/** What a search looks for, given what each formula can still become: found, impossible from here, or not yet known. */
export type Goal = (masks: readonly Mask[]) => 'found' | 'impossible' | 'open';

/** `exhausted`: no step was left, and nothing may be concluded. */
export type Answer = 'found' | 'none' | 'exhausted';

/** Steps that all searches for one declaration share. */
export interface Budget {
  left: number;
}

/** With more things to ask than anyone writes, a search goes too deep. */
const MOST_VARIABLES = 500;

/** Goes through the regions of the variables that occur, until the goal is reached or nothing is left. */
export function search(
  formulas: readonly Formula[],
  regionsOf: (variable: number) => Regions,
  { goal, budget }: { readonly goal: Goal; readonly budget: Budget },
): Answer {
  const used = atomsIn(formulas);
  if (used.size > MOST_VARIABLES) return 'exhausted';
  const variables = [...used].map(([variable, atoms]) => ({
    variable,
    regions: projected(regionsOf(variable), [...atoms]),
  }));
  // What has few possibilities first: a contradiction shows early.
  variables.sort((a, b) => a.regions.length - b.regions.length);
  const now = new Map<number, ReadonlyMap<number, Mask>>(
    variables.map(({ variable, regions }) => [variable, united(regions)]),
  );
  const step = (depth: number): Answer => {
    if (budget.left-- <= 0) return 'exhausted';
    const state = goal(formulas.map((formula) => maskOfFormula(formula, now)));
    if (state === 'found') return 'found';
    const next = variables[depth];
    // A region whose atoms are not decided leaves it open: then something may fit.
    if (state === 'impossible' || next === undefined) return state === 'impossible' ? 'none' : 'found';
    const before = now.get(next.variable);
    for (const region of next.regions) {
      now.set(next.variable, region);
      const answer = step(depth + 1);
      if (answer !== 'none') return answer;
    }
    if (before !== undefined) now.set(next.variable, before);
    return 'none';
  };
  return step(0);
}

function atomsIn(formulas: readonly Formula[]): Map<number, Set<number>> {
  const used = new Map<number, Set<number>>();
  const visit = (formula: Formula): void => {
    if (formula.kind === 'atom') {
      const atoms = used.get(formula.variable) ?? new Set();
      used.set(formula.variable, atoms.add(formula.atom));
    } else if (formula.kind === 'not') visit(formula.of);
    else if (formula.kind === 'if') {
      visit(formula.of);
      visit(formula.then);
      visit(formula.else);
    } else if (formula.kind !== 'constant') formula.of.forEach(visit);
  };
  formulas.forEach(visit);
  return used;
}

/** The regions as far as the atoms in use tell them apart. */
function projected(regions: Regions, atoms: readonly number[]): ReadonlyMap<number, Mask>[] {
  const found = new Map<string, ReadonlyMap<number, Mask>>();
  for (const region of regions) {
    const masks = atoms.map((atom) => region[atom] ?? ANY);
    const key = masks.join();
    if (!found.has(key)) found.set(key, new Map(atoms.map((atom, index) => [atom, masks[index] ?? ANY])));
  }
  return [...found.values()];
}

function united(regions: readonly ReadonlyMap<number, Mask>[]): ReadonlyMap<number, Mask> {
  const all = new Map<number, Mask>();
  for (const region of regions) for (const [atom, mask] of region) all.set(atom, (all.get(atom) ?? 0) | mask);
  return all;
}

/** What a formula can become, given what its atoms can. */
function maskOfFormula(formula: Formula, now: ReadonlyMap<number, ReadonlyMap<number, Mask>>): Mask {
  switch (formula.kind) {
    case 'constant':
      return formula.mask;
    case 'atom':
      return now.get(formula.variable)?.get(formula.atom) ?? ANY;
    case 'not':
      return not(maskOfFormula(formula.of, now));
    case 'if': {
      const mask = maskOfFormula(formula.of, now);
      return (
        (mask & UNKNOWN) |
        ((mask & TRUE) === 0 ? 0 : maskOfFormula(formula.then, now)) |
        ((mask & FALSE) === 0 ? 0 : maskOfFormula(formula.else, now))
      );
    }
    case 'all':
    case 'any': {
      const decisive = formula.kind === 'all' ? FALSE : TRUE;
      let mask: Mask = formula.kind === 'all' ? TRUE : FALSE;
      for (const one of formula.of) {
        const part = maskOfFormula(one, now);
        mask = formula.kind === 'all' ? and(mask, part) : or(mask, part);
        if (mask === decisive) break;
      }
      return mask;
    }
  }
}

/** The first formula becomes the wanted verdict while all others are true. */
export const becomes =
  (wanted: Mask): Goal =>
  (masks) => {
    const [first = 0, ...others] = masks;
    if ((first & wanted) === 0 || others.some((mask) => (mask & TRUE) === 0)) return 'impossible';
    return first === wanted && others.every((mask) => mask === TRUE) ? 'found' : 'open';
  };

/** The first two formulas become different verdicts while all others are true. */
export const differ: Goal = (masks) => {
  const [first = 0, second = 0, ...others] = masks;
  if (others.some((mask) => (mask & TRUE) === 0)) return 'impossible';
  if (isSingle(first) && first === second) return 'impossible';
  return (first & second) === 0 && others.every((mask) => mask === TRUE) ? 'found' : 'open';
};
