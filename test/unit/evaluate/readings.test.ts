import { describe, expect, it } from 'vitest';
import type { Observation, ObservationRequest } from '../../../server/src/model/observation.ts';
import { FactMachine, scan, verdictOf, windows, type Facts } from './machine.ts';

const UNINSTALL = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall';

/** The value a `let` named `found` ends with, as text; null where it is absent or unreadable. */
function found(lets: string, facts: Facts = {}): string | null | undefined {
  const source = `product p { ${lets} let location = found }`;
  return scan(source, facts).products[0]?.instances[0]?.path;
}

describe('let', () => {
  const facts: Facts = { keys: { 'HKLM\\SOFTWARE\\A': { Full: 'C:\\Full', Empty: '', Denied: 'x' } } };
  const value = (name: string): string => `key "HKLM\\SOFTWARE\\A" value "${name}"`;

  it('else follows what is absent or empty', () => {
    expect(found(`let found = ${value('None')} else ${value('Empty')} else ${value('Full')}`, facts)).toBe('C:\\Full');
  });

  it('what is unreadable ends the chain', () => {
    const denied = { ...facts, unreadable: ['value|HKLM\\SOFTWARE\\A|Denied'] };
    const { products } = scan(`product p { let location = ${value('Denied')} else ${value('Full')} }`, denied);
    expect(products[0]?.instances[0]).toMatchObject({
      path: null,
      reason: expect.stringContaining('access denied') as string,
    });
  });

  it('a false when goes on, an unknown one ends the chain', () => {
    const chain = `let found = "C:\\One" when ${value('Full')} = "nothing" else "C:\\Two"`;
    expect(found(chain, facts)).toBe('C:\\Two');
    expect(found(chain, { ...facts, unreadable: ['value|HKLM\\SOFTWARE\\A|Full'] })).toBeNull();
  });

  it('asks left first: what is right of an answer is never read', () => {
    const { rounds } = scan(`product p { let location = ${value('Full')} else ${value('Other')} }`, facts);
    expect(rounds.flat()).toEqual(['value|hklm\\software\\a|full']);
  });
});

describe('steps', () => {
  const uninstall = (text: string): Facts => ({ keys: { 'HKLM\\SOFTWARE\\A': { V: text } } });
  it.each([
    ['"C:\\Program Files\\X\\un.exe" /S', 'as program as folder', 'C:\\Program Files\\X'],
    ['C:\\X\\a.ico,0', 'as folder', 'C:\\X'],
    ['"%ProgramFiles%/X\\"', 'as path', 'C:\\Program Files\\X'],
    [' ', 'as path', null],
    ['C:\\X\\a.exe', 'as filename', 'a.exe'],
    ['  C:\\X ', 'as trimmed', 'C:\\X'],
    ['C:\\X', 'as lowercase', 'c:\\x'],
    ['a_b_c', 'replacing "_" with "."', 'a.b.c'],
    ['5123', 'replacing /(\\d)(\\d)(\\d)(\\d)/ with "$1.$2.$3.$4"', '5.1.2.3'],
    ['Version 4.2 final', 'matching /Version ([\\d.]+)/', '4.2'],
    ['Version 4.2 final', 'matching /\\d+/', '4'],
    ['none', 'matching /\\d+/', null],
    ['MsiExec.exe /X', 'as program as folder', null],
    ['7.x', 'as version', null],
  ])('%j %s', (text, steps, expected) => {
    expect(found(`let found = key "HKLM\\SOFTWARE\\A" value "V" ${steps}`, uninstall(text))).toBe(expected);
  });

  it('a conversion that fails is unreadable, a match that fails is absent', () => {
    const read = 'key "HKLM\\SOFTWARE\\A" value "V"';
    expect(verdictOf(`${read} as version exists`, uninstall('7.x'))).toBe('unknown');
    expect(verdictOf(`${read} as number = 7`, uninstall('seven'))).toBe('unknown');
    expect(verdictOf(`${read} matching /\\d/ exists`, uninstall('seven'))).toBe('false');
    expect(verdictOf(`${read} as program as folder exists`, uninstall('MsiExec.exe /X'))).toBe('false');
  });
});

