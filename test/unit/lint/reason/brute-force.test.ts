import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { machinesOf, proven, READINGS, reasonedAbout, statusesOn } from './machines.ts';

/** A condition of up to eight atoms over the readings, as written. */
function conditions(names: readonly string[], atoms = 8): fc.Arbitrary<string> {
  const atom = fc.constantFrom(...names.flatMap((name) => READINGS[name]?.atoms ?? []));
  const { tree } = fc.letrec<{ tree: string; block: string; leaf: string }>((tie) => ({
    leaf: fc.oneof({ weight: 4, arbitrary: atom }, { weight: 1, arbitrary: atom.map((one) => `not ${one}`) }),
    block: fc
      .tuple(fc.constantFrom('all', 'any', 'not all', 'not any'), fc.array(tie('tree'), { minLength: 1, maxLength: 4 }))
      .map(([word, parts]) => `${word} { ${parts.join('  ')} }`),
    tree: fc.oneof({ maxDepth: 3, depthSize: 'small' }, tie('leaf'), tie('block')),
  }));
  return tree.filter((text) => (text.match(/file|key|service|windows/g) ?? []).length <= atoms + 4);
}

const SETS: readonly (readonly string[])[] = [
  ['version'],
  ['number'],
  ['text'],
  ['windows'],
  ['version', 'number'],
  ['number', 'service'],
  ['date', 'service'],
  ['text', 'service'],
  ['windows', 'service'],
];

describe('what reasoning proves of a condition is what brute force finds', () => {
  it.each(SETS.map((names) => [names.join(' and '), names] as const))('%s', { timeout: 120_000 }, (_, names) => {
    const machines = machinesOf(names);
    fc.assert(
      fc.property(conditions(names), (condition) => {
        const verdicts = new Set(statusesOn(condition, machines));
        expect({ condition, ...proven(condition) }).toEqual({
          condition,
          neverTrue: !verdicts.has('installed'),
          neverFalse: !verdicts.has('missing'),
        });
      }),
      { numRuns: machines.length > 60 ? 60 : 300 },
    );
  });
});

/** A condition without the parts at some places. */
const without = (condition: string, parts: readonly { readonly start: number; readonly end: number }[]): string =>
  parts
    .toSorted((a, b) => b.start - a.start)
    .reduce((text, { start, end }) => text.slice(0, start) + text.slice(end), condition);

describe('what the rules say is true of every machine', () => {
  const sets = [['mixed'], ['version'], ['mixed', 'service'], ['number', 'text'], ['windows']];
  it.each(sets.map((names) => [names.join(' and '), names] as const))('%s', { timeout: 120_000 }, (_, names) => {
    const machines = machinesOf(names);
    const runs = machines.length > 60 ? 60 : 300;
    fc.assert(
      fc.property(conditions(names), (condition) => {
        const found = reasonedAbout(condition);
        const before = statusesOn(condition, machines);
        const { neverTrue, neverFalse } = proven(condition);
        // What is proven is said, too: no shortcut passes it by. A range that is empty by itself has a rule of its own.
        const codes = new Set(found.map(({ code }) => code));
        if (neverTrue && !/>= 1\.0 < |> 1\.5 < /.test(condition))
          expect(codes.has('contradictory-condition') || codes.has('contradictory-on'), condition).toBe(true);
        if (neverFalse && !neverTrue) expect(codes, condition).toContain('always-true');
        if (neverTrue) expect(before, condition).not.toContain('installed');
        if (neverFalse) expect(before, condition).not.toContain('missing');
        const redundant = found.filter(({ code }) => code === 'subsumed-check');
        const dead = found.filter(({ code }) => code === 'unreachable-branch');
        if (dead.length === 0) expect(statusesOn(without(condition, redundant), machines), condition).toEqual(before);
        // A branch that is never true may still be unknown, and then keeps the block from being false.
        const positive = !condition.includes('not');
        const installed = (all: readonly string[]): readonly boolean[] => all.map((status) => status === 'installed');
        if (positive)
          expect(installed(statusesOn(without(condition, [...dead, ...redundant]), machines)), condition).toEqual(
            installed(before),
          );
      }),
      { numRuns: runs },
    );
  });
});

it('without a step left nothing is proven', () => {
  const condition = 'all { windows.build < 1  windows.build > 5 }';
  expect(proven(condition)).toEqual({ neverTrue: true, neverFalse: false });
  expect(proven(condition, 0)).toEqual({ neverTrue: false, neverFalse: false });
});

/**
 * Pigeons and holes: each pigeon sits in some hole, and no two in one. With more pigeons than holes that is never true, and to
 * see so takes more steps than there are.
 */
function pigeons(count: number): string {
  const sits = (pigeon: number, hole: number): string =>
    `key "HKLM\\SOFTWARE\\A" view 64 value "${pigeon}-${hole}" = "x"`;
  const holes = Array.from({ length: count - 1 }, (_, index) => index);
  const all = Array.from({ length: count }, (_, index) => index);
  const some = all.map((pigeon) => `any { ${holes.map((hole) => sits(pigeon, hole)).join('  ')} }`);
  const apart = holes.flatMap((hole) =>
    all.flatMap((one) =>
      all.filter((other) => other < one).map((other) => `not all { ${sits(one, hole)}  ${sits(other, hole)} }`),
    ),
  );
  return `all { ${[...some, ...apart].join('  ')} }`;
}

describe('a condition that takes long', () => {
  it('is proven where there is time', () => {
    expect(proven(pigeons(3)).neverTrue).toBe(true);
    expect(proven(pigeons(6), 50_000_000).neverTrue).toBe(true);
  });

  it('is left in silence where there is none, and soon', () => {
    const condition = pigeons(9);
    const start = process.cpuUsage();
    expect(proven(condition)).toEqual({ neverTrue: false, neverFalse: false });
    expect(reasonedAbout(condition)).toEqual([]);
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(10_000);
  });
});
