/** Whether the registry and the system files speak of the same Windows. */
import { servicePackOfFile } from './service-packs.ts';

/**
 * Builds that an enablement package makes of another: the number in the registry rises, the files stay.
 * https://learn.microsoft.com/windows/release-health/release-information
 */
const FILES_OF: Readonly<Record<number, number>> = {
  // Server 2008 after its revisions had run out: a file that was not updated since is of 6002.
  6003: 6002,
  18363: 18362,
  19042: 19041,
  19043: 19041,
  19044: 19041,
  19045: 19041,
  22631: 22621,
  26200: 26100,
  26300: 26100,
};

/** The build that system files carry on a Windows of this build. */
export function fileBuildOf(build: number): number {
  return FILES_OF[build] ?? build;
}

/** A system file as it was read. */
export interface SystemFile {
  readonly path: string;
  readonly version: string;
}

/** What the registry says, as far as system files can confirm it. */
export interface RegistrySays {
  /** major.minor.build and more. */
  readonly version: string;
  readonly servicePack: number;
}

/** In what the registry and the system files contradict each other, each contradiction once. */
export function disagreements(registry: RegistrySays, files: readonly SystemFile[]): readonly string[] {
  const wrong = files.flatMap((file) => {
    const said = isSameBuild(registry.version, file.version) ? ofServicePack(registry, file) : registry.version;
    return said === undefined ? [] : [{ said, ...file }];
  });
  const [first] = wrong;
  if (first === undefined) return [];
  const of = wrong.map(({ path, version }) => `${version} (${path})`).join(' and ');
  const said = [...new Set(wrong.map((one) => one.said))].join(' and ');
  return [
    `the registry says ${said}, the system files say ${of}: an upgrade that is not finished, or values changed by hand`,
  ];
}

function isSameBuild(registry: string, file: string): boolean {
  const [major, minor, build] = registry.split('.').map(Number);
  const [fileMajor, fileMinor, fileBuild] = file.split('.').map(Number);
  const sameBuild = build === fileBuild || (build !== undefined && fileBuildOf(build) === fileBuild);
  return major === fileMajor && minor === fileMinor && sameBuild;
}

/** The service pack that the registry says, where the file is of another. */
function ofServicePack({ servicePack }: RegistrySays, { version }: SystemFile): string | undefined {
  const own = servicePackOfFile(version);
  if (own === undefined || own === servicePack) return undefined;
  return servicePack === 0 ? 'no service pack' : `Service Pack ${servicePack}`;
}