describe('paths and views', () => {
  const both: Facts = {
    keys: {
      'HKLM\\SOFTWARE\\A': { V: '64' },
      'HKLM\\SOFTWARE\\Wow6432Node\\A': { V: '32' },
      'HKLM\\SOFTWARE\\Wow6432Node\\B': { V: '32' },
    },
    files: {
      'C:\\Windows\\System32\\a.dll': '1.0',
      'C:\\Windows\\SysWOW64\\a.dll': '2.0',
      'C:\\Program Files (x86)\\X\\x.exe': '3.0',
    },
  };
  it.each([
    ['key "HKLM\\SOFTWARE\\A" value "V" = "64"', 'true'],
    ['key "HKLM\\SOFTWARE\\A" view 32 value "V" = "32"', 'true'],
    ['key "HKLM\\SOFTWARE\\A" view both value "V" = "64"', 'true'],
    ['key "HKLM\\SOFTWARE\\B" value "V" exists', 'false'],
    ['key "HKLM\\SOFTWARE\\B" view both value "V" = "32"', 'true'],
    ['file "%System32%\\a.dll" version = 1.0', 'true'],
    ['file "%System32%\\a.dll" view 32 version = 2.0', 'true'],
    ['file "%ProgramFiles%\\X\\x.exe" view 32 version = 3.0', 'true'],
    ['file "%ProgramFiles%\\X\\x.exe" exists', 'false'],
    ['file "%ProgramFiles(x86)%\\X\\x.exe" exists', 'true'],
    ['folder "%ProgramFiles(x86)%\\X" exists', 'true'],
    ['file "%ProgramFiles(x86)%\\X" exists', 'false'],
    ['folder "%ProgramFiles(x86)%\\X\\x.exe" exists', 'false'],
    ['key "HKLM\\SAM\\SAM" exists', 'unknown'],
    ['key "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon" value "DefaultPassword" exists', 'unknown'],
  ] as const)('%s is %s', (condition, verdict) => {
    expect(verdictOf(condition, both)).toBe(verdict);
  });

  it('on 32-bit Windows view 64 is absent, and view 32 is its own', () => {
    const x86 = windows({ architecture: 'x86' });
    expect(verdictOf('key "HKLM\\SOFTWARE\\A" view 64 value "V" exists', both, x86)).toBe('false');
    expect(verdictOf('key "HKLM\\SOFTWARE\\A" view 32 value "V" = "64"', both, x86)).toBe('true');
    expect(verdictOf('file "%System32%\\a.dll" view 32 version = 1.0', both, x86)).toBe('true');
  });

  it.each(['\\\\server\\share', 'C:\\X\\..\\Y', 'C:\\X:stream', '\\\\.\\C:'])(
    'a path of the target that leads off its drives is refused before anything is asked of it: %s',
    (path) => {
      const read = 'file "${dir}\\x.exe" version';
      const source = `patch P fixes windows { let dir = key "HKLM\\SOFTWARE\\A" value "V" installed when ${read} >= 1.0 }`;
      const scanned = scan(source, { keys: { 'HKLM\\SOFTWARE\\A': { V: path } } });
      expect(scanned.rounds.flat()).toEqual(['value|hklm\\software\\a|v']);
      expect(scanned.patches[0]).toMatchObject({ status: 'unknown' });
    },
  );

  const tree: Facts = {
    files: {
      'C:\\T\\x.dll': '1.0',
      'C:\\T\\a\\x.dll': '2.0',
      'C:\\T\\a\\b\\c\\X.DLL': '3.0',
      'C:\\T\\a\\b\\c\\y.dll': '9.0',
    },
  };
  it.each([
    ['files "C:\\T\\**\\x.dll"', ['C:\\T\\x.dll', 'C:\\T\\a\\x.dll', 'C:\\T\\a\\b\\c\\X.DLL']],
    ['files "C:\\**\\b\\**\\*.dll"', ['C:\\T\\a\\b\\c\\X.DLL', 'C:\\T\\a\\b\\c\\y.dll']],
    ['files "C:\\T\\a\\**\\**\\c\\y.dll"', ['C:\\T\\a\\b\\c\\y.dll']],
    ['files "C:\\T\\a\\b\\**"', ['C:\\T\\a\\b\\c\\X.DLL', 'C:\\T\\a\\b\\c\\y.dll']],
    ['folders "C:\\T\\**\\b"', ['C:\\T\\a\\b']],
    ['files "C:\\T\\x**\\x.dll"', []],
    ['files "C:\\Gone\\**\\x.dll"', []],
  ])('`**` stands for any number of folders: %s', (from, paths) => {
    const { products } = scan(`product p { each f in ${from} let location = f.path }`, tree);
    expect((products[0]?.instances ?? []).map(({ path }) => path)).toEqual(paths);
  });

  it('`**` does not follow links, and stops at a number of folders below each other', () => {
    const folder = (name: string, more: object = {}): object => ({
      ...{ name, folder: true, size: 0, modified: '2026-01-01T00:00:00Z' },
      ...more,
    });
    const asked: string[] = [];
    class Circle extends FactMachine {
      override observe(request: ObservationRequest): Observation {
        if (request.kind !== 'entries') return super.observe(request);
        asked.push(request.path);
        const entries = [folder('deeper'), folder('link', { link: true })];
        return { state: 'present', value: entries };
      }
    }
    const { products } = scan('product p { each f in files "C:\\T\\**\\x.dll" }', new Circle({}));
    expect(asked.some((path) => path.includes('link'))).toBe(false);
    expect(asked).toHaveLength(32);
    expect(products[0]?.instances).toMatchObject([
      { state: 'unknown', reason: expect.stringContaining('32 folders below each other') as string },
    ]);
  });

  it('a doubled wildcard is the character itself', () => {
    const facts: Facts = {
      keys: { 'HKLM\\SOFTWARE\\Classes\\*': { V: 'star' }, 'HKLM\\SOFTWARE\\Classes\\txt': { V: 'no' } },
    };
    expect(verdictOf('key "HKCR\\**" value "V" = "star"', facts)).toBe('true');
  });

  it('a key below an element is read in the view where the element was found', () => {
    const facts: Facts = {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Acme\\One': {},
        'HKLM\\SOFTWARE\\Wow6432Node\\Acme\\One\\Sub': { V: '3.0' },
      },
    };
    const source =
      'product p { each k in keys "HKLM\\SOFTWARE\\Acme\\*" view both let version = key "${k.path}\\Sub" value "V" }';
    expect(scan(source, facts).products[0]?.instances[0]).toMatchObject({ version: '3.0', architecture: 'x86' });
  });
});

