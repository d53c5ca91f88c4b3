/**
 * The Windows names of content (`windows-10-22h2`, `server-2008-r2-sp1`), as data. Build and role decide, never ProductName:
 * Windows 11 says "Windows 10" there. Builds are those of Microsoft's release information pages.
 */

/** What decides which names a machine bears. */
export interface WindowsIdentity {
  /** Begins with major.minor: `10.0.19045.3570`, `6.1.7601.0`. */
  readonly version: string;
  readonly build: number;
  readonly role: 'workstation' | 'server' | 'domain-controller';
  readonly servicePack: number;
}

/** One Windows. `kernel` is major.minor; builds are inclusive. */
export interface WindowsFamily {
  readonly id: string;
  readonly label: string;
  readonly kernel: readonly string[];
  readonly role: 'workstation' | 'server' | 'any';
  readonly builds?: readonly [number, number];
  /** Names of releases to their build, for those that have releases. */
  readonly releases?: Readonly<Record<string, number>>;
  /** The highest service pack; 0 where there is none. */
  readonly servicePacks: number;
}

const LAST = Number.MAX_SAFE_INTEGER;

/** Every Windows that content can name, oldest first. */
export const WINDOWS_FAMILIES: readonly WindowsFamily[] = [
  { id: 'windows-2000', label: 'Windows 2000', kernel: ['5.0'], role: 'any', servicePacks: 4 },
  // 5.2 on a workstation is Windows XP x64 Edition.
  { id: 'windows-xp', label: 'Windows XP', kernel: ['5.1', '5.2'], role: 'workstation', servicePacks: 3 },
  { id: 'server-2003', label: 'Windows Server 2003', kernel: ['5.2'], role: 'server', servicePacks: 2 },
  // R2 is an addition to the same build: neither build nor role tells it from Server 2003.
  { id: 'server-2003-r2', label: 'Windows Server 2003 R2', kernel: ['5.2'], role: 'server', servicePacks: 2 },
  { id: 'windows-vista', label: 'Windows Vista', kernel: ['6.0'], role: 'workstation', servicePacks: 2 },
  { id: 'server-2008', label: 'Windows Server 2008', kernel: ['6.0'], role: 'server', servicePacks: 2 },
  { id: 'windows-7', label: 'Windows 7', kernel: ['6.1'], role: 'workstation', servicePacks: 1 },
  { id: 'server-2008-r2', label: 'Windows Server 2008 R2', kernel: ['6.1'], role: 'server', servicePacks: 1 },
  { id: 'windows-8', label: 'Windows 8', kernel: ['6.2'], role: 'workstation', servicePacks: 0 },
  { id: 'server-2012', label: 'Windows Server 2012', kernel: ['6.2'], role: 'server', servicePacks: 0 },
  { id: 'windows-8.1', label: 'Windows 8.1', kernel: ['6.3'], role: 'workstation', servicePacks: 0 },
  { id: 'server-2012-r2', label: 'Windows Server 2012 R2', kernel: ['6.3'], role: 'server', servicePacks: 0 },
  {
    id: 'windows-10',
    label: 'Windows 10',
    kernel: ['10.0'],
    role: 'workstation',
    builds: [10240, 21999],
    releases: {
      ...{ '1507': 10240, '1511': 10586, '1607': 14393, '1703': 15063, '1709': 16299, '1803': 17134, '1809': 17763 },
      ...{ '1903': 18362, '1909': 18363, '2004': 19041, '20h2': 19042, '21h1': 19043, '21h2': 19044, '22h2': 19045 },
    },
    servicePacks: 0,
  },
  {
    id: 'windows-11',
    label: 'Windows 11',
    kernel: ['10.0'],
    role: 'workstation',
    builds: [22000, LAST],
    releases: { '21h2': 22000, '22h2': 22621, '23h2': 22631, '24h2': 26100, '25h2': 26200 },
    servicePacks: 0,
  },
  server('server-2016', 'Windows Server 2016', 14393),
  server('server-2019', 'Windows Server 2019', 17763),
  server('server-2022', 'Windows Server 2022', 20348),
  server('server-2025', 'Windows Server 2025', 26100),
];

function server(id: string, label: string, build: number): WindowsFamily {
  return { id, label, kernel: ['10.0'], role: 'server', builds: [build, build], servicePacks: 0 };
}

/** One Windows name: a family, narrowed by a release or a service pack. */
export interface WindowsName {
  readonly id: string;
  /** Not there for `windows`, which is every Windows. */
  readonly family?: WindowsFamily;
  readonly release?: string;
  readonly build?: number;
  readonly servicePack?: number;
}

function namesOf(family: WindowsFamily): WindowsName[] {
  const releases = Object.entries(family.releases ?? {}).map(([release, build]) => ({
    id: `${family.id}-${release}`,
    family,
    release,
    build,
  }));
  const packs = Array.from({ length: family.servicePacks === 0 ? 0 : family.servicePacks + 1 }, (_, servicePack) => ({
    id: `${family.id}-sp${servicePack}`,
    family,
    servicePack,
  }));
  return [{ id: family.id, family }, ...releases, ...packs];
}

/** Every Windows name by its id in lower case. */
export const WINDOWS_NAMES: ReadonlyMap<string, WindowsName> = new Map(
  [{ id: 'windows' }, ...WINDOWS_FAMILIES.flatMap(namesOf)].map((name: WindowsName) => [name.id, name]),
);

/** Whether a name is a Windows name; case does not matter. */
export const isWindowsName = (id: string): boolean => WINDOWS_NAMES.has(id.toLowerCase());

function isFamily(family: WindowsFamily, machine: WindowsIdentity): boolean {
  const kernel = machine.version.split('.').slice(0, 2).join('.');
  if (!family.kernel.includes(kernel)) return false;
  const role = machine.role === 'workstation' ? 'workstation' : 'server';
  if (family.role !== 'any' && family.role !== role) return false;
  const [from, to] = family.builds ?? [0, LAST];
  return machine.build >= from && machine.build <= to;
}

/** Whether a machine bears a Windows name. */
export function bearsName(name: WindowsName, machine: WindowsIdentity): boolean {
  if (name.family !== undefined && !isFamily(name.family, machine)) return false;
  if (name.build !== undefined && name.build !== machine.build) return false;
  return name.servicePack === undefined || name.servicePack === machine.servicePack;
}

/** The ids of all names that a machine bears, from `windows` to the narrowest. */
export function windowsNamesOf(machine: WindowsIdentity): readonly string[] {
  return [...WINDOWS_NAMES.values()].filter((name) => bearsName(name, machine)).map((name) => name.id);
}

/** How Patchlab names a machine's Windows: `Windows 10 22H2`, `Windows 7 Service Pack 1`; its version where it is none of the known. */
export function windowsLabel(machine: WindowsIdentity): string {
  const family = WINDOWS_FAMILIES.findLast((one) => isFamily(one, machine) && one.id !== 'server-2003-r2');
  if (family === undefined) return `Windows ${machine.version}`;
  const release = Object.entries(family.releases ?? {}).find(([, build]) => build === machine.build)?.[0];
  if (release !== undefined) return `${family.label} ${release.toUpperCase()}`;
  return machine.servicePack > 0 ? `${family.label} Service Pack ${machine.servicePack}` : family.label;
}

/** A build's release as Microsoft writes it (`22H2`), or null where it has none. */
export function windowsRelease(machine: WindowsIdentity): string | null {
  for (const name of WINDOWS_NAMES.values()) {
    if (name.release !== undefined && bearsName(name, machine)) return name.release.toUpperCase();
  }
  return null;
}
