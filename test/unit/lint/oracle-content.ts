/** Random content for the oracles: checks of all that rules look at, right and wrong, in any combination. */
import fc from 'fast-check';

/** A condition that stands by itself, and the words that it is made of. */
export interface Asked {
  readonly text: string;
  readonly thing: 'key' | 'file' | 'service' | 'msi' | 'windows';
  /** As it stands between the quotes. */
  readonly path: string;
  readonly view: '' | ' view 32' | ' view 64' | ' view both';
  /** What stands behind the thing. */
  readonly test: string;
}

const views = fc.constantFrom<Asked['view']>('', '', ' view 32', ' view 64', ' view both');
const GUID = '{23170F69-40C1-2701-1900-000001000000}';
export const UNINSTALL = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall';

const keyPath = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('HKLM', 'HKEY_LOCAL_MACHINE', 'HKCU', 'HKLM'),
      fc.constantFrom(
        ...['SOFTWARE\\Acme', 'SOFTWARE\\Wow6432Node\\Acme', 'SOFTWARE\\\\Acme', 'SOFTWARE\\Acme ', 'SYSTEM\\Acme'],
        ...['SOFTWARE\\ Acme', 'SOFTWARE\\Policies\\Acme', 'software\\acme\\x', `${UNINSTALL}\\Acme`],
        ...[`${UNINSTALL}\\${GUID}`, `${UNINSTALL}\\${GUID.slice(0, -3)}}`, `${UNINSTALL}\\${GUID}_is1`],
      ),
    )
    .map(([hive, path]) => `${hive}\\${path}`),
  fc
    .constantFrom('S-1-5-18', 'S-1-5-18x', 'S-1-5-21-1-2-3-1001', 'S-1-', '.DEFAULT', 'S-2-5-18')
    .map((sid) => `HKU\\${sid}\\Software\\Acme`),
);

const VALUE_TESTS = [
  ...['exists', 'is absent', '= "x"', '!= "x"', '!= 1 if present', '>= "9.0"', '< "10"', '>= 9.0', 'as number >= 5'],
  ...['as number >= 5.0.1', 'as version >= "abc"', '= 1', '<= "9.5"', '> "a"', 'starts with "1"'],
];

const key: fc.Arbitrary<Asked> = fc
  .tuple(keyPath, views, fc.constantFrom('Mode', 'Version', 'Mode ', ''), fc.constantFrom(...VALUE_TESTS), fc.boolean())
  .map(([path, view, name, test, alone]) => {
    const behind = alone ? ' exists' : ` value "${name}" ${test}`;
    return { thing: 'key', path, view, test: behind, text: `key "${path}"${view}${behind}` };
  });

const FILE_TESTS = [
  ...['exists', 'version >= 1.2.3', 'version = 24.07', 'version >= 1.2.3.4.5', 'version != 2.0', 'version = "abc"'],
  ...['version >= 3.0 < 2.0', 'version > 2.0 < 2.0', 'version >= 2.0 <= 2.0', 'size > 5 < 6', 'size >= 5.0.1'],
  ...['size = 2024-01-01', 'size is one of 1.2.3, 5', 'modified >= 2024-02-01 < 2024-01-01', 'modified = "soon"'],
  ...[
    'size >= 1KB',
    'version reaches { 4.0.2  3.0.7 }',
    'version reaches { 3.0.7  4.0.2 }',
    'version reaches { 3.0.7  3.0.7 }',
  ],
  ...['version reaches { 3.01.2 }', 'company = "Acme"', 'company != "Acme"', 'company >= "b"', 'size > 5 <= 6'],
];

const file: fc.Arbitrary<Asked> = fc
  .tuple(
    fc.constantFrom(
      ...['%ProgramFiles%', '%ProgramFile%', '%windir%', 'C:\\Program Files', 'C:\\Windows', 'C:', 'D:\\Apps'],
      ...['%SystemDrive%\\Program Files (x86)', '%ACME_HOME%', '%ProgramFiles(x86)%', '%Systm32%'],
    ),
    fc.constantFrom('\\', '\\', '\\\\', '', '\\ '),
    fc.constantFrom('acme.exe', 'Acme\\acme.exe', 'Acme\\\\acme.exe', 'acme.exe '),
    fc.constantFrom(...FILE_TESTS),
  )
  .filter(([folder, between]) => between !== '' || folder.endsWith('%'))
  .map(([folder, between, name, test]) => {
    const path = `${folder}${between}${name}`;
    return { thing: 'file', path, view: '', test: ` ${test}`, text: `file "${path}" ${test}` };
  });

const service: fc.Arbitrary<Asked> = fc
  .tuple(fc.constantFrom('Spooler', 'Spooler ', ' S'), fc.constantFrom('is running', 'exists', 'start != "disabled"'))
  .map(([path, test]) => ({ thing: 'service', path, view: '', test: ` ${test}`, text: `service "${path}" ${test}` }));

const windows: fc.Arbitrary<Asked> = fc
  .constantFrom(
    ...['windows.build >= 19045', 'windows.build = 10.0.1', 'windows.version >= 10.0.19045', 'windows.build > 5 < 6'],
    ...['windows.version >= 10.00', 'windows.role is server', 'windows.bits = "x"'],
  )
  .map((text) => ({ thing: 'windows', path: '', view: '', test: text, text }));

export const asked: fc.Arbitrary<Asked> = fc.oneof(
  { weight: 4, arbitrary: key },
  { weight: 4, arbitrary: file },
  { weight: 1, arbitrary: service },
  { weight: 1, arbitrary: windows },
);

/** The rules that have an oracle for single conditions. */
export const OF_CONDITIONS: readonly string[] = [
  ...['absent-not-equal', 'absolute-path', 'contradictory-condition', 'default-view', 'doubled-separator'],
  ...['empty-range', 'first-user', 'long-hive', 'malformed-guid', 'malformed-sid', 'missing-separator'],
  ...[
    'reaches-order',
    'stray-blank',
    'text-order',
    'type-mismatch',
    'unknown-folder',
    'version-literal',
    'wow6432node',
  ],
];
