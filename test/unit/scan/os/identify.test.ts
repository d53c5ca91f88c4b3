import { describe, expect, it } from 'vitest';
import type { ObservationRequest, RegistryValue } from '../../../../server/src/model/observation.ts';
import { Known } from '../../../../server/src/scan/known.ts';
import { disagreements } from '../../../../server/src/scan/os/builds.ts';
import { identify, type Identification } from '../../../../server/src/scan/os/identify.ts';
import { editionOf, languageOf } from '../../../../server/src/scan/os/words.ts';

const NT = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const CONTROL = 'SYSTEM\\CurrentControlSet\\Control';

const BASE: Readonly<Record<string, string | number | undefined>> = {
  [`${NT}|CurrentVersion`]: '6.3',
  [`${NT}|CurrentMajorVersionNumber`]: 10,
  [`${NT}|CurrentMinorVersionNumber`]: 0,
  [`${NT}|CurrentBuildNumber`]: '19045',
  [`${NT}|CurrentBuild`]: '19045',
  [`${NT}|UBR`]: 3570,
  [`${NT}|DisplayVersion`]: '22H2',
  [`${NT}|EditionID`]: 'Professional',
  [`${NT}|InstallationType`]: 'Client',
  [`${NT}|SystemRoot`]: 'C:\\Windows',
  [`${NT}\\ProfileList|ProgramData`]: '%SystemDrive%\\ProgramData',
  [`${CONTROL}\\ProductOptions|ProductType`]: 'WinNT',
  [`${CONTROL}\\Nls\\Language|InstallLanguage`]: '0407',
  [`${CONTROL}\\Session Manager\\Environment|PROCESSOR_ARCHITECTURE`]: 'AMD64',
  [`${CONTROL}\\Session Manager\\Environment|oracle_home`]: '%ProgramFiles%\\Oracle',
  [`${CONTROL}\\ComputerName\\ComputerName|ComputerName`]: 'WS01',
  'SOFTWARE\\Microsoft\\Windows\\CurrentVersion|ProgramFilesDir': 'C:\\Program Files',
};

const asValue = (data: string | number): RegistryValue =>
  typeof data === 'number' ? { type: 'REG_DWORD', data: String(data) } : { type: 'REG_SZ', data };

interface Answers {
  readonly kernel?: string;
  readonly ntoskrnl?: string;
  readonly unreadable?: string;
  readonly languages?: readonly string[] | undefined;
}

/** Answers as a machine would whose registry is `BASE` with changes; `unreadable` values are denied. */
function identifyWith(
  changes: typeof BASE,
  { kernel = '10.0.19041.3570', ntoskrnl = kernel, unreadable = '', languages = undefined }: Answers = {},
): Identification {
  const registry = new Map(Object.entries({ ...BASE, ...changes }).map(([name, data]) => [name.toLowerCase(), data]));
  const known = new Known();
  const answer = (request: ObservationRequest): void => {
    if (request.kind === 'version' && kernel === '') {
      known.set(request, { state: 'unreadable', reason: 'access denied' });
      return;
    }
    if (request.kind === 'version') {
      known.set(request, {
        state: 'present',
        value: { fileVersion: request.path.endsWith('ntoskrnl.exe') ? ntoskrnl : kernel, arch: 'x64' },
      });
      return;
    }
    if (request.kind === 'subkeys') {
      known.set(request, languages ? { state: 'present', value: languages } : { state: 'absent' });
      return;
    }
    if (request.kind !== 'value') throw new Error(`step 4 asked for ${request.kind}`);
    const id = `${request.path}|${request.name}`.toLowerCase();
    const data = registry.get(id);
    if (request.name === unreadable) known.set(request, { state: 'unreadable', reason: 'access denied', raw: 'E (5)' });
    else known.set(request, data === undefined ? { state: 'absent' } : { state: 'present', value: asValue(data) });
  };
  for (let round = 0; round < 5; round++) {
    const outcome = identify(known, new Set(['oracle_home', 'windir']));
    if (outcome.done) return outcome.value;
    outcome.needed.forEach(answer);
  }
  throw new Error('step 4 does not end');
}

