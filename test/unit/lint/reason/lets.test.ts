import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patchNames, instancesOf } from '../../../../server/src/lint/reason/bindings.ts';
import { createSpace, formulaOf } from '../../../../server/src/lint/reason/formula.ts';
import { inquire, neverFalse, neverTrue } from '../../../../server/src/lint/reason/questions.ts';
import { linkContent } from '../../../../server/src/model/link.ts';
import type { Content } from '../../../../server/src/model/content.ts';
import { judge, machinesOf, READINGS, type Change } from './machines.ts';

const FILE = 'file "C:\\a.exe"';
const NUMBER = 'key "HKLM\\SOFTWARE\\A" value "N"';
const TEXT = 'key "HKLM\\SOFTWARE\\A" value "T"';

/** Statements of a product, what can be asked of its names, and the readings that machines differ in. */
interface Case {
  readonly lets: readonly string[];
  readonly atoms: readonly string[];
  readonly names: readonly string[];
  /** Less may be proven than is so, and never more. */
  readonly cautious?: true;
}

const of = (name: string, tests: readonly string[]): readonly string[] => tests.map((test) => `${name} ${test}`);
const RANGES = [
  '>= 1.0',
  '< 1.0',
  '= 2.0',
  '> 2.5',
  '<= 2.5',
  '>= 1.0 < 2.5',
  'exists',
  'is absent',
  '< 2.5 if present',
];

const CASES: Readonly<Record<string, Case>> = {
  'the version of a file': {
    lets: [`let version = ${FILE} version`],
    atoms: [
      ...of('version', RANGES),
      ...of(`${FILE} version`, RANGES),
      'check between(version)',
      'check exact(version)',
    ],
    names: ['version'],
  },
  'a version with a number to fall back on': {
    lets: [`let version = ${FILE} version else ${NUMBER}`],
    atoms: [
      ...of('version', ['>= 1.0', '< 1.0', '= 2', '> 2.5', 'exists', 'is absent']),
      ...of(NUMBER, ['= 1', '> 1', 'is absent']),
    ],
    names: ['version', 'number'],
  },
  'a number with a literal to fall back on': {
    lets: [`let n = ${NUMBER} else 7`],
    atoms: [
      ...of('n', ['= 1', '!= 1', '> 1', '<= 2', '= 7', '>= 7', 'exists', 'is absent', 'is one of 1, 7']),
      ...of(NUMBER, ['= 1', '< 3', 'exists']),
    ],
    names: ['number'],
  },
  'a word that conditions choose': {
    lets: [`let c = "old" when ${NUMBER} < 2 else "new" when ${NUMBER} exists else "none"`],
    atoms: [
      ...of('c', [
        '= "old"',
        '= "new"',
        '= "none"',
        '!= "old"',
        'starts with "o"',
        'contains "n"',
        'exists',
        '= "odd"',
      ]),
      ...of(NUMBER, ['= 1', '< 3', 'exists', '= 0']),
      'check named(c, "new")',
    ],
    names: ['number'],
  },
  'a name of a name': {
    lets: [`let a = ${TEXT}`, `let b = a else "c"`],
    atoms: [
      ...of('a', ['= "ab"', 'exists', 'contains "b"']),
      ...of('b', ['= "ab"', '= "c"', '!= "c"', 'exists', 'is absent', 'starts with "a"']),
      ...of(TEXT, ['= "ab"', 'is absent', 'ends with "c"']),
    ],
    names: ['text'],
  },
  'steps on a name': {
    lets: [`let a = ${NUMBER}`],
    atoms: [
      ...of('a as number', ['= 1', '> 1', '<= 2', 'exists']),
      ...of(`${NUMBER} as number`, ['= 1', '< 3', '= 3']),
    ],
    names: ['number'],
    cautious: true,
  },
  'Windows by another name': {
    lets: ['let b = windows.build', 'let old = "yes" when on windows-7 else "no"'],
    atoms: [
      ...of('b', ['>= 22000', '< 19045', '= 17763']),
      ...of('old', ['= "yes"', '= "no"']),
      ...(READINGS['windows']?.atoms ?? []),
    ],
    names: ['windows'],
  },
};

const CHECKS =
  'check between(v) { v >= 1.0  v < 2.5 }\ncheck exact(v) { any { check between(v)  v = 3.0 } }\ncheck named(x, y) { x = y }\n';

/** The product, the patch and the checks stand in a file each. */
const contentOf = (lets: readonly string[], condition: string): Content =>
  linkContent([
    { file: 'a.detect', text: `patch P fixes acme { installed when ${condition} }` },
    { file: 'b.detect', text: `product acme {\n${lets.join('\n')}\n}` },
    { file: 'c.detect', text: CHECKS },
  ]).content;

function proven(content: Content) {
  const patch = content.patches.get('p');
  if (patch === undefined || !('condition' in patch.verdict)) throw new Error('no condition');
  const space = createSpace(content);
  const formula = formulaOf(space, patch.verdict.condition, patchNames(patch, instancesOf(content, [patch]) ?? []));
  return { neverTrue: neverTrue(inquire(space), formula), neverFalse: neverFalse(inquire(space), formula) };
}

function conditions(atoms: readonly string[]): fc.Arbitrary<string> {
  const atom = fc.constantFrom(...atoms);
  const leaf = fc.oneof({ weight: 4, arbitrary: atom }, { weight: 1, arbitrary: atom.map((one) => `not ${one}`) });
  const block = fc
    .tuple(fc.constantFrom('all', 'any', 'not all'), fc.array(leaf, { minLength: 1, maxLength: 4 }))
    .map(([word, parts]) => `${word} { ${parts.join('  ')} }`);
  return fc.oneof(
    leaf,
    block,
    fc.tuple(block, leaf).map(([a, b]) => `all { ${a}  ${b} }`),
  );
}

const statuses = (content: Content, machines: readonly Change[]): ReadonlySet<string> =>
  new Set(machines.map((one) => judge(content, one)));

describe('what reasoning proves of names, across files, is what brute force finds', () => {
  it.each(Object.entries(CASES))('%s', { timeout: 60_000 }, (_, { lets, atoms, names, cautious }) => {
    const machines = machinesOf(names);
    fc.assert(
      fc.property(conditions(atoms), (condition) => {
        const content = contentOf(lets, condition);
        const found = statuses(content, machines);
        const so = { neverTrue: !found.has('installed'), neverFalse: !found.has('missing') };
        const said = proven(content);
        if (!cautious) expect({ condition, ...said }).toEqual({ condition, ...so });
        expect(!said.neverTrue || so.neverTrue, condition).toBe(true);
        expect(!said.neverFalse || so.neverFalse, condition).toBe(true);
      }),
      { numRuns: machines.length > 60 ? 60 : 200 },
    );
  });
});
