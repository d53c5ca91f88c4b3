import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { governingVersion } from '../../../server/src/evaluate/reaches.ts';
import { compareVersions, parseVersion } from '../../../server/src/evaluate/versions.ts';
import type { ReachesRow } from '../../../server/src/model/content.ts';

function sign(left: string, right: string): number {
  const [one, other] = [parseVersion(left), parseVersion(right)];
  if (one === undefined || other === undefined) throw new Error('no version');
  return Math.sign(compareVersions(one, other));
}

describe('versions', () => {
  it.each([
    ['24.07', '24.7', 0],
    ['24', '24.0.0.0', 0],
    ['1.10', '1.9', 1],
    ['1.0.2', '1.0.2k', -1],
    ['1.0.2k', '1.0.2zh', -1],
    ['1.0.2k', '1.0.3', -1],
    ['1.8.0_202', '1.8.0_31', 1],
    ['5, 1, 2600, 5512', '5.1.2600.5512', 0],
    ['115.0esr', '115.0', 1],
    ['2.6.1b2', '2.6.1b10', -1],
    ['9.5P10', '9.5p2', 1],
    ['7u80', '7', 1],
    ['2.6.1b2', '2.6.2', -1],
    ['10.0.19041.1 (WinBuild.160101.0800)', '10.0.19041.1', 0],
    [' 7.1 ', '7.1', 0],
    ['1.99999999999999999999', '1.100000000000000000000', -1],
  ])('%s against %s', (left, right, expected) => {
    expect(sign(left, right)).toBe(expected);
    expect(sign(right, left)).toBe(-expected + 0);
  });

  it.each(['', 'seven', '7.x', '1..2', '1.', '.5', 'v7.1', '2.0.beta', '1.2-rc1', `1${'.1'.repeat(200)}`])(
    '%j is no version',
    (text) => {
      expect(parseVersion(text)).toBeUndefined();
    },
  );

  it('order is total: antisymmetric and transitive over any parts', () => {
    const version = fc
      .array(fc.tuple(fc.nat(30), fc.constantFrom('', 'a', 'b', 'ab')), { minLength: 1, maxLength: 5 })
      .map((parts) => parts.map(([digits, letters]) => `${digits}${letters}`).join('.'));
    fc.assert(fc.property(version, version, (a, b) => sign(a, b) + sign(b, a) === 0));
    fc.assert(fc.property(version, version, version, (a, b, c) => sign(a, b) > 0 || sign(b, c) > 0 || sign(a, c) <= 0));
  });
});

describe('reaches', () => {
  const at = { file: '', start: 0, end: 0 };
  const rows = (...list: readonly (readonly [string, string?])[]): readonly ReachesRow[] =>
    list.map(([fixed, from]) => (from === undefined ? { fixed, at } : { fixed, from, at }));
  const kernel = rows(['6.1.7601.19018'], ['6.1.7601.23223', '6.1.7601.23000'], ['10.0.10240.16545']);
  const governs = (version: string, list: readonly ReachesRow[]): string | undefined => {
    const parsed = parseVersion(version);
    return parsed && governingVersion(parsed, list)?.text;
  };

  it('the branch that begins last governs', () => {
    expect(governs('6.1.7601.18000', kernel)).toBe('6.1.7601.19018');
    expect(governs('6.1.7601.22999', kernel)).toBe('6.1.7601.19018');
    expect(governs('6.1.7601.23000', kernel)).toBe('6.1.7601.23223');
  });

  it('a version of no branch is not governed', () => {
    expect(governs('6.1.7600.16385', kernel)).toBeUndefined();
    expect(governs('6.2.9200.1', kernel)).toBeUndefined();
  });

  it('a branch covers what shares the parts in which its row agrees', () => {
    const acme = rows(['15.2.4', '15.0'], ['16.1', '16.0']);
    expect(governs('15.0', acme)).toBe('15.2.4');
    expect(governs('15.9', acme)).toBe('15.2.4');
    expect(governs('16.0.3', acme)).toBe('16.1');
    expect(governs('17.0', acme)).toBeUndefined();
    const dotnet = rows(['4.7.3701', '4.6'], ['4.8.4261', '4.8'], ['4.0.30319.36684', '4.0.30319.30000']);
    expect(governs('4.7.3000', dotnet)).toBe('4.7.3701');
    expect(governs('4.8.1', dotnet)).toBe('4.8.4261');
    expect(governs('4.0.30319.30001', dotnet)).toBe('4.0.30319.36684');
    expect(governs('4.5', dotnet)).toBeUndefined();
  });

  it('rows may stand in any order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...kernel], { minLength: 3 }), fc.nat(30_000), (shuffled, last) => {
        expect(governs(`6.1.7601.${last}`, shuffled)).toBe(governs(`6.1.7601.${last}`, kernel));
      }),
    );
  });
});
