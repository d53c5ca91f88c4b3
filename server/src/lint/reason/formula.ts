/** Conditions as formulas over variables: each reading is a variable, each expectation of it an atom, named checks are put in. */
import { textOf, type Value } from '../../evaluate/values.ts';
import type {
  Bound,
  Comparison,
  Condition,
  Content,
  Predicate,
  Scope,
  Source,
  Step,
  Test,
  Thing,
} from '../../model/content.ts';
import { WINDOWS_NAMES } from '../../model/windows-names.ts';
import { isOpen, judgeAtom, type Atom, type AtomTest } from './atom.ts';
import { freeReadingOf, type Binding, type Instance } from './bindings.ts';
import { argumentOf, plainText, sourceKey, stepsKey, templateKey, valueOf, type Environment } from './canonical.ts';
import { candidatesOf } from './candidates.ts';
import { ANY_KIND, kindsOf, type ValueKind } from './kinds.ts';
import { ANY, FALSE, TRUE, UNKNOWN, type Mask } from './masks.ts';
import { canHold } from './ranges.ts';
import { opaqueRegions, regionsOfReading } from './regions.ts';
import type { Regions } from './search.ts';
import { windowsMember, windowsRegions, type WindowsAtom } from './windows.ts';

export type Formula =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Formula[] }
  | { readonly kind: 'not'; readonly of: Formula }
  /** What is asked of a `let`: where `of` is unknown, so is it. */
  | { readonly kind: 'if'; readonly of: Formula; readonly then: Formula; readonly else: Formula }
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
  /** Names are followed to what they are bound to; otherwise each is a reading of its own, and remembered here. */
  readonly follows: boolean;
  readonly met: Map<string, Binding>;
}

const MOST_NODES = 2000;
const EMPTY: Environment = new Map();
const WINDOWS = 'windows';
const VERSION: ReadonlySet<ValueKind> = new Set(['version']);

/** A space without variables. */
export function createSpace(
  content: Content,
  { fixesWindows = false, follows = true }: { readonly fixesWindows?: boolean; readonly follows?: boolean } = {},
): Space {
  const empty = { variables: [], indices: new Map(), regions: new Map(), met: new Map() };
  return { ...empty, content, fixesWindows, follows, nodes: MOST_NODES, asked: 0 };
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
      return ofWindows(variable.atoms);
    case 'reading': {
      const atoms = [...variable.atoms.values()];
      return regionsOfReading(atoms, candidatesOf(variable.kinds, atoms, variable.constant));
    }
  }
}

/** Most content asks the same few questions of Windows. */
const askedOfWindows = new Map<string, Regions>();
const MOST_REMEMBERED = 200;

function ofWindows(atoms: ReadonlyMap<string, WindowsAtom>): Regions {
  const key = [...atoms.keys()].join('\n');
  const known = askedOfWindows.get(key);
  if (known !== undefined) return known;
  const made = windowsRegions([...atoms.values()]);
  if (askedOfWindows.size >= MOST_REMEMBERED) askedOfWindows.clear();
  askedOfWindows.set(key, made);
  return made;
}

/** Whether all is asked once, and each question can be answered either way: then nothing can be wrong. */
export const isPlain = (space: Space): boolean =>
  space.asked === space.variables.length &&
  space.variables.every(
    (variable) =>
      variable.kind === 'reading' &&
      variable.constant === undefined &&
      [...variable.atoms.values()].every((atom) => isOpen(atom, variable.kinds)),
  ) &&
  (space.met.size === 0 || areApart(space));

/** Whether all names that were met can be anything, and what they are read from is asked nothing else. */
function areApart({ indices, met }: Space): boolean {
  const free = [...met.values()].map((binding) => freeReadingOf(binding));
  const keys = [...indices.keys()].filter((key) => !met.has(key));
  return !free.includes(undefined) && new Set([...free, ...keys]).size === free.length + keys.length;
}

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
      return isLong(condition.predicate)
        ? opaque(space, `list ${condition.at.file} ${condition.at.start} ${environmentKey(env)}`)
        : comparison(space, condition, env);
  }
}

/** Every entry of a list or table is a point to look at: of a long one nothing is concluded. */
const MOST_ENTRIES = 500;

function isLong(predicate: Predicate): boolean {
  if (predicate.kind !== 'test') return false;
  const { test } = predicate;
  return test.kind === 'reaches'
    ? test.rows.length > MOST_ENTRIES
    : test.kind === 'range' && test.bounds.length > MOST_ENTRIES;
}

