/** Every word of the check vocabulary in a condition that holds, and the machine on which it does: for unit tests and the live lab. */
import type { Facts } from './machine.ts';

const X = 'HKLM\\SOFTWARE\\X';
const INSTALLER = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Installer';
// {23170F69-40C1-2702-2407-000001000000} and {12345678-9ABC-DEF0-1122-334455667788}, packed.
const [PRODUCT, UPGRADE] = ['96F071321C0420724270000010000000', '87654321CBA90FED1122334455667788'];
const CBS = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages';
/** The one user, whose hive is loaded. */
export const USER = 'S-1-5-21-1-2-3-1001';
const UNINSTALL = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall';
const HOTFIX = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Hotfix';

/** SHA-256 of the file of the facts; a real machine's is its own. */
export const FACT_SHA256 = 'ab'.repeat(32);

export const FACTS: Facts & Required<Pick<Facts, 'keys' | 'services'>> = {
  keys: {
    [X]: {
      Text: 'Hello World',
      Expand: { type: 'REG_EXPAND_SZ', data: '%ProgramFiles%\\X' },
      Link: { type: 'REG_LINK', data: '\\Registry\\Machine\\Y' },
      Dword: 42,
      Big: { type: 'REG_DWORD_BIG_ENDIAN', data: '7' },
      Qword: { type: 'REG_QWORD', data: '18446744073709551615' },
      List: ['alpha', 'beta', '2.10'],
      Binary: { type: 'REG_BINARY', data: 'deadbeef00' },
      None: { type: 'REG_NONE', data: '' },
      Resource: { type: 'REG_RESOURCE_LIST', data: '01ff' },
      Version: '2.10.0',
      Date: '20250113',
    },
    'HKLM\\SOFTWARE\\Wow6432Node\\X': { Text: 'thirty-two' },
    [`HKU\\${USER}\\Software\\X`]: { Text: 'of a user' },
    [`${INSTALLER}\\UserData\\S-1-5-18\\Products\\${PRODUCT}\\InstallProperties`]: {
      DisplayVersion: '24.07.00.0',
      DisplayName: '7-Zip 24.07 (x64 edition)',
      InstallLocation: 'C:\\Program Files\\7-Zip\\',
    },
    [`${INSTALLER}\\UpgradeCodes\\${UPGRADE}`]: { [PRODUCT]: '' },
    [`${CBS}\\Package_for_KB5034441~31bf3856ad364e35~amd64~~1.0`]: { CurrentState: 112 },
    [`${CBS}\\Package_for_KB5034442~31bf3856ad364e35~amd64~~1.0`]: { CurrentState: 64 },
    [`${HOTFIX}\\KB911564`]: { Installed: 1 },
    [`HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\${USER}`]: {
      ProfileImagePath: 'C:\\Users\\ann',
    },
    [`${UNINSTALL}\\X`]: {
      DisplayName: 'X for all',
      DisplayVersion: '2.10.0',
      Publisher: 'Contoso Ltd.',
      InstallLocation: 'C:\\X\\',
      UninstallString: '"C:\\X\\un.exe" /S',
    },
    'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\X': { DisplayName: 'X in 32 bits' },
    [`HKU\\${USER}\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\X`]: { DisplayName: 'X for one' },
  },
  files: {
    'C:\\X\\x.exe': {
      fileVersion: '2.10.0.5',
      productVersion: '2.10 beta',
      company: 'Contoso Ltd.',
      product: 'X for Windows',
      originalName: 'X.EXE',
      language: 'de-DE',
      arch: 'x64',
      size: 3_145_728,
      modified: '2025-12-01T00:00:00Z',
      sha256: FACT_SHA256,
    },
    'C:\\X\\x.ini': { text: '[x]\r\nchannel=beta\r\n' },
    'C:\\X\\plug\\a.dll': { fileVersion: '1.0.0.0' },
    'C:\\X\\plug\\b.dll': { fileVersion: '3.0.0.0' },
  },
  services: {
    Agent: {
      displayName: 'The Agent',
      state: 'running',
      start: { state: 'present', value: 'disabled' },
      account: { state: 'present', value: 'NT AUTHORITY\\LocalService' },
      path: { state: 'present', value: '"C:\\X\\x.exe" -service' },
    },
  },
};

const CHECKS =
  'check least(path, lowest) { file "${path}" version >= lowest if present }\nproduct x { let version = file "C:\\X\\x.exe" version installed when version exists }';

