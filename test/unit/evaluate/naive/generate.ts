/** Random scripts, and random machines that have something to say to them. */
import fc from 'fast-check';
import type { Observation, ObservationRequest, ServiceInfo } from '../../../../server/src/model/observation.ts';
import { FactMachine, type Data, type FileFacts } from '../machine.ts';
import type { Planned } from './statuses.ts';
import { isDenied, isLocked, PROFILES, type World } from './world.ts';

// ---------- machines

const UNINSTALL = 'Microsoft\\Windows\\CurrentVersion\\Uninstall';
const KEYS = ['HKLM\\SOFTWARE\\', 'HKLM\\SOFTWARE\\Wow6432Node\\']
  .flatMap((root) => ['Acme', 'Acme\\a', 'Acme\\a\\Main', 'Acme\\b', 'Acme\\b\\Main'].map((key) => `${root}${key}`))
  .concat('HKLM\\SYSTEM\\Acme', 'HKLM\\SYSTEM\\Acme\\a');
const PERSON = (number: number): string => `S-1-5-21-1-1-1-${number}`;
const HIVES = [PERSON(1001), PERSON(1002), 'S-1-5-18'].flatMap((sid) =>
  ['Acme', 'Acme\\a'].map((key) => `HKU\\${sid}\\Software\\${key}`),
);
const USER_PROGRAMS = [`HKU\\${PERSON(1001)}\\Software\\${UNINSTALL}\\p0`];
const PEOPLE = [1001, 1003].map((number) => `${PROFILES}\\${PERSON(number)}`);
const PROGRAMS = ['HKLM\\SOFTWARE\\', 'HKLM\\SOFTWARE\\Wow6432Node\\'].flatMap((root) =>
  ['p0', 'p1'].map((key) => `${root}${UNINSTALL}\\${key}`),
);
const FOLDERS = [
  'C:\\P0',
  'C:\\P1',
  'C:\\P1\\sub',
  'C:\\Program Files\\P0',
  'C:\\Program Files (x86)\\P0',
  'C:\\Windows\\System32',
  'C:\\Windows\\SysWOW64',
];
const FILES = FOLDERS.flatMap((folder) => [`${folder}\\f.exe`, `${folder}\\g.dll`]);
const SERVICES = ['S0', 'S1'];

const VERSIONS = ['0.9', '1.0', '1.5', '1.5.3', '2.0', '2.0.7', '2.1k', '2.1k3', '3', '10.0', '1.8.0_202'];
const version = fc.constantFrom(...VERSIONS);
const said = fc.oneof(
  { weight: 4, arbitrary: version },
  {
    weight: 3,
    arbitrary: fc.constantFrom('C:\\P0', 'C:\\P1', 'beta', 'Beta 2', 'odd', '7', '2026-01-13', ' padded ', ''),
  },
);
const some = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(of, { nil: undefined, freq: 3 });

function defined<T>(all: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, T] => entry[1] !== undefined));
}

const numberData = fc.constantFrom('0', '1', '2', '7', '4294967295').map((data): Data => ({ type: 'REG_DWORD', data }));
const wideData = fc.constantFrom('0', '18446744073709551615').map((data): Data => ({ type: 'REG_QWORD', data }));
const listData = fc.array(fc.constantFrom('x', 'beta', '2.0', 'y'), { maxLength: 3 });

const keyValues: fc.Arbitrary<Readonly<Record<string, Data>>> = fc
  .record({ V: some(said), Root: some(said), N: some(fc.oneof(numberData, wideData)), L: some(listData) })
  .map((all) => defined<Data>(all));
const program: fc.Arbitrary<Readonly<Record<string, Data>>> = fc
  .record({
    DisplayName: some(fc.constantFrom('Zip 1.2', 'Zip 2', 'zip', 'Other')),
    DisplayVersion: some(said),
    InstallLocation: some(fc.constantFrom('C:\\P0', 'C:\\P1', '')),
  })
  .map((all) => defined<Data>(all));
const profile: fc.Arbitrary<Readonly<Record<string, Data>>> = fc
  .record({ ProfileImagePath: some(fc.constantFrom('C:\\P0', 'C:\\P1')) })
  .map((all) => defined<Data>(all));
