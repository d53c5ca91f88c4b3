import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageOf } from '../../../server/src/evaluate/coverage.ts';
import { compareVersions, parseVersion } from '../../../server/src/evaluate/versions.ts';
import { linkContent } from '../../../server/src/model/link.ts';

/** The coverage of what `old` fixes by a patch with these statements; `fixes` stands first in both. */
function coverage(newer: string, older: string): readonly string[] {
  const text = `product a { let version = "1" }
product b { let version = "1" }
patch new { ${newer} note "x" }
patch old { ${older} note "x" }`;
  const { content, findings } = linkContent([{ file: 'a.detect', text }]);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const [by, of] = [content.patches.get('new'), content.patches.get('old')];
  if (by === undefined || of === undefined) throw new Error('a patch is not in the content');
  return coverageOf(by, of).map(({ scope, covered }) => `${scope.name} ${covered}`);
}

describe('what a supersedence edge covers', () => {
  it.each([
    ['fixes a, b', 'fixes b, a', ['b whole', 'a whole']],
    ['fixes a', 'fixes a, b', ['a whole', 'b none']],
    ['fixes windows', 'fixes windows-7-sp1', ['windows-7-sp1 whole']],
    ['fixes windows-7', 'fixes windows-7-sp1, windows-7-sp0', ['windows-7-sp1 whole', 'windows-7-sp0 whole']],
    ['fixes windows-7-sp1', 'fixes windows-7, windows-7-sp0', ['windows-7 part', 'windows-7-sp0 none']],
    ['fixes windows-10-22h2', 'fixes windows-10-21h2, windows', ['windows-10-21h2 none', 'windows part']],
    ['fixes windows-10', 'fixes a', ['a none']],
    ['fixes a >= 2', 'fixes a >= 3 < 4', ['a whole']],
    ['fixes a >= 2', 'fixes a', ['a part']],
    ['fixes a < 2', 'fixes a >= 2', ['a none']],
    ['fixes a <= 2', 'fixes a >= 2', ['a part']],
    ['fixes a < 2.0', 'fixes a < 2', ['a whole']],
    ['fixes a = 2', 'fixes a = 2.0', ['a whole']],
    ['fixes a != 2', 'fixes a = 2', ['a part']],
    ['fixes a < 2, a >= 3', 'fixes a >= 3', ['a whole']],
    ['fixes a on windows-10', 'fixes a', ['a part']],
    ['fixes a on windows-10', 'fixes a on windows-10-22h2, windows-10-21h2', ['a whole']],
    ['fixes windows on windows-10', 'fixes windows-10-22h2', ['windows-10-22h2 whole']],
    ['fixes a arch x64', 'fixes a', ['a part']],
    ['fixes a arch x64, x86', 'fixes a arch x64', ['a whole']],
  ])('of `%s` over `%s`', (newer, older, expected) => {
    expect(coverage(newer, older)).toEqual(expected);
  });

  it('of version ranges is what trying versions shows', () => {
    const version = fc.constantFrom('1', '1.5', '2', '2.5', '3', '3.0.1');
    const bound = fc.tuple(fc.constantFrom('<', '<=', '>', '>=', '='), version);
    const range = fc.array(bound, { maxLength: 2 });
    const fixes = (bounds: readonly (readonly [string, string])[]) =>
      `fixes a ${bounds.map((one) => one.join(' ')).join(' ')}`;
    const tried = ['0', '1', '1.2', '1.5', '1.7', '2', '2.2', '2.5', '2.7', '3', '3.0.0.5', '3.0.1', '4'];
    fc.assert(
      fc.property(range, range, (newer, older) => {
        const inBoth = tried.filter((one) => within(one, older) && within(one, newer)).length;
        const inOlder = tried.filter((one) => within(one, older)).length;
        if (inOlder === 0) return;
        const expected = inBoth === inOlder ? 'whole' : inBoth === 0 ? 'none' : 'part';
        expect(coverage(fixes(newer), fixes(older))).toEqual([`a ${expected}`]);
      }),
      { numRuns: 300 },
    );
  });
});

function within(text: string, bounds: readonly (readonly [string, string])[]): boolean {
  return bounds.every(([operator, limit]) => {
    const [left, right] = [parseVersion(text), parseVersion(limit)];
    if (left === undefined || right === undefined) throw new Error('no version');
    const order = compareVersions(left, right);
    if (order === 0) return operator.endsWith('=');
    return operator.startsWith(order < 0 ? '<' : '>');
  });
}
