/** The reserved words. The record is complete by its type: a word of the lexer without a text does not compile. */
import type { ReservedWord } from '../../syntax/tokens.ts';
import { inCheck, inFile, inPatch, inProduct, inTest, type WordText } from './word.ts';

const DECLARATIONS = {
  product: inFile(
    'Declares a product: where it is looked for, and what is known of it. In a condition it asks of another product: a version range, or `is installed`.',
    'product acme.editor "Acme Editor" {\n  each app in programs where app.name starts with "Acme Editor"\n  let version = app.version\n}',
  ),
  bulletin: inFile(
    'Declares patches that share what is said of them; a patch that says the same word replaces it for itself.',
    'bulletin ACME-26-01 {\n  severity critical\n  patch ACME-1 fixes windows { installed when windows.build >= 19045 }\n}',
  ),
  patch: inFile(
    'Declares a patch: whom it is for (`fixes`), and what shows that it is there. Without any of that it is a note.',
    'patch ACME-1 "Acme 4.2" fixes windows { installed when windows.build >= 19045 }',
  ),
  check: inFile(
    'Declares a condition with parameters; in a condition, uses one. It sees its parameters and `windows`, nothing else.',
    'check at-least(path, least) { file "${path}" version >= least if present }\ncheck shell { check at-least("%windir%\\explorer.exe", 10.0) }',
  ),
  test: inFile(
    'Declares what must come out on a recorded machine, or where observations are given.',
    'test "an old machine" {\n  given on windows-7\n}',
  ),
} satisfies Partial<Record<ReservedWord, WordText>>;

const STATEMENTS = {
  variant: inProduct(
    'Another way to find the same product. All variants bind the same names.',
    'variant "for one user" {\n  each u in users\n  let location = "${u.profile}\\Acme"\n}',
  ),
  each: inProduct(
    'Takes one element of a collection after another: each is a candidate, and several `each` combine.',
    'each app in programs where app.name starts with "Acme"',
  ),
  in: inProduct('Says which collection the elements are from.', 'each k in keys "HKLM\\SOFTWARE\\Acme\\*" view both'),
  where: inProduct(
    'Only elements for which this holds. A named group of its `matches` binds a name.',
    'each app in programs where app.name matches /^Acme (?<release>[\\d.]+)/',
  ),
  let: inProduct(
    'Binds a value, or with `in` the first element that fits. `version` and `location` are shown by every report.',
    'let location = key "HKLM\\SOFTWARE\\Acme" value "Path" else "%ProgramFiles%\\Acme"',
  ),
  on: inProduct(
    'Only on this Windows: one of the names is enough. Several `on` must all hold.',
    'on windows-10, server-2019',
  ),
  fixes: inFile(
    'For whom a patch is, each product with an optional range. It never says whether the patch is there.',
    'product acme { installed when file "%windir%\\acme.exe" exists }\npatch ACME-1 fixes acme { note "nothing shows it" }',
  ),
  installed: inPatch(
    "`installed when`: what proves a product's instance, or that a patch is there. `is installed` is said of `msi`, `hotfix` and `product`.",
    'installed when hotfix KB5034441 is installed',
  ),
  missing: inPatch(
    '`missing when`: what shows that the patch is not there. `missing always "why"`: every machine lacks it until it is done by hand.',
    'missing when key "HKLM\\SOFTWARE\\Acme" value "Unsafe" = 1',
  ),
  note: inPatch('Nothing can decide this patch: it is shown, never counted.', 'note "change the password by hand"'),
  when: inPatch(
    'Begins the condition of `installed`, `missing` or `warn`; behind a value of `let`, only where it holds.',
    'installed when windows.build >= 19045',
  ),
  always: inPatch(
    '`missing always`: every machine lacks this, for the reason that follows.',
    'missing always "there is no fix"',
  ),
  else: inProduct(
    'The value where the left side is absent or empty text, or its `when` is false. Where that cannot be read the value is unknown.',
    'let version = file "%ProgramFiles%\\Acme\\a.exe" version else "1.0"',
  ),
  supersedes: inPatch(
    'Older patches or bulletins that this one makes needless: where it is installed they are too.',
    'supersedes everything before 2010-11-20',
  ),
  superseded: inFile(
    '`superseded by`: newer patches or bulletins, said from the older side.',
    'patch ACME-1 fixes windows { superseded by ACME-2  note "old" }\npatch ACME-2 fixes windows { note "new" }',
  ),
  by: inFile(
    'Of `superseded by`.',
    'patch ACME-1 fixes windows { superseded by ACME-2  note "old" }\npatch ACME-2 fixes windows { note "new" }',
  ),
  before: inPatch('Only patches that were released before this day.', 'supersedes everything before 2010-11-20'),
  warn: inPatch(
    'Puts a warning on *installed*: `warn when newer` where a file is newer than the condition asks for, or a text with a condition.',
    'installed when file "%windir%\\explorer.exe" version >= 10.0\nwarn when newer',
  ),
  one: inProduct(
    '`one per`: keeps one instance for each value of these names. `is one of`: one of several values.',
    'let location = "%ProgramFiles%\\Acme"\none per location',
  ),
  per: inProduct(
    'Of `one per`: which names tell instances apart.',
    'let location = "%ProgramFiles%\\Acme"\none per location',
  ),
  of: inCheck('Of `is one of`.', 'key "HKLM\\SOFTWARE\\Acme" value "Edition" is one of "pro", "home"'),
  given: inTest(
    'States an observation, or overrides one of the recording.',
    'given key "HKLM\\SOFTWARE\\Acme" value "Path" = "C:\\Acme"',
  ),
  expect: inTest('What must come out for a product or patch.', 'expect ACME-1 missing'),
  machine: inTest('The recordings that a test runs on, beside the script.', 'machine "machines/*.snapshot.json"'),
  for: inTest('For which product a patch is expected so.', 'expect ACME-1 for acme missing'),
} satisfies Partial<Record<ReservedWord, WordText>>;

