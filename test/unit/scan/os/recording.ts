/** A recording of a machine that runs a given release: what step 4 asks of it, and nothing else. */
import {
  SNAPSHOT_SCHEMA,
  type RecordedKey,
  type SnapshotDocument,
} from '../../../../server/src/machine/snapshot/format.ts';
import type { RegistryValue } from '../../../../server/src/model/observation.ts';
import type { Release } from './releases.ts';

const NT = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const CONTROL = 'HKLM\\SYSTEM\\CurrentControlSet\\Control';

type Data = string | number | readonly string[] | undefined;

function recordedValue(data: Data): RegistryValue | null {
  if (data === undefined) return null;
  if (typeof data === 'number') return { type: 'REG_DWORD', data: String(data) };
  return typeof data === 'string' ? { type: 'REG_SZ', data } : { type: 'REG_MULTI_SZ', data };
}

/** Every value that a key has; others are proven absent. */
function key(values: Readonly<Record<string, Data>>): RecordedKey {
  const entries = Object.entries(values).filter(([, data]) => data !== undefined);
  const recorded = Object.fromEntries(entries.map(([name, data]) => [name, recordedValue(data)]));
  return { values: recorded, complete: true };
}

function identity(release: Release): RecordedKey {
  const build = String(release.build);
  const isTen = release.version === '10.0';
  const { pack = 0 } = release;
  return key({
    // Windows 10 and later never got beyond 6.3 here, and Windows 11 still calls itself 10.
    ...{ CurrentVersion: isTen ? '6.3' : release.version, ProductName: isTen ? 'Windows 10' : 'Microsoft Windows' },
    ...(isTen && { CurrentMajorVersionNumber: 10, CurrentMinorVersionNumber: 0 }),
    // Windows XP has no build in CurrentBuild.
    ...{
      CurrentBuildNumber: build,
      CurrentBuild: release.version < '6.0' && !isTen ? '1.511.1 () (Obsolete data - do not use)' : build,
    },
    ...{ UBR: release.ubr, DisplayVersion: release.displayVersion, ReleaseId: release.releaseId },
    ...{ EditionID: release.edition, InstallationType: release.installation, SystemRoot: 'C:\\Windows' },
    CSDVersion: pack > 0 ? `Service Pack ${pack}` : undefined,
  });
}

/** The recording as it would lie on disk. */
export function recordingOf(release: Release): string {
  const { languages } = release;
  const missing: RecordedKey = { exists: false };
  const version = { fileVersion: release.files, arch: archOf(release.processor) };
  const document: SnapshotDocument = {
    ...{ schema: SNAPSHOT_SCHEMA, recorded: '2026-01-13T10:00:00.000Z', redacted: [], services: {} },
    machine: { name: 'RECORDED', address: null, port: null },
    registry: {
      [NT]: identity(release),
      [`${NT}\\ProfileList`]: key({}),
      [`${CONTROL}\\ProductOptions`]: key({ ProductType: release.role, ProductSuite: release.suites }),
      [`${CONTROL}\\Windows`]: key({ CSDVersion: (release.pack ?? 0) << 8 }),
      [`${CONTROL}\\Nls\\Language`]: key({ InstallLanguage: '0409' }),
      [`${CONTROL}\\MUI\\UILanguages`]: languages ? { subkeys: languages } : missing,
      [`${CONTROL}\\Session Manager\\Environment`]: key({ PROCESSOR_ARCHITECTURE: release.processor }),
      [`${CONTROL}\\ComputerName\\ComputerName`]: key({ ComputerName: 'RECORDED' }),
      'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters': key({}),
      'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion': key({ ProgramFilesDir: 'C:\\Program Files' }),
    },
    files: {
      'C:\\Windows\\System32\\kernel32.dll': { version },
      'C:\\Windows\\System32\\ntoskrnl.exe': { version },
    },
  };
  return JSON.stringify(document);
}

function archOf(processor: Release['processor']): 'x86' | 'x64' | 'arm64' {
  const archs = { x86: 'x86', AMD64: 'x64', ARM64: 'arm64' } as const;
  return archs[processor];
}
