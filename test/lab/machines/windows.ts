/** Windows itself, as a scan finds it: registry, system files, services and users of a given release. */
import { expandable } from '../registry-file.ts';
import type { LabRegistry } from '../registry-file.ts';
import type { LabFile, LabService } from '../spec.ts';
import { software } from './parts.ts';
import type { MachineParts } from './parts.ts';

export interface WindowsSpec {
  readonly computerName: string;
  readonly productName: string;
  readonly build: number;
  readonly revision: number;
  /** The build that the system files carry, where an enablement package raised the number: 19041 for 19045. */
  readonly fileBuild?: number;
  /** `22H2`; servers before 2022 have none. */
  readonly displayVersion?: string;
  readonly releaseId: string;
  readonly edition: string;
  readonly installation: 'Client' | 'Server' | 'Server Core';
  readonly productType: 'WinNT' | 'ServerNT' | 'LanmanNT';
  readonly smb1: boolean;
  readonly spooler: LabService['state'];
  /** People with a profile; `loaded` ones have their hive in HKU. */
  readonly people: readonly { readonly name: string; readonly sid: string; readonly loaded: boolean }[];
}

/** A Windows 10 of 2023: 22H2, which is 19041 with another number. */
export const WINDOWS_10_22H2 = {
  productName: 'Windows 10 Pro',
  build: 19045,
  revision: 3570,
  fileBuild: 19041,
  displayVersion: '22H2',
  releaseId: '2009',
  edition: 'Professional',
  installation: 'Client',
  productType: 'WinNT',
} as const satisfies Partial<WindowsSpec>;

const NT = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const CONTROL = 'HKLM\\SYSTEM\\CurrentControlSet\\Control';
const SERVICES = 'HKLM\\SYSTEM\\CurrentControlSet\\Services';

function identity(spec: WindowsSpec): LabRegistry {
  const build = String(spec.build);
  return {
    [NT]: {
      ProductName: spec.productName,
      CurrentVersion: '6.3',
      CurrentMajorVersionNumber: 10,
      CurrentMinorVersionNumber: 0,
      CurrentBuild: build,
      CurrentBuildNumber: build,
      UBR: spec.revision,
      ReleaseId: spec.releaseId,
      ...(spec.displayVersion ? { DisplayVersion: spec.displayVersion } : {}),
      EditionID: spec.edition,
      InstallationType: spec.installation,
      SystemRoot: 'C:\\Windows',
      PathName: 'C:\\Windows',
      RegisteredOwner: 'Patchlab lab',
      BuildLabEx: `${spec.fileBuild ?? spec.build}.1.amd64fre.lab_release.000000-0000`,
      InstallDate: 1_600_000_000,
    },
    [`${CONTROL}\\ProductOptions`]: {
      ProductType: spec.productType,
      ProductSuite: spec.productType === 'WinNT' ? ['Terminal Server'] : ['Enterprise', 'Terminal Server'],
    },
    [`${CONTROL}\\Windows`]: { CSDVersion: 0, CSDBuildNumber: 0, Directory: expandable('%SystemRoot%') },
    [`${CONTROL}\\ComputerName\\ComputerName`]: { ComputerName: spec.computerName.toUpperCase() },
    [`${CONTROL}\\ComputerName\\ActiveComputerName`]: { ComputerName: spec.computerName.toUpperCase() },
    [`${CONTROL}\\Nls\\Language`]: { Default: '0409', InstallLanguage: '0409' },
    [`${CONTROL}\\Session Manager\\Environment`]: {
      ComSpec: expandable('%SystemRoot%\\system32\\cmd.exe'),
      OS: 'Windows_NT',
      Path: expandable('%SystemRoot%\\system32;%SystemRoot%'),
      PROCESSOR_ARCHITECTURE: 'AMD64',
      TEMP: expandable('%SystemRoot%\\TEMP'),
      TMP: expandable('%SystemRoot%\\TEMP'),
      windir: expandable('%SystemRoot%'),
    },
    [`${SERVICES}\\Tcpip\\Parameters`]: {
      Hostname: spec.computerName.toLowerCase(),
      'NV Hostname': spec.computerName.toLowerCase(),
      Domain: 'lab.example',
    },
    [`${SERVICES}\\LanmanServer\\Parameters`]: { SMB1: spec.smb1 ? 1 : 0, RequireSecuritySignature: 1 },
  };
}

function folders(): LabRegistry {
  const wide = 'C:\\Program Files';
  const narrow = 'C:\\Program Files (x86)';
  const both = {
    'ProgramFilesDir (x86)': narrow,
    ProgramW6432Dir: wide,
    'CommonFilesDir (x86)': `${narrow}\\Common Files`,
    CommonW6432Dir: `${wide}\\Common Files`,
    ProgramFilesPath: expandable('%ProgramFiles%'),
  };
  const key = 'Microsoft\\Windows\\CurrentVersion';
  return {
    [software(64, key)]: { ...both, ProgramFilesDir: wide, CommonFilesDir: `${wide}\\Common Files` },
    [software(32, key)]: { ...both, ProgramFilesDir: narrow, CommonFilesDir: `${narrow}\\Common Files` },
  };
}