const THINGS = {
  key: inCheck(
    "A registry key, and with `value` one of its values. It begins with `HKLM`, `HKCR`, `HKU`, `HKCC`, or `HKCU`, which is every user's.",
    'key "HKLM\\SOFTWARE\\Acme" value "Count" >= 3',
  ),
  value: inCheck(
    'A value of a registry key by its name; `""` is the default value.',
    'key "HKLM\\SOFTWARE\\Acme" value "Path" exists',
  ),
  view: inCheck(
    "`view 32`, `view 64` or `view both`: 64-bit Windows keeps what 32-bit programs see apart. Without it, the machine's own.",
    'key "HKLM\\SOFTWARE\\Acme" view both value "Path" exists',
  ),
  file: inCheck(
    'A file, and behind its path one of its properties: `version`, `product-version`, `size`, `modified`, `sha256`, `arch`, `company`, `product`, `original-name`, `language`, `text`.',
    'file "%ProgramFiles%\\Acme\\acme.exe" version >= 4.2',
  ),
  folder: inCheck('A folder, and of it `modified`.', 'folder "%ProgramData%\\Acme" exists'),
  service: inCheck(
    'A service by its name, not its display name, and one of `state`, `start`, `account`, `path`, `display-name`.',
    'service "Spooler" start is disabled',
  ),
  msi: inCheck(
    'A package of Windows Installer by its product code, or by `upgrade-code`; of it `version`, `name`, `location`.',
    'msi {23170F69-40C1-2702-2407-000001000000} version >= 24.7',
  ),
  hotfix: inCheck(
    'An update by its KB id, as Component Based Servicing and the older hotfix keys know it.',
    'hotfix KB5034441 is installed',
  ),
} satisfies Partial<Record<ReservedWord, WordText>>;

