import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reasonedOf } from '../../../../server/src/lint/reason/analysis.ts';
import { instancesOf, patchNames } from '../../../../server/src/lint/reason/bindings.ts';
import { createSpace, formulaOf } from '../../../../server/src/lint/reason/formula.ts';
import { inquire, neverFalse, neverTrue } from '../../../../server/src/lint/reason/questions.ts';
import { linkContent } from '../../../../server/src/model/link.ts';
import type { Content } from '../../../../server/src/model/content.ts';
import { scan, windows } from '../../evaluate/machine.ts';

const NUMBER = 'key "HKLM\\SOFTWARE\\A" value "N"';

/** Products whose names are bound in more than one way, and what else a patch may be for. */
const PRODUCTS = `product first {
  variant "a" { let n = ${NUMBER}  let c = "a" }
  variant "b" { let n = 7  let c = "b" when n >= 7 else "x" }
}
product second { let n = ${NUMBER} else 9  let c = "two" }
product third { let c = ${NUMBER} as number }
`;
const FIXES = ['first', 'second', 'first, second', 'second, third', 'second, windows', 'windows, first'];

const ATOMS = [
  ...['= 1', '> 1', '<= 2', '= 7', '>= 8', '= 9', 'exists', 'is absent', '!= 7'].map((test) => `n ${test}`),
  ...['= "a"', '= "b"', '= "x"', '= "two"', 'exists', '!= "a"'].map((test) => `c ${test}`),
  ...['= 1', 'exists', '> 2'].map((test) => `${NUMBER} ${test}`),
];
const MACHINES = [undefined, 0, 1, 2, 3, 6, 7, 8, 9, 10, 'none', ''].map((data) => ({
  keys: { 'HKLM\\SOFTWARE\\A': data === undefined ? {} : { N: data } },
}));
const TARGETS = [windows(), windows({ version: '6.1.7601.1', build: 7601, servicePack: 1 })];

const atom = fc.constantFrom(...ATOMS);
const leaf = fc.oneof({ weight: 4, arbitrary: atom }, { weight: 1, arbitrary: atom.map((one) => `not ${one}`) });
const conditions = fc
  .tuple(fc.constantFrom('all', 'any'), fc.array(leaf, { minLength: 1, maxLength: 4 }))
  .map(([word, parts]) => `${word} { ${parts.join('  ')} }`);

const contentOf = (text: string): { readonly content: Content; readonly isSound: boolean } => {
  const { content, findings } = linkContent([
    { file: 'a.detect', text: PRODUCTS },
    { file: 'b.detect', text },
  ]);
  return { content, isSound: !findings.some(({ severity }) => severity === 'error') };
};

/** The statuses of some patches, of every instance on every machine. */
const statusesOf = (content: Content, ids: readonly string[]): ReadonlySet<string> =>
  new Set(
    TARGETS.flatMap((target) =>
      MACHINES.flatMap((facts) =>
        scan(content, facts, { target, trace: false }).patches.flatMap(({ id, status }) =>
          ids.includes(id) ? [status] : [],
        ),
      ),
    ),
  );

describe('of a name that instances bind in several ways', () => {
  it('what is proven is so for every instance', { timeout: 60_000 }, () => {
    const proofs = { true: 0, false: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...FIXES), conditions, (fixes, condition) => {
        const { content, isSound } = contentOf(`patch P fixes ${fixes} { installed when ${condition} }`);
        const patch = content.patches.get('p');
        if (!isSound || patch === undefined || !('condition' in patch.verdict)) return;
        const space = createSpace(content);
        const names = patchNames(patch, instancesOf(content, [patch]) ?? []);
        const formula = formulaOf(space, patch.verdict.condition, names);
        const found = statusesOf(content, ['P']);
        const isNeverTrue = neverTrue(inquire(space), formula);
        const isNeverFalse = neverFalse(inquire(space), formula);
        if (isNeverTrue) expect([...found], condition).not.toContain('installed');
        if (isNeverFalse) expect([...found], condition).not.toContain('missing');
        proofs.true += Number(isNeverTrue);
        proofs.false += Number(isNeverFalse);
        // Of products alone nothing is missed either.
        if (/windows|third/.test(fixes)) return;
        expect({ fixes, condition, isNeverTrue, isNeverFalse }).toEqual({
          ...{ fixes, condition },
          isNeverTrue: !found.has('installed'),
          isNeverFalse: !found.has('missing'),
        });
      }),
      { numRuns: 250 },
    );
    expect(Math.min(proofs.true, proofs.false)).toBeGreaterThan(5);
  });

  it('what a bulletin shares is said where it is so for all of its patches', { timeout: 60_000 }, () => {
    let said = 0;
    fc.assert(
      fc.property(fc.constantFrom(...FIXES), fc.constantFrom(...FIXES), conditions, (first, second, condition) => {
        const { content, isSound } = contentOf(
          `bulletin B {\n  installed when ${condition}\n  patch P fixes ${first} {}\n  patch Q fixes ${second} {}\n}`,
        );
        if (!isSound) return;
        const found = statusesOf(content, ['P', 'Q']);
        const whole = content.patches.get('p')?.verdict;
        if (whole === undefined || !('condition' in whole)) return;
        for (const { code, at } of reasonedOf(content)) {
          if (at.start > whole.condition.at.start || at.end < whole.condition.at.end) continue;
          said++;
          if (code === 'contradictory-condition') expect([...found], condition).not.toContain('installed');
          if (code === 'always-true') expect([...found], condition).not.toContain('missing');
        }
      }),
      { numRuns: 250 },
    );
    expect(said).toBeGreaterThan(3);
  });
});