function users(spec: WindowsSpec): LabRegistry {
  const list = `${NT}\\ProfileList`;
  const system = { 'S-1-5-18': 'systemprofile', 'S-1-5-19': 'LocalService', 'S-1-5-20': 'NetworkService' };
  const profiles = [
    ...Object.entries(system).map(([sid, name]) => [sid, `%systemroot%\\system32\\config\\${name}`] as const),
    ...spec.people.map((person) => [person.sid, `C:\\Users\\${person.name}`] as const),
  ];
  const hives = ['.DEFAULT', 'S-1-5-18', ...spec.people.filter((person) => person.loaded).map((person) => person.sid)];
  return {
    [list]: {
      ProfilesDirectory: expandable('%SystemDrive%\\Users'),
      ProgramData: expandable('%SystemDrive%\\ProgramData'),
      Public: expandable('%SystemDrive%\\Users\\Public'),
    },
    ...Object.fromEntries(
      profiles.map(([sid, folder]) => [`${list}\\${sid}`, { ProfileImagePath: expandable(folder), State: 0 }]),
    ),
    ...Object.fromEntries(
      hives.flatMap((sid) => [
        [`HKU\\${sid}\\Environment`, { TEMP: expandable('%USERPROFILE%\\AppData\\Local\\Temp') }],
        [`HKU\\${sid}\\Software\\Microsoft\\Windows\\CurrentVersion`, {}],
      ]),
    ),
  };
}

/** An installed cumulative update, as Component Based Servicing lists it: 112 is "installed". */
function servicing(spec: WindowsSpec): LabRegistry {
  const packages = software(64, 'Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages');
  const rollup = `Package_for_RollupFix~31bf3856ad364e35~amd64~~${spec.fileBuild ?? spec.build}.${spec.revision}.1.0`;
  return { [`${packages}\\${rollup}`]: { CurrentState: 112, InstallName: `${rollup}.mum`, Visibility: 1 } };
}

/** The version resource that files of Windows have. */
export function systemFile(name: string, version: string): LabFile {
  return {
    pe: {
      fileVersion: version,
      strings: {
        CompanyName: 'Microsoft Corporation',
        FileDescription: `${name} of the lab`,
        FileVersion: `${version} (WinBuild.160101.0800)`,
        InternalName: name,
        OriginalFilename: name.toUpperCase(),
        ProductName: 'Microsoft® Windows® Operating System',
        ProductVersion: version,
      },
    },
  };
}

function systemFiles(spec: WindowsSpec): Record<string, LabFile> {
  const version = `10.0.${spec.fileBuild ?? spec.build}.${spec.revision}`;
  const system32 = ['kernel32.dll', 'ntoskrnl.exe', 'ntdll.dll', 'user32.dll', 'spoolsv.exe', 'srvsvc.dll'];
  const sysWow64 = ['kernel32.dll', 'ntdll.dll', 'user32.dll'];
  return {
    ...Object.fromEntries(system32.map((name) => [`C:\\Windows\\System32\\${name}`, systemFile(name, version)])),
    ...Object.fromEntries(sysWow64.map((name) => [`C:\\Windows\\SysWOW64\\${name}`, systemFile(name, version)])),
    'C:\\Windows\\explorer.exe': systemFile('explorer.exe', version),
    'C:\\Windows\\win.ini': '; for 16-bit app support\r\n[fonts]\r\n[extensions]\r\n',
    'C:\\Users\\Public': { folder: true },
    'C:\\ProgramData': { folder: true },
    'C:\\Windows\\Temp': { folder: true },
    ...Object.fromEntries(
      spec.people.map((person) => [`C:\\Users\\${person.name}\\AppData\\Local`, { folder: true } as const]),
    ),
  };
}

const HOST = '%SystemRoot%\\system32\\svchost.exe -k netsvcs -p';

function services(spec: WindowsSpec): Record<string, LabService> {
  const service = (displayName: string, state: LabService['state'], start: LabService['start']): LabService => ({
    displayName,
    state,
    start,
    path: HOST,
  });
  return {
    Spooler: {
      ...service('Print Spooler', spec.spooler, spec.spooler === 'running' ? 2 : 4),
      path: '%SystemRoot%\\System32\\spoolsv.exe',
    },
    LanmanServer: service('Server', 'running', 2),
    LanmanWorkstation: service('Workstation', 'running', 2),
    wuauserv: service('Windows Update', 'stopped', 3),
    BITS: service('Background Intelligent Transfer Service', 'stopped', 3),
    Schedule: service('Task Scheduler', 'running', 2),
    W32Time: service('Windows Time', 'running', 3),
    WinDefend: service('Microsoft Defender Antivirus Service', 'running', 2),
    TermService: service('Remote Desktop Services', 'stopped', 3),
    ...(spec.smb1 ? { mrxsmb10: service('SMB 1.x MiniRedirector', 'running', 2) } : {}),
  };
}

/** Everything of Windows that a lab machine shows. */
export function windows(spec: WindowsSpec): MachineParts {
  return {
    registry: { ...identity(spec), ...folders(), ...users(spec), ...servicing(spec) },
    files: systemFiles(spec),
    services: services(spec),
  };
}
