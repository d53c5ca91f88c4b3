/** Conditions as formulas over variables: each reading is a variable, each expectation of it an atom, named checks are put in. */
import type { Value } from '../../evaluate/values.ts';
import type { Bound, Comparison, Condition, Content, Predicate, Scope, Test } from '../../model/content.ts';
import { WINDOWS_NAMES } from '../../model/windows-names.ts';
import { isOpen, type Atom, type AtomTest } from './atom.ts';
import { argumentOf, plainText, sourceKey, stepsKey, templateKey, valueOf, type Environment } from './canonical.ts';
import { candidatesOf } from './candidates.ts';
import { ANY_KIND, kindsOf, type ValueKind } from './kinds.ts';
import { ANY, FALSE, TRUE, UNKNOWN, type Mask } from './masks.ts';
import { opaqueRegions, regionsOfReading } from './regions.ts';
import type { Regions } from './search.ts';
import { windowsMember, windowsRegions, type WindowsAtom } from './windows.ts';

export type Formula =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Formula[] }
  | { readonly kind: 'not'; readonly of: Formula }
  | { readonly kind: 'atom'; readonly variable: number; readonly atom: number }
  | { readonly kind: 'constant'; readonly mask: Mask };

type Variable =
  | {
      readonly kind: 'reading';
      readonly kinds: ReadonlySet<ValueKind>;
      readonly constant: Value | undefined;
      readonly atoms: Map<string, Atom>;
    }
  | { readonly kind: 'windows'; readonly atoms: Map<string, WindowsAtom> }
  | { readonly kind: 'opaque'; readonly mask: Mask };

/** All that is known of one declaration's conditions. */
export interface Space {
  readonly content: Content;
  readonly variables: Variable[];
  readonly indices: Map<string, number>;
  readonly regions: Map<number, Regions>;
  /** `version` and `location` are those of Windows: all that is fixed is a Windows. */
  readonly fixesWindows: boolean;
  /** Nodes that may still be made: checks within checks can explode. */
  nodes: number;
  /** How often something is asked, each asking counted. */
  asked: number;
}

const MOST_NODES = 2000;
const EMPTY: Environment = new Map();
const WINDOWS = 'windows';

/** A space without variables. */
export function createSpace(content: Content, fixesWindows = false): Space {
  return { content, variables: [], indices: new Map(), regions: new Map(), fixesWindows, nodes: MOST_NODES, asked: 0 };
}

/** What each atom of a variable becomes, region by region. Computed once all conditions at hand are formulas. */
export function regionsIn(space: Space): (variable: number) => Regions {
  return (index) => {
    const known = space.regions.get(index);
    const variable = space.variables[index];
    if (known !== undefined || variable === undefined) return known ?? [];
    const made = makeRegions(variable);
    space.regions.set(index, made);
    return made;
  };
}

function makeRegions(variable: Variable): Regions {
  switch (variable.kind) {
    case 'opaque':
      return opaqueRegions(variable.mask);
    case 'windows':
      return windowsRegions([...variable.atoms.values()]);
    case 'reading': {
      const atoms = [...variable.atoms.values()];
      return regionsOfReading(atoms, candidatesOf(variable.kinds, atoms, variable.constant));
    }
  }
}

/** Whether all is asked once, and each question can be answered either way: then nothing can be wrong. */
export const isPlain = (space: Space): boolean =>
  space.asked === space.variables.length &&
  space.variables.every(
    (variable) =>
      variable.kind === 'reading' && variable.constant === undefined && [...variable.atoms.values()].every(isOpen),
  );

function variableAt(space: Space, key: string, make: () => Variable): number {
  const known = space.indices.get(key);
  if (known !== undefined) return known;
  space.variables.push(make());
  space.indices.set(key, space.variables.length - 1);
  return space.variables.length - 1;
}

function atomOf<A>(space: Space, variable: number, of: { atoms: Map<string, A>; key: string; make: () => A }): Formula {
  space.asked++;
  if (!of.atoms.has(of.key)) {
    of.atoms.set(of.key, of.make());
    space.regions.delete(variable);
  }
  return { kind: 'atom', variable, atom: [...of.atoms.keys()].indexOf(of.key) };
}

/** Something that the machine alone decides. */
function opaque(space: Space, key: string, mask: Mask = ANY): Formula {
  space.asked++;
  return { kind: 'atom', variable: variableAt(space, key, () => ({ kind: 'opaque', mask })), atom: 0 };
}