function identified(...args: Parameters<typeof identifyWith>) {
  const found = identifyWith(...args);
  if (!found.ok) throw new Error(found.reason);
  return found.value;
}

describe('identification', () => {
  it('names Windows 10 with everything that is known of it', () => {
    expect(identified({}).os).toEqual({
      name: 'Windows 10 22H2',
      names: ['windows', 'windows-10', 'windows-10-22h2'],
      version: '10.0.19045.3570',
      build: 19045,
      ubr: 3570,
      release: '22H2',
      servicePack: 0,
      edition: 'pro',
      role: 'workstation',
      architecture: 'x64',
      language: 'de-DE',
      languages: ['de-DE'],
      installation: 'client',
    });
  });

  it('takes the build and the role for Windows 11 and servers, never ProductName', () => {
    const build = (number: string) => ({ [`${NT}|CurrentBuildNumber`]: number, [`${NT}|CurrentBuild`]: number });
    expect(identified({ ...build('26100'), [`${NT}|ProductName`]: 'Windows 10 Pro' }).os.name).toBe('Windows 11 24H2');
    const server = { ...build('17763'), [`${CONTROL}\\ProductOptions|ProductType`]: 'LanmanNT' };
    expect(identified(server).os).toMatchObject({ name: 'Windows Server 2019', role: 'domain-controller' });
  });

  it('reads version and service pack of a Windows before 10, whose revision is 0', () => {
    const seven = {
      [`${NT}|CurrentVersion`]: '6.1',
      [`${NT}|CurrentMajorVersionNumber`]: undefined,
      [`${NT}|CurrentMinorVersionNumber`]: undefined,
      [`${NT}|CurrentBuildNumber`]: '7601',
      [`${NT}|CSDVersion`]: 'Service Pack 1',
      [`${NT}|UBR`]: 24540,
    };
    expect(identified(seven, { kernel: '6.1.7601.24540' })).toMatchObject({
      os: { name: 'Windows 7 Service Pack 1', version: '6.1.7601.0', servicePack: 1 },
    });
    const packed = { ...seven, [`${NT}|CSDVersion`]: undefined, [`${CONTROL}\\Windows|CSDVersion`]: 0x100 };
    expect(identified(packed).os.servicePack).toBe(1);
  });

  it('expands variables in variables, and takes only those that content names from the environment', () => {
    const { variables } = identified({});
    expect(variables.get('programdata')).toBe('C:\\ProgramData');
    expect(variables.get('oracle_home')).toBe('C:\\Program Files\\Oracle');
    expect(variables.get('windir')).toBe('C:\\Windows');
    expect([...variables.keys()]).not.toContain('processor_architecture');
  });

  it('takes the architecture of the kernel where the environment does not tell', () => {
    const silent = { [`${CONTROL}\\Session Manager\\Environment|PROCESSOR_ARCHITECTURE`]: undefined };
    expect(identified(silent).os.architecture).toBe('x64');
  });

  it('tells every language that Windows can be shown in, and takes no name that is none', () => {
    const languages = ['en-US', 'de-DE', '..\\evil', 'sr-Latn-RS'];
    expect(identified({}, { languages }).os.languages).toEqual(['de-DE', 'en-US', 'sr-Latn-RS']);
  });

  it('warns when one system file alone is of another build', () => {
    const { warning } = identified({}, { ntoskrnl: '10.0.17763.1' });
    expect(warning).toContain('10.0.17763.1 (C:\\Windows\\System32\\ntoskrnl.exe)');
    expect(warning).not.toContain('kernel32');
  });

  it('warns when the registry says two service packs', () => {
    const vista = {
      [`${NT}|CurrentVersion`]: '6.0',
      [`${NT}|CurrentMajorVersionNumber`]: undefined,
      [`${NT}|CurrentBuildNumber`]: '6002',
      [`${NT}|CSDVersion`]: 'Service Pack 2',
      [`${CONTROL}\\Windows|CSDVersion`]: 0x100,
    };
    const { warning } = identified(vista, { kernel: '6.0.6002.18005' });
    expect(warning).toBe('the registry says Service Pack 2 in one place and 1 in another');
  });

  it('claims nothing of files that it could not read', () => {
    expect(identified({}, { kernel: '' }).warning).toBeUndefined();
  });

  it('warns when registry and system files speak of different builds', () => {
    expect(identified({}, { kernel: '10.0.17763.1' }).warning).toContain('10.0.17763.1');
    expect(identified({}).warning).toBeUndefined();
  });

  it.each(['CurrentBuildNumber', 'ProductType', 'SystemRoot'])('says what it could not read of %s', (name) => {
    const alone = name === 'CurrentBuildNumber' ? { [`${NT}|CurrentBuild`]: undefined } : {};
    expect(identifyWith(alone, { unreadable: name })).toMatchObject({ ok: false, because: 'unreadable', raw: 'E (5)' });
  });

  it('does not guess when a value makes no sense', () => {
    const nonsense = { [`${NT}|CurrentBuildNumber`]: 'many', [`${NT}|CurrentBuild`]: '1.511.1 () (Obsolete data)' };
    expect(identifyWith(nonsense)).toMatchObject({ ok: false, because: 'not told' });
    expect(identifyWith({ [`${NT}|SystemRoot`]: '\\\\elsewhere\\c$' })).toMatchObject({ ok: false });
    expect(identifyWith({ [`${CONTROL}\\ProductOptions|ProductType`]: 'Toaster' })).toMatchObject({ ok: false });
  });
});

