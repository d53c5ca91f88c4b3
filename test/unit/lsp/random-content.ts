/** Small content at random, of few names, so that files break and mend each other. */

/** A source of chance. */
export interface Random {
  /** A whole number from 0 on. */
  readonly below: (most: number) => number;
  readonly of: <T>(items: readonly T[]) => T;
}

const PRODUCTS = ['acme.one', 'acme.two', 'acme.three', 'acme'];
const PATCHES = ['A-1', 'A-2', 'A-3', 'KB5031356', 'B-1'];
const CHECKS = ['fresh', 'recent', 'at-least'];
const BOUND = ['home', 'version', 'app', 'release', 'part'];
const WORDS = [
  ...['installed', 'when', 'all', 'any', 'supersedes', 'fixes', 'exists', 'severity', 'critical', 'low', 'windows'],
  ...['1.0', '2.3.4.5', '01.2', '7', '2024-06-19', 'CVE-2024-11477', 'KB123', 'note', 'view', '64', 'both', 'file'],
];
const BROKEN = ['{', '}', '"', '${', '(', ')', '#', '\n', '\r\n', ' ', '\u{1f600}', 'é', '<', '>', '/>', '&amp;', '='];

/** Something to write in place of a word, or in between. */
export function randomPiece(random: Random, name: string): string {
  const kind = random.below(20);
  if (kind < 6) return random.of(PRODUCTS);
  if (kind < 10) return random.of(PATCHES);
  if (kind < 12) return random.of(CHECKS);
  if (kind < 14) return random.of(BOUND);
  if (kind < 18) return random.of(WORDS);
  return kind < 19 ? random.of(BROKEN) : `\n${declaration(random, name)}\n`;
}

/** What else could stand where a name stands. */
export function kindOf(name: string): ((random: Random) => string) | undefined {
  const kind = [PRODUCTS, PATCHES, CHECKS, BOUND].find((one) => one.includes(name));
  return kind && (({ of }) => of(kind));
}

/** A whole file, of some declarations. */
export function randomFile(random: Random, name: string): string {
  const all = Array.from({ length: 1 + random.below(2) }, () => declaration(random, name));
  const text = name.endsWith('.xml')
    ? `<?xml version="1.0" encoding="utf-8"?>\n<patches xmlns="urn:patchlab:patches:1">\n${all.join('\n')}\n</patches>\n`
    : `${all.join('\n\n')}\n`;
  return random.below(5) === 0 ? text.replaceAll('\n', '\r\n') : text;
}

function declaration(random: Random, name: string): string {
  return random.of(name.endsWith('.xml') ? XML : SCRIPT)(random);
}

const SCRIPT: readonly ((random: Random) => string)[] = [
  ({ of }) => `# What it is.
product ${of(PRODUCTS)} "Acme" {
  each app in programs where app.name matches /^Acme (?<release>[\\d.]+)/
  let home = app.location else key "HKLM\\SOFTWARE\\Acme" value "Path"
  let version = file "\${home}\\a.exe" version else ${of(BOUND)}
  installed when file "\${home}\\a.exe" exists and check ${of(CHECKS)}("\${home}\\b.dll", ${of(['1.0', '2.0'])})
  one per ${of(BOUND)}
}`,
  ({ of }) => `patch ${of(PATCHES)} "Title" fixes ${of(PRODUCTS)} {
  severity ${of(['critical', 'low', 'grave'])}
  released ${of(['2024-06-19', '2020-01-01', '2024-13-01'])}
  supersedes ${of(PATCHES)}
  installed when ${of(BOUND)} >= ${of(['1.0', '24.7', '01.0'])} # allow version-literal: as printed
}`,
  ({ of }) => `patch ${of(PATCHES)} fixes ${of(PRODUCTS)}, windows-10 { note "by hand" }`,
  ({ of }) => `check ${of(CHECKS)}(path, least) "At least" {
  file "\${path}" version >= least if present
  ${of(['file "C:\\Windows\\x.dll" exists', 'check fresh("a", 1.0)', 'windows.build >= 100 and windows.build < 50'])}
}`,
  ({ of }) => `bulletin ${of(PATCHES)} "Both" {
  let part = file "\${home}\\part.dll" version
  patch ${of(PATCHES)} fixes ${of(PRODUCTS)} { installed when part >= 2.0 }
  patch ${of(PATCHES)} fixes ${of(PRODUCTS)} { supersedes ${of(PATCHES)}  installed when part >= 3.0 }
}`,
  ({ of }) => `test "finds ${of(PATCHES)}" { expect ${of(PATCHES)} for ${of(PRODUCTS)} missing }`,
  ({ of }) => `test "has ${of(PRODUCTS)}" {
  given on windows-11
  expect ${of(PRODUCTS)} ${of(['installed', '2 times', 'missing'])}
  expect ${of([...PRODUCTS, ...PATCHES])} ${of(BOUND)} = 2.0
}`,
];

const XML: readonly ((random: Random) => string)[] = [
  ({ of }) => `  <!-- What it is. -->
  <patch id="${of(PATCHES)}" title="Title" severity="${of(['critical', 'low', 'grave'])}" released="2024-06-19">
    <fixes><product ref="${of(PRODUCTS)}"/></fixes>
    <supersedes ref="${of(PATCHES)}"/>
    <installed-when>
      <file path="\${${of(BOUND)}}\\a.dll" property="version" at-least="${of(['1.0', '02.0'])}"/>
    </installed-when>
  </patch>`,
  ({ of }) => `  <check id="${of(CHECKS)}">
    <parameter name="path"/>
    <parameter name="least"/>
    <file path="\${path}" exists="true"/>
  </check>`,
  ({ of }) => `  <product id="${of(PRODUCTS)}" title="Acme">
    <let name="home"><text value="%ProgramFiles%\\Acme"/></let>
    <let name="version"><file path="\${home}\\a.exe" property="version"/></let>
    <installed-when><file path="\${${of(BOUND)}}\\a.exe" exists="true"/></installed-when>
    <one-per name="home"/>
  </product>`,
];