/** A condition as a formula. */
export function formulaOf(space: Space, condition: Condition, env: Environment = EMPTY): Formula {
  if (space.nodes-- <= 0) return opaque(space, `too much ${space.variables.length}`);
  switch (condition.kind) {
    case 'not':
      return { kind: 'not', of: formulaOf(space, condition.of, env) };
    case 'all':
    case 'any':
      // An empty block has its verdict whatever the machine.
      if (condition.of.length === 0) space.asked++;
      return { kind: condition.kind, of: condition.of.map((one) => formulaOf(space, one, env)) };
    case 'every':
    case 'some':
      return opaque(space, `quantifier ${condition.at.file} ${condition.at.start} ${environmentKey(env)}`);
    case 'use-check':
      return useCheck(space, condition, env);
    case 'use-product':
      return useProduct(space, condition, env);
    case 'on':
      return scopesFormula(space, condition.scopes, env);
    case 'compare':
      return comparison(space, condition, env);
  }
}

const environmentKey = (env: Environment): string => [...env].map(([name, { key }]) => `${name}=${key}`).join();

function useCheck(space: Space, condition: Extract<Condition, { kind: 'use-check' }>, env: Environment): Formula {
  const check = space.content.checks.get(condition.check.toLowerCase());
  // One of another file is taken as it comes: what is found in a file depends on that file alone.
  if (check?.at.file !== condition.at.file) {
    const given = condition.args.map((one) => argumentOf(one, env).key);
    return opaque(space, `check ${condition.check.toLowerCase()} ${JSON.stringify(given)}`);
  }
  const inner = new Map(
    check.parameters.flatMap((name, index) => {
      const reading = condition.args[index];
      return reading === undefined ? [] : [[name.toLowerCase(), argumentOf(reading, env)] as const];
    }),
  );
  return { kind: 'all', of: check.conditions.map((one) => formulaOf(space, one, inner)) };
}

function useProduct(space: Space, condition: Extract<Condition, { kind: 'use-product' }>, env: Environment): Formula {
  const { test } = condition;
  const bounds = test.kind === 'range' ? test.bounds : [];
  // Some instance in range: of several instances each may decide, so ranges do not exclude each other.
  const range = rangeAtom(bounds, env, false);
  const empty = !canHold(range);
  const made = opaque(
    space,
    `product ${condition.product.toLowerCase()} ${keyOfAtom(range)}`,
    empty ? FALSE | UNKNOWN : ANY,
  );
  return test.kind === 'installed' && test.negated ? { kind: 'not', of: made } : made;
}

/** Whether a version can be in a range. */
function canHold(range: Atom): boolean {
  const regions = regionsOfReading([range], candidatesOf(new Set(['version']), [range], undefined));
  return regions.some(([mask = ANY]) => (mask & TRUE) !== 0);
}

/** Windows names and products with ranges, one of which is enough. */
export function scopesFormula(space: Space, scopes: readonly Scope[], env: Environment = EMPTY): Formula {
  return { kind: 'any', of: scopes.map((scope) => scopeFormula(space, scope, env)) };
}

/** One scope: of a product, only that the instance's version is in range. */
export function scopeFormula(space: Space, scope: Scope, env: Environment = EMPTY): Formula {
  const name = WINDOWS_NAMES.get(scope.name.toLowerCase());
  const bounds = rangeAtom(scope.bounds, env, false);
  if (name !== undefined) {
    const bears = windowsAtom(space, `name ${name.id}`, () => ({ kind: 'name', name }));
    if (scope.bounds.length === 0) return bears;
    return { kind: 'all', of: [bears, windowsField(space, 'version', bounds)] };
  }
  if (scope.bounds.length === 0) return { kind: 'constant', mask: TRUE };
  return readingAtom(space, { key: 'name version', kinds: new Set(['version']), constant: undefined, atom: bounds });
}

function windowsAtom(space: Space, key: string, make: () => WindowsAtom): Formula {
  const index = variableAt(space, WINDOWS, () => ({ kind: 'windows', atoms: new Map() }));
  const variable = space.variables[index];
  if (variable?.kind !== 'windows') throw new Error('Windows is a variable of its own');
  return atomOf(space, index, { atoms: variable.atoms, key, make });
}

const windowsField = (space: Space, member: string, atom: Atom): Formula =>
  windowsAtom(space, `${member} ${keyOfAtom(atom)}`, () => ({ kind: 'field', member, atom }));