describe('users', () => {
  const SID = 'S-1-5-21-1-2-3-1001';
  const AWAY = 'S-1-5-21-1-2-3-1002';
  const PROFILES = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList';
  const home: Facts = {
    keys: {
      [`HKU\\${SID}\\Software\\A`]: { V: 'mine' },
      [`HKU\\${SID}_Classes`]: {},
      'HKU\\S-1-5-18\\Software\\A': { V: 'system' },
      [`${PROFILES}\\${SID}`]: { ProfileImagePath: 'C:\\Users\\ann' },
    },
    files: { 'C:\\Users\\ann\\AppData\\Local\\A\\a.exe': '1.2.3' },
  };
  const withAway: Facts = {
    ...home,
    keys: { ...home.keys, [`${PROFILES}\\${AWAY}`]: { ProfileImagePath: 'C:\\Users\\bo' } },
  };

  it('HKCU in a reading is the first user that has it', () => {
    expect(verdictOf('key "HKCU\\Software\\A" value "V" = "mine"', home)).toBe('true');
    expect(verdictOf('key "HKCU\\Software\\A" value "W" exists', home)).toBe('false');
  });

  it('a user whose hive is not loaded is unknown, never absent', () => {
    expect(verdictOf('key "HKCU\\Software\\A" value "V" = "mine"', withAway)).toBe('true');
    expect(verdictOf('key "HKCU\\Software\\A" value "W" exists', withAway)).toBe('unknown');
    expect(verdictOf('any k in keys "HKCU\\Software\\A" { k value "V" = "other" }', withAway)).toBe('unknown');
    expect(verdictOf(`key "HKU\\${AWAY}\\Software\\A" exists`, withAway)).toBe('unknown');
    expect(verdictOf('any u in users { key "HKU\\${u.sid}\\Software\\B" exists }', withAway)).toBe('unknown');
  });

  it('HKCU in each is one element a user', () => {
    const source = 'product p { each k in keys "HKCU\\Software\\A" let location = k.user }';
    expect(scan(source, home).products[0]?.instances.map((one) => [one.state, one.path])).toEqual([['installed', SID]]);
    expect(scan(source, withAway).products[0]?.instances.map((one) => one.state)).toEqual(['installed', 'unknown']);
  });

  it('files of every user are found by profile, logged on or not', () => {
    const source =
      'product p { each u in users each f in files "${u.profile}\\AppData\\Local\\A\\a.exe" let version = f.version let location = f.folder }';
    const { products } = scan(source, withAway);
    expect(products[0]?.instances).toMatchObject([{ version: '1.2.3', path: 'C:\\Users\\ann\\AppData\\Local\\A' }]);
  });

  it('programs of a user who is not logged on are said of the product, not as an instance', () => {
    const facts: Facts = { keys: { ...withAway.keys, [`${UNINSTALL}\\A`]: { DisplayName: 'A' } } };
    const { products } = scan(
      'product p { each app in programs where app.name = "A" let location = app.location }',
      facts,
    );
    expect(products[0]?.instances.map((one) => one.state)).toEqual(['installed']);
    expect(products[0]?.incomplete).toContain(AWAY);
  });
});