const file: fc.Arbitrary<FileFacts> = fc
  .record({
    fileVersion: some(fc.constantFrom('0.9.0.0', '1.5.3.0', '2.0.7.0', '10.0.1.2')),
    company: some(fc.constantFrom('Acme', 'Fabrikam')),
    arch: some(fc.constantFrom('x86' as const, 'x64' as const)),
    text: some(fc.constantFrom('channel=beta', 'channel=stable')),
    size: some(fc.constantFrom(0, 7, 2048)),
    modified: some(fc.constantFrom('2026-05-31T00:00:00Z', '2024-01-01T00:00:00Z')),
  })
  .map((all) => defined(all));
const service: fc.Arbitrary<Partial<ServiceInfo>> = fc.record({
  state: fc.constantFrom('running' as const, 'stopped' as const),
  start: fc.constantFrom<ServiceInfo['start']>(
    { state: 'present', value: 'automatic' },
    { state: 'present', value: 'disabled' },
    { state: 'unreadable', reason: 'denied' },
  ),
  path: fc.constantFrom<ServiceInfo['path']>(
    { state: 'present', value: '"C:\\P0\\f.exe" -k x' },
    { state: 'present', value: 'C:\\P1\\f.exe /s' },
    { state: 'absent' },
  ),
});

const among = <T>(places: readonly string[], of: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc
    .tuple(...places.map(() => some(of)))
    .map((all) => defined(Object.fromEntries(places.map((place, i) => [place, all[i]]))));

const DENIABLE = [
  ...KEYS,
  ...PROGRAMS,
  `HKU\\${PERSON(1002)}`,
  HIVES[0] ?? '',
  PROFILES,
  ...FOLDERS.filter((folder) => !folder.includes('Windows')),
];

/** Some machine. */
export const machine: fc.Arbitrary<World> = fc
  .record({
    keys: among(KEYS, keyValues),
    programs: among([...PROGRAMS, ...USER_PROGRAMS], program),
    hives: fc.option(among(HIVES, keyValues), { nil: {} }),
    people: fc.option(among(PEOPLE, profile), { nil: {} }),
    files: among(FILES, file),
    services: among(SERVICES, service),
    denied: fc.oneof(
      { weight: 2, arbitrary: fc.constant<string[]>([]) },
      { weight: 1, arbitrary: fc.subarray(DENIABLE, { maxLength: 2 }) },
    ),
    locked: fc.oneof(
      { weight: 2, arbitrary: fc.constant<string[]>([]) },
      { weight: 1, arbitrary: fc.subarray(FILES, { maxLength: 2 }) },
    ),
    deniedServices: fc.oneof(
      { weight: 3, arbitrary: fc.constant<string[]>([]) },
      { weight: 1, arbitrary: fc.subarray(SERVICES) },
    ),
  })
  .map(({ programs, hives, people, ...rest }) => ({
    ...rest,
    keys: { ...rest.keys, ...programs, ...hives, ...people },
    locked: rest.locked.filter((path: string) => path in rest.files),
  }));

/** Answers the requests of evaluation from the same facts. */
export class WorldMachine extends FactMachine {
  readonly #world: World;
  constructor(world: World) {
    super(world);
    this.#world = world;
  }
  override observe(request: ObservationRequest): Observation {
    const no: Observation = { state: 'unreadable', reason: 'denied' };
    if (request.kind === 'service')
      return this.#world.deniedServices.includes(request.name) ? no : super.observe(request);
    if (request.kind === 'services') return super.observe(request);
    if ('hive' in request)
      return isDenied(this.#world, `${request.hive}\\${request.path}`) ? no : super.observe(request);
    const path = request.path.replace(/\\$/, '');
    const opens = request.kind === 'version' || request.kind === 'text' || request.kind === 'sha256';
    if (opens ? isLocked(this.#world, path) : isDenied(this.#world, path)) return no;
    return super.observe(request);
  }
}

// ---------- scripts

/** Names that may be used at a place: texts, and elements by their collection. */
export interface Names {
  readonly texts: readonly string[];
  readonly elements: readonly { readonly name: string; readonly of: string }[];
}
export const NO_NAMES: Names = { texts: [], elements: [] };

const view = fc.constantFrom('', '', ' view 32', ' view 64', ' view both');
const key = fc.constantFrom(
  'HKLM\\SOFTWARE\\Acme',
  'HKLM\\SOFTWARE\\Acme\\a',
  'HKLM\\SOFTWARE\\Acme\\b\\Main',
  'HKLM\\SYSTEM\\Acme',
  'HKLM\\SOFTWARE\\Gone',
);
const folderPath = fc.constantFrom(
  'C:\\P0',
  'C:\\P1',
  '%ProgramFiles%\\P0',
  '%ProgramFiles(x86)%\\P0',
  '%System32%',
  'C:\\Gone',
);
const fileName = fc.constantFrom('f.exe', 'g.dll', 'gone.dll');

const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  keys: ['name', 'V', 'Root'],
  files: ['name', 'folder', 'version', 'company', 'size'],
  folders: ['name', 'path'],
  services: ['name', 'state', 'start', 'path as program as folder'],
  values: ['name', 'data'],
  programs: ['name', 'version', 'location'],
  users: ['sid', 'profile'],
};

/** A text reading: what can be compared with a text or a version. */
function reading(names: Names): fc.Arbitrary<string> {
  const own: fc.Arbitrary<string>[] = [
    fc.tuple(key, view, fc.constantFrom('V', 'Root', 'N')).map(([k, v, name]) => `key "${k}"${v} value "${name}"`),
    fc.tuple(userKey(names), fc.constantFrom('V', 'Root')).map(([k, name]) => `key "${k}" value "${name}"`),
    fc
      .tuple(filePath(names), view, fc.constantFrom('version', 'company', 'arch', 'text', 'size'))
      .map(([path, v, property]) => `file "${path}"${v} ${property}`),
    fc
      .tuple(fc.constantFrom('S0', 'S1', 'S2'), fc.constantFrom('state', 'start', 'path', 'display-name', 'account'))
      .map(([name, property]) => `service "${name}" ${property}`),
    fc.constantFrom('windows.version', 'windows.build', 'windows.arch', 'windows.bits', 'windows.role'),
    fc.constantFrom('"beta"', '"1.5"', '2.0', '7', '""'),
  ];
  if (names.texts.length > 0) own.push(fc.constantFrom(...names.texts), fc.constantFrom(...names.texts));
  for (const { name, of } of names.elements)
    own.push(fc.constantFrom(...(MEMBERS[of] ?? [])).map((member) => `${name}.${member}`));
  const step = fc.constantFrom(
    '',
    '',
    '',
    ' as version',
    ' as number',
    ' as lowercase',
    ' as trimmed',
    ' as date',
    ' as filename',
    ' as path',
    ' as folder',
    ' matching /(\\d+)\\.(\\d+)/',
    ' matching /^[a-z]+/i',
    ' replacing "_" with "."',
    ' replacing /[eo]/i with "_"',
    ' replacing /(\\d+)\\.(\\d+)/ with "$2.$1"',
    ' replacing /^([a-z])([a-z]*)$/i with "$2$1$1"',
  );
  return fc.tuple(fc.oneof(...own), step).map(([one, then]) => `${one}${then}`);
}

/** In the hive of every user, of one who may be away, or of the one at hand. */
function userKey(names: Names): fc.Arbitrary<string> {
  const own = names.elements.flatMap(({ name, of }) =>
    of === 'users' ? [`HKU\\\${${name}.sid}\\Software\\Acme`] : [],
  );
  return fc.constantFrom(
    ...['HKCU\\Software\\Acme', 'HKCU\\Software\\Acme\\a', `HKU\\${PERSON(1003)}\\Software\\Acme`, ...own, ...own],
  );
}

function filePath(names: Names): fc.Arbitrary<string> {
  const inserted = names.texts.includes('location') ? [fc.constant('${location}')] : [];
  const members = names.elements.flatMap(({ name, of }) =>
    of === 'keys'
      ? [`\${${name}.Root}`]
      : of === 'folders'
        ? [`\${${name}.path}`]
        : of === 'programs'
          ? [`\${${name}.location}`]
          : of === 'users'
            ? [`\${${name}.profile}`]
            : [],
  );
  const roots = [folderPath, ...inserted, ...members.map((one) => fc.constant(one))];
  return fc.tuple(fc.oneof(...roots), fileName).map(([root, name]) => `${root}\\${name}`);
}

const literal = fc.oneof(
  version.filter((one) => one.includes('.')),
  fc.constantFrom('2', '7', '0', '"beta"', '"1.5"', '"odd"', '"C:\\P0"', '2026-01-13'),
);
const operator = fc.constantFrom('=', '!=', '<', '<=', '>', '>=');

const row = fc.constantFrom(
  '1.5.3',
  '1.5.3 from 1.5',
  '1.5.3 from 1.0',
  '2.0.5',
  '2.1 from 2.0.6',
  '2.0.9 from 2.0.7',
  '10.0.1.1',
  '3.1',
);
const table = fc
  .tuple(
    fc.uniqueArray(row, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', ' otherwise true', ' otherwise false'),
  )
  .map(([rows, otherwise]) => `reaches { ${rows.join(' ')}${otherwise} }`);

function predicate(names: Names): fc.Arbitrary<string> {
  const expected = fc.oneof({ weight: 4, arbitrary: literal }, { weight: 1, arbitrary: reading(names) });
  return fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom('exists', 'is absent', 'is not absent') },
    { weight: 4, arbitrary: fc.tuple(operator, expected).map((parts) => parts.join(' ')) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('>=', '>'), literal, fc.constantFrom('<', '<='), literal)
        .map((parts) => parts.join(' ')),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        'contains "e"',
        'starts with "B"',
        'ends with "EXE"',
        'like "b*a"',
        'like "?.5*"',
        'matches /^\\d/',
        'matches /BETA/i',
        'matches /BETA/',
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom('is one of "beta", "1.5"', 'is not one of 2.0, "7"') },
    { weight: 2, arbitrary: table },
  );
}

const QUANTIFIED: readonly (readonly [string, readonly string[]])[] = [
  [
    'keys',
    [
      '"HKLM\\SOFTWARE\\Acme\\*"',
      '"HKLM\\SOFTWARE\\Acme\\?\\Main"',
      '"HKLM\\SOFTWARE\\*\\a"',
      '"HKLM\\SOFTWARE\\Acme\\a", "HKLM\\SYSTEM\\Acme\\*"',
    ],
  ],
  [
    'files',
    [
      '"C:\\P0\\*.dll"',
      '"C:\\P?\\f.exe"',
      '"%ProgramFiles%\\*\\f.exe"',
      '"C:\\P1\\*\\*"',
      '"C:\\**\\f.exe"',
      '"C:\\P1\\**\\sub\\*.exe"',
    ],
  ],
  ['folders', ['"C:\\P*"', '"%ProgramFiles%\\P?"', '"C:\\P1\\sub"', '"C:\\**\\P0"']],
  ['values', ['"HKLM\\SOFTWARE\\Acme"', '"HKLM\\SYSTEM\\Acme"']],
];

/** A collection as written, and of what it is. */
export const collection: fc.Arbitrary<{ readonly text: string; readonly of: string }> = fc.oneof(
  ...QUANTIFIED.map(([of, patterns]) =>
    fc.tuple(fc.constantFrom(...patterns), view).map(([pattern, v]) => ({ of, text: `${of} ${pattern}${v}` })),
  ),
  fc.constantFrom(
    ...[
      { of: 'services', text: 'services' },
      { of: 'programs', text: 'programs' },
      { of: 'users', text: 'users' },
      { of: 'keys', text: 'keys "HKCU\\Software\\Acme"' },
      { of: 'keys', text: 'keys "HKCU\\Software\\Acme\\*", "HKLM\\SOFTWARE\\Acme\\*"' },
    ],
  ),
);

/** A condition over some names; `taken` counts the elements that are bound around it. */
export function condition(names: Names, depth: number, products: readonly string[] = []): fc.Arbitrary<string> {
  const present = fc.constantFrom('', '', '', ' if present');
  const leaves: fc.Arbitrary<string>[] = [
    fc.tuple(reading(names), predicate(names), present).map((parts) => `${parts[0]} ${parts[1]}${parts[2]}`),
    fc.tuple(reading(names), predicate(names), present).map((parts) => `${parts[0]} ${parts[1]}${parts[2]}`),
    fc.tuple(key, view, fc.constantFrom('exists', 'is absent')).map(([k, v, is]) => `key "${k}"${v} ${is}`),
    fc.tuple(userKey(names), fc.constantFrom('exists', 'is absent')).map(([k, is]) => `key "${k}" ${is}`),
    fc
      .tuple(filePath(names), view, fc.constantFrom('exists', 'is absent'))
      .map(([path, v, is]) => `file "${path}"${v} ${is}`),
    fc.tuple(folderPath, fc.constantFrom('exists', 'is absent')).map(([path, is]) => `folder "${path}" ${is}`),
    fc
      .tuple(
        fc.constantFrom('S0', 'S1', 'S2'),
        fc.constantFrom(
          'exists',
          'is absent',
          'is running',
          'is not stopped',
          'start is disabled',
          'start is not automatic if present',
        ),
      )
      .map(([name, is]) => `service "${name}" ${is}`),
    fc
      .tuple(key, view, fc.constantFrom('= "x"', 'any = "beta"', 'all like "*e*"', 'all >= 1.0', 'contains "y"'))
      .map(([k, v, is]) => `key "${k}"${v} value "L" ${is}`),
    fc
      .tuple(filePath(names), fc.constantFrom('older than 30d', 'newer than 30d', '< 2026-01-13', '>= 2026-01-13'))
      .map(([path, is]) => `file "${path}" modified ${is}`),
    fc.constantFrom(
      'on windows-10',
      'on server-2019',
      'on windows >= 10.0.19045',
      'on windows-7, windows >= 10.0 < 10.0.19000',
      'windows.role is server',
    ),
    fc.tuple(reading(names), literal).map(([one, least]) => `check at-least(${one}, ${least})`),
    filePath(names).map((path) => `check there("${path}")`),
  ];
  if (products.length > 0) {
    leaves.push(
      fc
        .tuple(
          fc.constantFrom(...products),
          fc.constantFrom('< 2.0', '>= 1.5', '>= 1.0 < 2.0', 'is installed', 'is not installed'),
        )
        .map((parts) => `product ${parts.join(' ')}`),
    );
  }
  const leaf = fc.oneof(...leaves);
  if (depth === 0) return leaf;
  const below = condition(names, depth - 1, products);
  const many = fc.array(below, { maxLength: 3 });
  const quantified = fc.tuple(fc.constantFrom('all', 'any'), collection).chain(([word, from]) => {
    const name = `q${depth}`;
    const inside = { ...names, elements: [...names.elements, { name, of: from.of }] };
    const where = fc.option(condition(inside, 0), { nil: undefined });
    const body = fc.array(condition(inside, depth - 1, products), { minLength: 1, maxLength: 2 });
    return fc
      .tuple(where, body)
      .map(([w, b]) => `${word} ${name} in ${from.text}${w === undefined ? '' : ` where ${w}`} { ${b.join('\n')} }`);
  });
  return fc.oneof(
    { weight: 3, arbitrary: leaf },
    { weight: 1, arbitrary: many.map((all) => `all { ${all.join('\n')} }`) },
    { weight: 1, arbitrary: many.map((all) => `any { ${all.join('\n')} }`) },
    { weight: 1, arbitrary: below.map((one) => `not all { ${one} }`) },
    { weight: 2, arbitrary: quantified },
  );
}

/** `let … in`, with a proof that looks at the element or without one. */
const lookUp = collection.chain((from) =>
  fc
    .option(condition({ texts: [], elements: [{ name: 'l', of: from.of }] }, 0), { nil: undefined, freq: 4 })
    .map((where) => ({
      of: from.of,
      text: `let l in ${from.text}${where === undefined ? '' : ` where ${where}`}`,
    })),
);

const chain = (names: Names): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(reading(names), fc.option(condition(names, 0), { nil: undefined })), { minLength: 1, maxLength: 3 })
    .map((choices) => choices.map(([one, when]) => (when === undefined ? one : `${one} when ${when}`)).join(' else '));