function readingAtom(
  space: Space,
  of: { key: string; kinds: ReadonlySet<ValueKind>; constant: Value | undefined; atom: Atom },
): Formula {
  const { key, kinds, constant, atom } = of;
  const index = variableAt(space, key, () => ({ kind: 'reading', kinds, constant, atoms: new Map() }));
  const variable = space.variables[index];
  if (variable?.kind !== 'reading') throw new Error('a reading has a key of its own');
  return atomOf(space, index, { atoms: variable.atoms, key: keyOfAtom(atom), make: () => atom });
}

function comparison(space: Space, condition: Comparison, env: Environment): Formula {
  const { subject, steps, predicate, ifPresent } = condition;
  const atom = atomFor(predicate, ifPresent, env);
  const member =
    subject.kind === 'name' && steps.length === 0 && !env.has(subject.name.base.toLowerCase())
      ? windowsMember(subject.name, space.fixesWindows)
      : undefined;
  if (member !== undefined) return windowsField(space, member, atom);
  const key = sourceKey(subject, env) + stepsKey(steps, env);
  const isParameter = subject.kind === 'name' && steps.length === 0 && env.has(subject.name.base.toLowerCase());
  const kinds = isParameter ? ANY_KIND : kindsOf(subject, steps);
  return readingAtom(space, { key, kinds, constant: constantOf(condition, env), atom });
}

function constantOf({ subject, steps, at }: Comparison, env: Environment): Value | undefined {
  if (subject.kind !== 'literal' && subject.kind !== 'name') return undefined;
  return valueOf({ source: subject, steps, at }, env);
}

// ---------- atoms

const keyOfAtom = (atom: Atom): string =>
  JSON.stringify(atom, (name, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : name === 'at' ? undefined : value,
  );

const rangeAtom = (bounds: readonly Bound[], env: Environment, ifPresent: boolean): Atom => ({
  test: rangeTest(bounds, env),
  ifPresent,
  quantified: false,
});

const rangeTest = (bounds: readonly Bound[], env: Environment): Extract<AtomTest, { kind: 'range' }> => ({
  kind: 'range',
  bounds: bounds.map(({ operator, value }) => ({ operator, value: valueOf(value, env), ...unknownKey(value, env) })),
});

/** Two expectations that only the machine tells are one where they are spelled alike. */
const unknownKey = (reading: Bound['value'], env: Environment): object =>
  valueOf(reading, env) === undefined ? { key: argumentOf(reading, env).key } : {};

function atomFor(predicate: Predicate, ifPresent: boolean, env: Environment): Atom {
  switch (predicate.kind) {
    case 'exists':
      return { test: { kind: 'exists' }, ifPresent, quantified: false };
    case 'is':
      return { test: stateTest(predicate, env), ifPresent, quantified: false };
    case 'test':
      return { test: testOf(predicate.test, env), ifPresent, quantified: predicate.quantifier !== undefined };
  }
}

function stateTest({ negated, what }: Extract<Predicate, { kind: 'is' }>, env: Environment): AtomTest {
  switch (what.kind) {
    case 'absent':
    case 'unknown':
      return { kind: what.kind, negated };
    case 'installed':
      return { kind: 'absent', negated: !negated };
    case 'word':
      return { kind: 'word', negated, word: what.word };
    case 'one-of': {
      const keys = what.values.map((value) => unknownKey(value, env));
      return { kind: 'one-of', negated, values: what.values.map((value) => valueOf(value, env)), ...{ keys } };
    }
  }
}

function testOf(test: Test, env: Environment): AtomTest {
  switch (test.kind) {
    case 'range':
      return rangeTest(test.bounds, env);
    case 'contains':
    case 'starts-with':
    case 'ends-with': {
      const value = valueOf(test.value, env);
      const text = value?.kind === 'text' ? value.text : undefined;
      return { kind: test.kind, text, ...(text === undefined && { key: argumentOf(test.value, env).key }) };
    }
    case 'like': {
      const pattern = plainText(test.pattern, env);
      return { kind: 'like', pattern, ...(pattern === undefined && { key: templateKey(test.pattern, env) }) };
    }
    case 'matches':
      return { kind: 'matches', regex: test.regex };
    case 'age':
      return { kind: 'age', than: test.than, seconds: test.seconds };
    case 'reaches':
      return { kind: 'reaches', rows: test.rows, otherwise: test.otherwise };
  }
}