const CONDITIONS = {
  all: inCheck(
    'Each condition of a block, each element of a collection, or each item of a list.',
    'all f in files "%windir%\\*.dll" { f.version >= 1.0 }',
  ),
  any: inCheck(
    'One condition of a block, one element of a collection, or one item of a list.',
    'any { service "A" exists  service "B" exists }',
  ),
  not: inCheck('The opposite; unknown stays unknown.', 'not service "Spooler" is running'),
  and: inCheck('Both must hold. Not mixed with `or` on one line.', 'service "A" exists and service "B" exists'),
  or: inCheck('One is enough. Not mixed with `and` on one line.', 'service "A" exists or service "B" exists'),
  exists: inCheck('It is there.', 'file "%windir%\\acme.ini" exists'),
  absent: inCheck(
    '`is absent`: the machine answered, and there is none. What could not be read is unknown.',
    'key "HKLM\\SOFTWARE\\Acme" is absent',
  ),
  is: inCheck(
    'Said of a state: `is running`, `is not disabled`, `is installed`, `is absent`, `is one of`. Values are compared with `=`.',
    'service "Spooler" is running',
  ),
  contains: inCheck('The text has this in it, whatever its case.', 'file "%windir%\\a.exe" company contains "Acme"'),
  starts: inCheck('`starts with`: the text begins so, whatever its case.', 'windows.language starts with "en"'),
  ends: inCheck('`ends with`: the text ends so, whatever its case.', 'windows.language ends with "US"'),
  with: inCheck('Of `starts with`, `ends with` and `replacing … with`.', 'windows.language starts with "en"'),
  matches: inCheck(
    'Fits a regular expression; exact unless it ends with `/i`.',
    'windows.release matches /^2[0-9]H[12]$/i',
  ),
  like: inCheck(
    'Fits a pattern with `*` and `?` as a whole, whatever its case.',
    'key "HKLM\\SOFTWARE\\Acme" value "Name" like "Acme *"',
  ),
  if: inCheck('`if present`: also true where the thing is absent.', 'file "%windir%\\a.dll" version >= 2.0 if present'),
  present: inCheck('Of `if present`.', 'file "%windir%\\a.dll" version >= 2.0 if present'),
  reaches: inCheck(
    'At least the fixed version of its own branch; `{ }` holds one for each branch.',
    'file "%System32%\\ntoskrnl.exe" version reaches {\n  6.1.7601.19018\n  6.1.7601.23223 from 6.1.7601.23000\n}',
  ),
  from: inCheck(
    'Where a branch of `reaches` begins; without it, the fixed version with its last part 0.',
    'windows.version reaches { 6.1.7601.23223 from 6.1.7601.23000 }',
  ),
  otherwise: inCheck(
    'What is said of a version that no row of `reaches` covers; without it, unknown.',
    'windows.version reaches { 10.0.17763.5  10.0.19045.9  otherwise true }',
  ),
  older: inCheck(
    '`older than`: a date longer ago than this, at the time of the scan or recording.',
    'file "%windir%\\defs.bin" modified older than 30d',
  ),
  newer: inCheck(
    '`newer than`: a date not so long ago. `warn when newer`: a file is newer than the patch asks for.',
    'file "%windir%\\defs.bin" modified newer than 12h',
  ),
  than: inCheck('Of `older than` and `newer than`.', 'file "%windir%\\defs.bin" modified older than 30d'),
  as: inCheck(
    'Converts a value; what cannot be converted is unreadable.',
    'key "HKLM\\SOFTWARE\\Acme" value "Since" as date < 2026-01-01',
  ),
  matching: inProduct(
    'Takes the first group of a regular expression, or all of the match; absent where nothing matches.',
    'let version = key "HKLM\\SOFTWARE\\Acme" value "Name" matching /([\\d.]+)/',
  ),
  replacing: inProduct(
    'Replaces every occurrence of a text or regular expression; `$1` is its first group.',
    'let version = key "HKLM\\SOFTWARE\\Acme" value "Version" replacing "_" with "."',
  ),
  true: inCheck(
    'Of `otherwise true`: a version that no row covers is fixed.',
    'windows.version reaches { 10.0.17763.5  10.0.19045.9  otherwise true }',
  ),
  false: inCheck(
    'Of `otherwise false`: a version that no row covers is not fixed.',
    'windows.version reaches { 10.0.17763.5  10.0.19045.9  otherwise false }',
  ),
  unknown: inTest(
    'In tests: it could not be read, or cannot be decided.',
    'given key "HKLM\\SOFTWARE\\Locked" is unknown',
  ),
} satisfies Partial<Record<ReservedWord, WordText>>;

/** What each reserved word means. */
export const KEYWORDS: Readonly<Record<ReservedWord, WordText>> = {
  ...DECLARATIONS,
  ...STATEMENTS,
  ...THINGS,
  ...CONDITIONS,
};

const COMPARE = 'Compared as version, number, date or text, whichever either side is.';
/** What each comparison means. */
export const OPERATORS: Readonly<Record<string, WordText>> = {
  '=': inCheck(`Equal. ${COMPARE} Texts whatever their case.`, 'key "HKLM\\SOFTWARE\\Acme" value "Edition" = "pro"'),
  '!=': inCheck(
    `Not equal; true also where there is none. ${COMPARE}`,
    'key "HKLM\\SOFTWARE\\Acme" value "Edition" != "trial"',
  ),
  '<': inCheck(`Below. ${COMPARE}`, 'file "%windir%\\a.dll" version >= 14.0 < 15.0'),
  '<=': inCheck(`At most. ${COMPARE}`, 'file "%windir%\\a.dll" size <= 10MB'),
  '>': inCheck(`Above. ${COMPARE}`, 'file "%windir%\\a.dll" modified > 2026-01-01'),
  '>=': inCheck(
    `At least. ${COMPARE} 24.07 is 24.7, and missing parts are 0.`,
    'file "%windir%\\a.dll" version >= 14.0',
  ),
};