describe('msi and hotfix', () => {
  const INSTALLER = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Installer';
  const CODE = '{23170F69-40C1-2702-2107-000001000000}';
  const PACKED = '96F071321C0420721270000010000000';
  const UPGRADE = '{23170F69-40C1-2702-0000-000004000000}';
  const products: Facts = {
    keys: {
      [`${INSTALLER}\\UserData\\S-1-5-21-9\\Products\\${PACKED}\\InstallProperties`]: {
        DisplayVersion: '21.07.00.0',
        DisplayName: '7-Zip',
      },
      [`${INSTALLER}\\UpgradeCodes\\96F071321C0420720000000040000000`]: { [PACKED]: '' },
    },
  };
  it.each([
    [`msi ${CODE} is installed`, 'true'],
    [`msi ${CODE} is not installed`, 'false'],
    [`msi ${CODE} version >= 21.7`, 'true'],
    [`msi ${CODE} name = "7-zip"`, 'true'],
    [`msi upgrade-code ${UPGRADE} version >= 21.8`, 'false'],
    [`msi upgrade-code ${UPGRADE} is installed`, 'true'],
    ['msi {00000000-0000-0000-0000-000000000000} is installed', 'false'],
  ] as const)('%s is %s', (condition, verdict) => {
    expect(verdictOf(condition, products)).toBe(verdict);
  });

  const CBS = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages';
  const hotfixes: Facts = {
    keys: {
      [`${CBS}\\Package_for_KB5000001~31bf3856ad364e35~amd64~~10.0.1.0`]: { CurrentState: 0x70 },
      [`${CBS}\\Package_1_for_KB5000002~31bf3856ad364e35~amd64~~10.0.1.0`]: { CurrentState: 0x50 },
      [`${CBS}\\Package_2_for_KB5000003~31bf3856ad364e35~amd64~~10.0.1.0`]: { CurrentState: 0x20 },
      [`${CBS}\\Package_3_for_KB5000003~31bf3856ad364e35~amd64~~10.0.1.0`]: { CurrentState: 112 },
      'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Hotfix\\KB900004': { Installed: 1 },
    },
  };
  it.each([
    ['hotfix KB5000001 is installed', 'true'],
    ['hotfix KB5000002 is installed', 'false'],
    ['hotfix KB5000002 is not installed', 'true'],
    ['hotfix KB5000003 is installed', 'true'],
    ['hotfix KB900004 is installed', 'true'],
    ['hotfix KB500000 is installed', 'false'],
  ] as const)('%s is %s: only installed states count', (condition, verdict) => {
    expect(verdictOf(condition, hotfixes)).toBe(verdict);
  });

  it('packages that cannot be listed leave a hotfix unknown', () => {
    const denied = { ...hotfixes, unreadable: [`subkeys|${CBS}`] };
    expect(verdictOf('hotfix KB5000002 is installed', denied)).toBe('unknown');
  });
});

describe('services', () => {
  const facts: Facts = {
    services: {
      Backup: { state: 'stopped', start: { state: 'present', value: 'disabled' } },
      Spooler: { start: { state: 'unreadable', reason: 'access denied' } },
    },
  };
  it.each([
    ['service "backup" exists', 'true'],
    ['service "Nope" exists', 'false'],
    ['service "Backup" is running', 'false'],
    ['service "Backup" is stopped', 'true'],
    ['service "Backup" start is not disabled', 'false'],
    ['service "Nope" start is not disabled', 'true'],
    ['service "Spooler" is running', 'true'],
    ['service "Spooler" start is disabled', 'unknown'],
    ['service "Backup" account = "LocalSystem"', 'true'],
    ['any s in services where s.name starts with "back" { s.state is stopped }', 'true'],
    ['any s in services where s.display-name = "Spooler" { s.start is disabled }', 'unknown'],
  ] as const)('%s is %s', (condition, verdict) => {
    expect(verdictOf(condition, facts)).toBe(verdict);
  });
});