/** A product with one or two `each`, a location, a version and a proof. */
export function product(id: string): fc.Arbitrary<string> {
  const start = fc.tuple(fc.option(collection, { nil: undefined }), fc.option(lookUp, { nil: undefined, freq: 1 }));
  return start.chain(([from, look]) => {
    const own: Names['elements'] = from === undefined ? [] : [{ name: 'e', of: from.of }];
    const elements = look === undefined ? own : [...own, { name: 'l', of: look.of }];
    const names: Names = { texts: [], elements };
    const before: Names = { texts: [], elements: own };
    const where = from === undefined ? fc.constant(undefined) : fc.option(condition(before, 1), { nil: undefined });
    const places: Readonly<Record<string, string>> = {
      keys: 'e.Root',
      programs: 'e.location',
      files: 'e.folder',
      folders: 'e.path',
      users: 'e.profile',
    };
    const place = from === undefined ? undefined : places[from.of];
    const location = fc.oneof(chain(names), fc.constant(place === undefined ? '"C:\\P0"' : `${place} else "C:\\P1"`));
    const after: Names = { texts: ['location'], elements };
    const last: Names = { texts: ['location', 'version'], elements };
    return fc
      .record({
        where,
        location,
        version: chain(after),
        proof: fc.option(condition(last, 1), { nil: undefined }),
        on: fc.constantFrom('', '', 'on windows-10', 'on windows >= 10.0'),
        one: fc.constantFrom('', 'one per location'),
      })
      .map((of) =>
        [
          `product ${id} {`,
          of.on,
          from === undefined ? '' : `each e in ${from.text}${of.where === undefined ? '' : ` where ${of.where}`}`,
          look?.text ?? '',
          `let location = ${of.location}`,
          `let version = ${of.version}`,
          of.proof === undefined ? '' : `installed when ${of.proof}`,
          of.one,
          '}',
        ].join('\n'),
      );
  });
}

