import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lowerFile, type LoweredFile } from '../../../../server/src/model/lower/file.ts';

const FILE = 'a.detect';

// Whole declarations, and what tears texts apart: quotes, comments and braces that swallow what follows, ends of lines.
const DECLARATIONS = [
  '# What it is.\nproduct acme "Acme" {\n  vendor "Acme"\n  each a in programs where a.name matches /^Acme (?<release>[\\d.]+)/\n  let version = a.version else release\n  one per version\n}\n',
  'product globex {\n  variant "old" { let version = key "HKLM\\\\SOFTWARE\\\\Globex" value "V" }\n  variant "new" { let version = 2.0 }\n}\n',
  'patch KB5000001 "One" fixes acme >= 1.0 < 9.0, globex {\n  severity critical\n  released 2024-01-01\n  supersedes MS-1, everything before 2020-01-01\n  let path = "${location}\\\\a.dll"\n  installed when all { file path version >= 2.0  check sound }\n  warn when version > 8 "new"\n}\n',
  'bulletin MS-1 "B" {\n  severity low\n  let x = "1"\n  installed when x = 2 and version >= 3 or version < 1\n  patch MS-2 fixes acme { installed when check fresh(1) }\n  # inner\n  patch MS-3 fixes globex on windows-10\n}\n',
  'bulletin MS-4 "C" {\npatch MS-5 fixes acme { note "no" }\npatch MS-6 fixes acme\n}\n',
  '# one\n# two\ncheck sound { file "C:\\\\a.exe" exists } # allow absolute-path: on purpose\n',
  'check fresh(level) { any k in keys "HKLM\\\\SOFTWARE\\\\*" where k.name = "a" { k value "b" >= level } }\n',
  'test "t" { given hotfix KB5000001 is installed  expect MS-1 installed  expect acme globex missing }\n',
  '\n# stands alone\n\n',
  'stray words "here"\n',
  'prduct typo "T" { }\n',
];
const BITS = [
  '{',
  '}',
  '"',
  '#',
  '/',
  ' ',
  '\n',
  '\r',
  '\r\n',
  '\ufeff',
  '§',
  'x',
  '9',
  '"\n',
  '\n}\n',
  ' # a',
  'all {',
];
const WORDS = [
  'product ',
  '\nproduct p {',
  '\npatch q fixes acme',
  'check c { } check d { }',
  '\ttest "t" {',
  '\n# doc\n',
];

const declaration = fc.constantFrom(...DECLARATIONS);
const begin = fc
  .tuple(fc.array(declaration, { maxLength: 5 }), fc.constantFrom('\n', '\n', '\r\n', '\r'), fc.boolean())
  .map(([all, end, bom]) => `${bom ? '\ufeff' : ''}${all.join('').replaceAll('\n', end)}`);
const edit = fc.record({
  at: fc.nat(1500),
  removed: fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.nat(3) },
    { weight: 1, arbitrary: fc.nat(300) },
  ),
  added: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...BITS) },
    { weight: 2, arbitrary: fc.constantFrom(...WORDS) },
    { weight: 2, arbitrary: declaration },
    { weight: 1, arbitrary: fc.constant('') },
  ),
});

function edited(text: string, { at, removed, added }: { at: number; removed: number; added: string }): string {
  const place = at % (text.length + 1);
  return text.slice(0, place) + added + text.slice(place + removed);
}

describe('a script that is edited', () => {
  it('is lowered to what it is when nothing was known of it', () => {
    fc.assert(
      fc.property(begin, fc.array(edit, { minLength: 1, maxLength: 8 }), (first, edits) => {
        let text = first;
        let lowered: LoweredFile = lowerFile(FILE, text);
        for (const one of edits) {
          text = edited(text, one);
          lowered = lowerFile(FILE, text, lowered);
          const { cut: _, ...now } = lowered;
          const { cut: __, ...fresh } = lowerFile(FILE, text);
          // Much quicker than a matcher, which has the better words.
          if (!isDeepStrictEqual(now, fresh)) expect(now).toEqual(fresh);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('keeps what stands before and behind an edit, and moves nothing that was handed out', () => {
    const before = lowerFile(FILE, DECLARATIONS.join('\n'));
    const copy = structuredClone(before.products[1]);
    const after = lowerFile(
      FILE,
      DECLARATIONS.join('\n').replace('vendor "Acme"', 'vendor "Acme Corporation"'),
      before,
    );
    expect(after.products[1]?.product.at.start).toBe((before.products[1]?.product.at.start ?? 0) + 12);
    expect(structuredClone(before.products[1])).toEqual(copy);
  });
});
