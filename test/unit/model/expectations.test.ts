/** What a test names and says is held against what there is, before anybody runs it. */
import { describe, expect, it } from 'vitest';
import { linkContent } from '../../../server/src/model/link.ts';
import { definitionsOf } from '../../../server/src/model/symbols.ts';

const CONTENT = `product acme "Acme" { let version = file "C:\\a.exe" version }
bulletin B-1 "b" { patch B-2 fixes acme { note "n" } }
patch A-1 fixes acme { installed when version >= 2.0 }
`;

const found = (body: string): readonly string[] =>
  linkContent([
    { file: 'content.detect', text: CONTENT },
    { file: 'tests.detect', text: `test "t" {\n  given on windows-11\n  ${body}\n}\n` },
  ]).findings.map(({ code, message }) => `${code}: ${message}`);

describe('what a test expects', () => {
  it.each([
    'acme installed',
    'acme not installed',
    'acme unknown',
    'acme installed 2 times version >= 2.0',
    'acme version = 2.0',
    'A-1 missing',
    'A-1 for acme installed',
    'A-1 for windows-11 not applicable',
    'B-2 note',
    'a-1 effectively installed',
    'A-1 unknown',
  ])('can be %s', (says) => {
    expect(found(`expect ${says}`)).toEqual([]);
  });

  it.each([
    ['acm installed', 'unknown-name: No product or patch is called `acm`. Did you mean `acme`?'],
    ['acmee version = 2.0', 'unknown-name: No product is called `acmee`. Did you mean `acme`?'],
    ['A-2 missing', 'unknown-name: No patch is called `A-2`. Did you mean `A-1`?'],
    ['A-1 for acmy missing', 'unknown-name: No product or Windows is called `acmy`. Did you mean `acme`?'],
    ['acme missing', 'bad-test: `acme` is a product: expect it `installed`, `not installed` or `unknown`.'],
    ['A-1 2 times', /^bad-test: `A-1` is a patch: expect one status of it/],
    ['A-1 not installed', /^bad-test: `A-1` is a patch: expect one status of it/],
    ['acme versoin = 2.0', 'unbound-name: `acme` does not bind `versoin`. Did you mean `version`?'],
    ['acme installed 1 times channel = "esr"', 'unbound-name: `acme` does not bind `channel`.'],
    ['B-1 missing', 'bad-test: `B-1` is a bulletin: expect something of its patches.'],
    ['windows-10 installed', /^bad-test: `windows-10` is a Windows: a test says `given on windows-10`/],
    ['A-1 misssing', /^bad-test: Say what is expected: .* Did you mean `missing`\?$/],
    ['acme not installd', /^bad-test: .* Did you mean `installed`\?$/],
  ])('cannot be %s', (says, told) => {
    const [only, ...more] = found(`expect ${says}`);
    expect(more).toEqual([]);
    expect(only).toMatch(told);
  });

  it('refers to where the name is declared, also where what is said does not fit', () => {
    const text = `${CONTENT}test "t" { given on windows-11  expect acme missing  expect A-1 missing  expect B-1 missing }\n`;
    const { symbols } = linkContent([{ file: 'a.detect', text }]);
    const uses = symbols.references.filter(({ owner }) => owner?.startsWith('test@'));
    expect(uses.map((use) => definitionsOf(symbols, use).map(({ kind, name }) => `${kind} ${name}`))).toEqual([
      ['product acme'],
      ['patch A-1'],
      ['bulletin B-1'],
    ]);
  });
});

describe('what a test states', () => {
  it.each([
    ['all { file "C:\\a" exists }', /^bad-test: A `given` states one thing that is observed/],
    ['file "C:\\a" version >= 2.0', /^bad-test: A `given` states one thing that is observed/],
    ['on windows-10, windows-11', /^bad-test: A machine has one Windows/],
    ['on windows-10 >= 10.0', /^bad-test: A machine has one version/],
    ['on windows-1', /^unknown-windows: .* Did you mean `windows-1/],
    ['acme exists', /^[\w-]+: /],
  ])('cannot be %s', (given, told) => {
    expect(found(`given ${given}\n  expect acme installed`)[0]).toMatch(told);
  });
});