// ---------- patches

const DATES = ['2024-01-01', '2024-02-01', '2024-03-01', '2024-04-01'];

/** Patches of a product and of Windows that supersede each other, in circles as well: as a plan, and as written. */
export function patches(product: string): fc.Arbitrary<{ readonly plans: readonly Planned[]; readonly text: string }> {
  const ids = ['P0', 'P1', 'P2', 'P3', 'P4'];
  const names: Names = { texts: ['version', 'location'], elements: [] };
  const range = fc.constantFrom('', '', ' >= 1.5', ' < 2.0', ' >= 1.0 < 3.0');
  const verdict = fc.oneof(
    { weight: 5, arbitrary: condition(names, 0).map((one) => `installed when ${one}`) },
    { weight: 3, arbitrary: condition(names, 0).map((one) => `missing when ${one}`) },
    { weight: 1, arbitrary: fc.constantFrom('missing always "why"', 'note "why"') },
  );
  const one = (id: string): fc.Arbitrary<{ readonly plan: Planned; readonly text: string }> => {
    const others = fc.subarray(
      ids.filter((other) => other !== id),
      { maxLength: 2 },
    );
    const older = ids.slice(ids.indexOf(id) + 1);
    const later = fc.subarray(older, { maxLength: Math.min(2, older.length) });
    const rarely = fc.oneof({ weight: 8, arbitrary: fc.constant<string[]>([]) }, { weight: 1, arbitrary: others });
    return fc
      .record({
        released: fc.constantFrom(...DATES),
        fixes: fc.constantFrom([product], [product], ['windows'], [product, 'windows']),
        range,
        // Mostly in one direction, or all would be circles.
        supersedes: fc.oneof({ weight: 5, arbitrary: later }, { weight: 1, arbitrary: others }),
        supersededBy: rarely,
        everythingBefore: fc.oneof(
          { weight: 6, arbitrary: fc.constant(undefined) },
          { weight: 1, arbitrary: fc.constantFrom(...DATES) },
        ),
        on: fc.constantFrom('', '', '', 'on windows-10', 'on server-2019'),
        verdict,
      })
      .map(({ range: bounds, on, verdict: said, everythingBefore, ...plan }) => ({
        plan: { id, ...plan, ...(everythingBefore !== undefined && { everythingBefore }) },
        text: [
          `patch ${id} fixes ${plan.fixes.map((of) => (of === product ? `${of}${bounds}` : of)).join(', ')} {`,
          `released ${plan.released}`,
          plan.supersedes.length === 0 ? '' : `supersedes ${plan.supersedes.join(', ')}`,
          plan.supersededBy.length === 0 ? '' : `superseded by ${plan.supersededBy.join(', ')}`,
          everythingBefore === undefined ? '' : `supersedes everything before ${everythingBefore}`,
          on,
          said,
          '}',
        ].join('\n'),
      }));
  };
  return fc.tuple(...ids.map(one)).map((all) => ({
    plans: all.map(({ plan }) => plan),
    text: all.map(({ text }) => text).join('\n'),
  }));
}

/** The checks that random conditions use. */
export const CHECKS = `
check at-least(what, least) { what >= least if present }
check there(path) { any { file "\${path}" exists  key "HKLM\\SOFTWARE\\Acme" view both value "Root" = path } }
`;
