/** Texts that are typed in: whole declarations, and what tears texts apart. */
import fc from 'fast-check';

/** Declarations that use each other, and lines that are none. */
export const DECLARATIONS = [
  '# What it is.\nproduct acme "Acme" {\n  vendor "Acme"\n  each a in programs where a.name matches /^Acme (?<release>[\\d.]+)/\n  let version = a.version else release\n  one per version\n}\n',
  'product globex {\n  variant "old" { let version = key "HKLM\\SOFTWARE\\Globex" value "V" }\n  variant "new" { let version = 2.0 }\n}\n',
  'patch KB5000001 "One" fixes acme >= 1.0 < 9.0, globex {\n  severity critical\n  released 2024-01-01\n  supersedes MS-1, everything before 2020-01-01\n  let path = "${location}\\a.dll"\n  installed when all { file path version >= 2.0  check sound }\n  warn when version > 8 "new"\n}\n',
  'patch KB5000002 fixes acme >= 3.0 {\n  installed when version >= 2.0 and key "HKLM\\SOFTWARE\\Wow6432Node\\Acme" exists\n}\n',
  'bulletin MS-1 "B" {\n  severity low\n  let x = "1"\n  installed when x = 2 and version >= 3 or version < 1\n  patch MS-2 fixes acme { installed when check fresh(1) }\n  # inner\n  patch MS-3 fixes globex on windows-10\n}\n',
  'bulletin MS-4 "C" {\ninstalled when version >= 2 and version < 1\npatch MS-5 fixes acme { note "no" }\npatch MS-6 fixes acme\n}\n',
  '# one\n# two\ncheck sound { file "C:\\Windows\\a.exe" exists } # allow absolute-path: on purpose\n',
  'check fresh(level) { any k in keys "HKLM\\SOFTWARE\\*" where k.name = "a" { k value "b" >= level } }\n',
  'check never { windows.build > 5 windows.build < 3 check fresh(2) check sound }\n',
  'test "t" { given hotfix KB5000001 is installed  expect MS-1 installed  expect acme globex missing }\n',
  '\n# stands alone\n\n',
  'stray words "here"\n',
  'prduct typo "T" { }\n',
];

// Quotes, comments and braces that swallow what follows, ends of lines of all systems, marks of byte order.
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

/** A text to begin with. */
export const beginning = fc
  .tuple(fc.array(declaration, { maxLength: 5 }), fc.constantFrom('\n', '\n', '\r\n', '\r'), fc.boolean())
  .map(([all, end, bom]) => `${bom ? '\ufeff' : ''}${all.join('').replaceAll('\n', end)}`);

/** One change of a text. */
export interface Edit {
  readonly at: number;
  readonly removed: number;
  readonly added: string;
}

export const edit: fc.Arbitrary<Edit> = fc.record({
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

/** The text after an edit. */
export function edited(text: string, { at, removed, added }: Edit): string {
  const place = at % (text.length + 1);
  return text.slice(0, place) + added + text.slice(place + removed);
}