const value = (name: string): string => `key "${X}" value "${name}"`;
/** Conditions that hold, by kind. */
export const holds = (sha256: string): Readonly<Record<string, readonly string[]>> => ({
  'registry texts': [
    `${value('Text')} = "hello world"`,
    `${value('Text')} contains "LO WO"`,
    `${value('Text')} starts with "hell"`,
    `${value('Text')} ends with "world"`,
    `${value('Text')} like "h*o w?rld"`,
    `${value('Text')} matches /^Hello/`,
    `not ${value('Text')} matches /^hello/`,
    `${value('Expand')} contains "Program"`,
    `${value('Link')} starts with "\\Registry"`,
    `${value('Version')} >= 2.9`,
    `${value('Date')} < 2026-01-01`,
    `${value('Date')} as date older than 30d`,
  ],
  'registry numbers': [
    `${value('Dword')} = 42`,
    `${value('Dword')} = 0x2A`,
    `${value('Dword')} > 9`,
    `${value('Big')} = 7`,
    `${value('Qword')} = 18446744073709551615`,
    `${value('Qword')} > 18446744073709551614`,
  ],
  'registry lists': [
    `${value('List')} any = "beta"`,
    `${value('List')} = "BETA"`,
    `not ${value('List')} all = "beta"`,
    `${value('List')} all like "*a*" or ${value('List')} any = 2.10`,
  ],
  'registry binary data': [
    `${value('Binary')} = "DEADBEEF00"`,
    `${value('Binary')} contains "beef"`,
    `${value('None')} exists`,
    `${value('Resource')} starts with "01"`,
  ],
  'registry keys, views and users': [
    `key "${X}" exists`,
    `key "HKLM\\SOFTWARE\\Gone" is absent`,
    `key "${X}" view 32 value "Text" = "thirty-two"`,
    `key "HKLM\\SOFTWARE\\Gone" view both is absent`,
    `key "HKCU\\Software\\X" value "Text" = "of a user"`,
    `any v in values "${X}" where v.name = "Dword" { v.data = 42 }`,
  ],
  services: [
    'service "Agent" exists',
    'service "Gone" is absent',
    'service "Agent" is running',
    'service "Agent" start is disabled',
    'service "Agent" account ends with "LocalService"',
    'service "Agent" path as program = "C:\\X\\x.exe"',
    'service "Agent" display-name = "The Agent"',
    'any s in services where s.name = "Agent" { check least("C:\\X\\x.exe", 2.0) }',
  ],
  'files and folders': [
    'file "C:\\X\\x.exe" exists',
    'any f in files "C:\\X\\**\\b.dll" { f.version >= 3.0 }',
    'folder "C:\\X\\plug" exists',
    'folder "C:\\X\\plug" modified newer than 3650d',
    'file "C:\\X\\x.exe" version >= 2.9 < 3.0',
    'file "C:\\X\\x.exe" product-version = "2.10 beta"',
    'file "C:\\X\\x.exe" size = 3MB',
    'file "C:\\X\\x.exe" modified >= 2025-12-01',
    'file "C:\\X\\x.exe" modified older than 7d',
    `file "C:\\X\\x.exe" sha256 = "${sha256.toUpperCase()}"`,
    'file "C:\\X\\x.exe" arch is x64',
    'file "C:\\X\\x.exe" company starts with "Contoso"',
    'file "C:\\X\\x.exe" product contains "windows"',
    'file "C:\\X\\x.exe" original-name = "x.exe"',
    'file "C:\\X\\x.exe" language = "de-DE"',
    'file "C:\\X\\x.ini" text contains "beta"',
    'file "C:\\X\\x.ini" text matching /channel=(\\w+)/ = "beta"',
    'any f in files "C:\\X\\*\\?.dll" { f.version >= 3.0 }',
    'not all f in files "C:\\X\\*\\?.dll" { f.version >= 3.0 }',
  ],
  'the operating system': [
    'windows.version >= 10.0.19045',
    'windows.build = 19045',
    'windows.revision = 3570',
    'windows.service-pack = 0',
    'windows.edition is pro',
    'windows.role is workstation',
    'windows.arch is x64',
    'windows.bits = 64',
    'windows.language = "en-US"',
    'windows.installation is client',
    'on windows-10-22h2',
  ],
  'Windows Installer': [
    'msi {23170F69-40C1-2702-2407-000001000000} is installed',
    'msi {23170F69-40C1-2702-2407-000001000000} version >= 24.7',
    'msi {23170F69-40C1-2702-2407-000001000000} name contains "7-Zip"',
    'msi upgrade-code {12345678-9ABC-DEF0-1122-334455667788} version = 24.7',
    'msi {00000000-0000-0000-0000-000000000001} is absent',
  ],
  hotfixes: [
    'hotfix KB5034441 is installed',
    'hotfix KB5034442 is not installed',
    'hotfix KB911564 is installed',
    'hotfix KB5000000 is not installed',
  ],
  'Uninstall entries and users': [
    'any p in programs where p.name = "X for all" { p.version >= 2.9 }',
    'any p in programs where p.name = "X for all" { p.location as path = "C:\\X"  p.publisher contains "Contoso" }',
    'any p in programs where p.name = "X for all" { p.uninstall as program as filename = "un.exe" }',
    'any p in programs where p.name = "X in 32 bits" { p.view = "32" }',
    `any p in programs where p.name = "X for one" { p.user = "${USER}" }`,
    'any p in programs view 32 { p.name = "X in 32 bits" }',
    `any u in users where u.sid = "${USER}" { u.profile starts with "C:\\Users\\" }`,
    'any k in keys "HKCU\\Software\\*" where k.name = "X" { k value "Text" contains "user" }',
  ],
  'products and named checks': [
    'product x >= 2.0 < 3.0',
    'product x is installed',
    'check least("C:\\X\\x.exe", 2.9)',
    'check least("C:\\Gone\\x.exe", 2.9)',
    'not check least("C:\\X\\x.exe", 2.11)',
  ],
});

/** All of it as content: each condition is that of a patch `P0`, `P1` …, in the order of the kinds. */
export const contentOf = (conditions: readonly string[]): string =>
  [
    CHECKS,
    ...conditions.map((condition, i) => `patch P${i} fixes windows { installed when ${condition} }`),
    'patch UNDECIDED fixes windows { note "only a person can say" }',
    'patch ALWAYS fixes windows { missing always "an inventory" }',
  ].join('\n');
