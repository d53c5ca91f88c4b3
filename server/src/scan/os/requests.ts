/** What step 4 asks of a machine: single values, so that a recording holds nothing that was not asked for. */
import type { ObservationRequest } from '../../model/observation.ts';

const NT = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const WINDOWS = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion';
const CONTROL = 'SYSTEM\\CurrentControlSet\\Control';
const ENVIRONMENT = `${CONTROL}\\Session Manager\\Environment`;

const value = (path: string, name: string): ObservationRequest => ({ kind: 'value', hive: 'HKLM', path, name });

/** The values that identify Windows, by what they are called below. */
export const OS_VALUES = {
  currentVersion: value(NT, 'CurrentVersion'),
  major: value(NT, 'CurrentMajorVersionNumber'),
  minor: value(NT, 'CurrentMinorVersionNumber'),
  buildNumber: value(NT, 'CurrentBuildNumber'),
  build: value(NT, 'CurrentBuild'),
  ubr: value(NT, 'UBR'),
  displayVersion: value(NT, 'DisplayVersion'),
  releaseId: value(NT, 'ReleaseId'),
  edition: value(NT, 'EditionID'),
  installation: value(NT, 'InstallationType'),
  servicePack: value(NT, 'CSDVersion'),
  systemRoot: value(NT, 'SystemRoot'),
  productType: value(`${CONTROL}\\ProductOptions`, 'ProductType'),
  productSuite: value(`${CONTROL}\\ProductOptions`, 'ProductSuite'),
  servicePackNumber: value(`${CONTROL}\\Windows`, 'CSDVersion'),
  installLanguage: value(`${CONTROL}\\Nls\\Language`, 'InstallLanguage'),
  architecture: value(ENVIRONMENT, 'PROCESSOR_ARCHITECTURE'),
  computerName: value(`${CONTROL}\\ComputerName\\ComputerName`, 'ComputerName'),
  hostName: value('SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters', 'Hostname'),
} as const satisfies Readonly<Record<string, ObservationRequest>>;

/** Where folders that Windows names are told, by the variable that they are in content, in lower case. */
export const FOLDER_VALUES: Readonly<Record<string, ObservationRequest>> = {
  programfiles: value(WINDOWS, 'ProgramFilesDir'),
  'programfiles(x86)': value(WINDOWS, 'ProgramFilesDir (x86)'),
  programw6432: value(WINDOWS, 'ProgramW6432Dir'),
  commonprogramfiles: value(WINDOWS, 'CommonFilesDir'),
  'commonprogramfiles(x86)': value(WINDOWS, 'CommonFilesDir (x86)'),
  commonprogramw6432: value(WINDOWS, 'CommonW6432Dir'),
  programdata: value(`${NT}\\ProfileList`, 'ProgramData'),
  public: value(`${NT}\\ProfileList`, 'Public'),
};

/** A variable of the machine's own environment. */
export const environmentValue = (name: string): ObservationRequest => value(ENVIRONMENT, name);

/** The languages that Windows is shown in; a key of Windows Vista and later. */
export const UI_LANGUAGES: ObservationRequest = { kind: 'subkeys', hive: 'HKLM', path: `${CONTROL}\\MUI\\UILanguages` };

/** System files whose versions tell the build of the code that runs. */
export const systemFiles = (systemRoot: string): readonly ObservationRequest[] =>
  ['kernel32.dll', 'ntoskrnl.exe'].map((name) => ({ kind: 'version', path: `${systemRoot}\\System32\\${name}` }));