describe('words of the registry', () => {
  it.each([
    ['Core', 'home'],
    ['CoreSingleLanguage', 'home'],
    ['ProfessionalN', 'pro'],
    ['EnterpriseS', 'ltsc'],
    ['Enterprise', 'enterprise'],
    ['IoTEnterpriseS', 'iot'],
    ['ServerDatacenterCore', 'datacenter'],
    ['ServerStandardEval', 'standard'],
    ['Toaster', 'toaster'],
  ])('call the edition %s %s', (id, edition) => {
    expect(editionOf(id)).toBe(edition);
  });

  it('give a language a tag where it has one', () => {
    expect(languageOf('0409')).toBe('en-US');
    expect(languageOf('0fff')).toBe('0x0fff');
    expect(languageOf('english')).toBeNull();
  });
});

describe('builds', () => {
  const says = (version: string, file: string, servicePack = 0) =>
    disagreements({ version, servicePack }, [{ path: 'kernel32.dll', version: file }]);

  it('accept the files that an enablement package leaves as they are, and no others', () => {
    expect(says('10.0.22631.1', '10.0.22621.9')).toEqual([]);
    expect(says('10.0.26200.1', '10.0.26100.9')).toEqual([]);
    expect(says('10.0.17763.1', '10.0.17763.9')).toEqual([]);
    expect(says('10.0.22621.1', '10.0.22631.9')).toHaveLength(1);
    expect(says('6.3.9600.0', '6.2.9600.0')).toHaveLength(1);
  });

  it('and service packs must fit the files', () => {
    expect(says('5.1.2600.0', '5.1.2600.6532', 3)).toEqual([]);
    expect(says('5.1.2600.0', '5.1.2600.3244', 2)).toEqual([]);
    const [wrong] = says('5.1.2600.0', '5.1.2600.5512', 2);
    expect(wrong).toContain('the registry says Service Pack 2, the system files say 5.1.2600.5512');
    expect(says('6.1.7601.0', '6.1.7601.24540')[0]).toContain('the registry says no service pack');
  });
});