const environmentKey = (env: Environment): string => [...env].map(([name, { key }]) => `${name}=${key}`).join();

function useCheck(space: Space, condition: Extract<Condition, { kind: 'use-check' }>, env: Environment): Formula {
  const check = space.content.checks.get(condition.check.toLowerCase());
  if (check === undefined) {
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
  const empty = !canHold(range, VERSION);
  const made = opaque(
    space,
    `product ${condition.product.toLowerCase()} ${keyOfAtom(range)}`,
    empty ? FALSE | UNKNOWN : ANY,
  );
  return test.kind === 'installed' && test.negated ? { kind: 'not', of: made } : made;
}

/** Windows names and products with ranges, one of which is enough. */
export function scopesFormula(space: Space, scopes: readonly Scope[], env: Environment = EMPTY): Formula {
  return { kind: 'any', of: scopes.map((scope) => scopeFormula(space, scope, env)) };
}

/** One scope of Windows. */
export function scopeFormula(space: Space, scope: Scope, env: Environment = EMPTY): Formula {
  const name = WINDOWS_NAMES.get(scope.name.toLowerCase());
  const bounds = rangeAtom(scope.bounds, env, false);
  if (name !== undefined) {
    const bears = windowsAtom(space, `name ${name.id}`, () => ({ kind: 'name', name }));
    if (scope.bounds.length === 0) return bears;
    return { kind: 'all', of: [bears, windowsField(space, 'version', bounds)] };
  }
  return { kind: 'constant', mask: TRUE };
}

/** What is fixed: that an instance of it is looked at, and that its version is in range. */
export function fixedFormula(
  space: Space,
  scope: Scope,
  { instances, env }: { readonly instances: readonly Instance[]; readonly env: Environment },
): Formula {
  if (WINDOWS_NAMES.has(scope.name.toLowerCase())) {
    const fits = scopeFormula(space, scope, env);
    return instances.length > 1 && space.follows ? { kind: 'all', of: [isInstance(space, 'windows'), fits] } : fits;
  }
  const bounds = rangeAtom(scope.bounds, env, false);
  const version: Source = { kind: 'name', name: { base: 'version', at: scope.at } };
  const own = instances.filter(({ name }) => name === scope.name.toLowerCase());
  if (own.length === 0 || !space.follows) {
    if (bounds.test.kind === 'range' && bounds.test.bounds.length === 0) return { kind: 'constant', mask: TRUE };
    return askedOf(space, { source: version, steps: [] }, { atom: bounds, env });
  }
  const each = own.map((instance): Formula => {
    const is = instances.length > 1 ? [isInstance(space, instance.key)] : [];
    const on = instance.on.map((scopes) => scopesFormula(space, scopes));
    const asked = { atom: bounds, env: instance.env };
    const inRange = scope.bounds.length === 0 ? [] : [askedOf(space, { source: version, steps: [] }, asked)];
    return { kind: 'all', of: [...is, ...on, ...inRange] };
  });
  return { kind: 'any', of: each };
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

function comparison(space: Space, { subject, steps, predicate, ifPresent }: Comparison, env: Environment): Formula {
  return askedOf(space, { source: subject, steps }, { atom: atomFor(predicate, ifPresent, env), env });
}

interface Asked {
  readonly atom: Atom;
  readonly env: Environment;
}

/** What is asked of a reading. */
function askedOf(
  space: Space,
  { source, steps }: { readonly source: Source | Thing; readonly steps: readonly Step[] },
  { atom, env }: Asked,
): Formula {
  const bound =
    source.kind === 'name' && source.name.member === undefined ? env.get(source.name.base.toLowerCase()) : undefined;
  if (bound?.reading !== undefined && space.nodes-- > 0) {
    const { of, env: outer } = bound.reading;
    return askedOf(space, { source: of.source, steps: [...of.steps, ...steps] }, { atom, env: outer });
  }
  const member =
    source.kind === 'name' && steps.length === 0 && bound === undefined
      ? windowsMember(source.name, space.fixesWindows)
      : undefined;
  if (member !== undefined) return windowsField(space, member, atom);
  const key = sourceKey(source, env) + stepsKey(steps, env);
  if (bound?.binding !== undefined) {
    if (space.follows && space.nodes-- > 0) return askedOfName(space, bound.binding, { atom, env, steps });
    space.met.set(key, bound.binding);
  }
  const isParameter = bound !== undefined && bound.binding === undefined && steps.length === 0;
  const kinds = isParameter ? ANY_KIND : kindsOf(source, steps);
  return readingAtom(space, { key, kinds, constant: constantOf(source, steps, env), atom });
}

// ---------- names

const NOTHING: Atom = { test: { kind: 'nothing' }, ifPresent: false, quantified: false };

/** What is asked of a name: of the first choice that is there. */
function askedOfName(space: Space, binding: Binding, asked: Asked & { readonly steps: readonly Step[] }): Formula {
  if (binding.kind === 'choose') return askedOfInstance(space, binding, asked);
  const { statement, env } = binding;
  const isVersion = statement.name.toLowerCase() === 'version';
  const { steps } = asked;
  // A version is made of the value first, and then steps are taken.
  if (isVersion && steps.length > 0)
    return readingAtom(space, {
      key: `name version${stepsKey(steps, asked.env)}`,
      kinds: kindsOf({ kind: 'name', name: { base: 'version', at: statement.at } }, steps),
      constant: undefined,
      atom: asked.atom,
    });
  const atom: Atom = isVersion ? { ...asked.atom, asVersion: true } : asked.atom;
  return statement.choices.reduceRight<Formula>(
    (rest, { value, when }) => {
      const reading = { source: value.source, steps: value.steps };
      const taken: Formula = {
        kind: 'if',
        of: askedOf(space, reading, { atom: NOTHING, env }),
        then: rest,
        else: askedOf(space, { ...reading, steps: [...value.steps, ...steps] }, { atom, env }),
      };
      return when === undefined ? taken : { kind: 'if', of: formulaOf(space, when, env), then: taken, else: rest };
    },
    { kind: 'constant', mask: judgeAtom(atom, { state: 'absent' }) },
  );
}

/** Each machine has instances of one kind or another: which one is looked at is for the machine to say. */
function askedOfInstance(
  space: Space,
  { name, of: all }: Extract<Binding, { kind: 'choose' }>,
  asked: Asked & { readonly steps: readonly Step[] },
): Formula {
  const formulas = all.map(({ binding, windows }): Formula => {
    if (binding !== undefined) return askedOfName(space, binding, asked);
    if (windows && asked.steps.length === 0) return windowsField(space, 'version', asked.atom);
    return opaque(space, `another ${name}${stepsKey(asked.steps, asked.env)} ${keyOfAtom(asked.atom)}`);
  });
  const last = formulas.at(-1) ?? { kind: 'constant', mask: UNKNOWN };
  return formulas.slice(0, -1).reduceRight<Formula>(
    (rest, formula, index) => ({
      kind: 'if',
      of: isInstance(space, all[index]?.instance ?? ''),
      then: formula,
      else: rest,
    }),
    last,
  );
}

/** Whether it is an instance of this kind that is looked at. */
export const isInstance = (space: Space, instance: string): Formula =>
  opaque(space, `instance ${instance}`, TRUE | FALSE);

function constantOf(source: Source | Thing, steps: readonly Step[], env: Environment): Value | undefined {
  if (source.kind !== 'literal' && source.kind !== 'name') return undefined;
  const nowhere = { file: '', start: 0, end: 0 };
  return valueOf({ source, steps, at: nowhere }, env);
}

// ---------- atoms

/** Atoms with one key ask the same. What is asked most is spelled by hand: this is done for every condition there is. */
function keyOfAtom(atom: Atom): string {
  const { test, ifPresent, quantified, asVersion } = atom;
  if (test.kind === 'range' && !quantified && test.bounds.every(({ value }) => value !== undefined)) {
    const bounds = test.bounds.map(({ operator, value }) => operator + (value === undefined ? '' : keyOfValue(value)));
    return `${bounds.join(' ')}${ifPresent ? '?' : ''}${asVersion ? 'v' : ''}`;
  }
  if (test.kind === 'exists' || test.kind === 'nothing')
    return `${test.kind}${ifPresent ? '?' : ''}${asVersion ? 'v' : ''}`;
  return jsonOf(atom);
}

const keyOfValue = (value: Value): string => `${value.kind} ${JSON.stringify(textOf(value))}`;

const jsonOf = (atom: Atom): string =>
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
