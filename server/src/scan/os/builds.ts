/** Whether the registry and the system files speak of the same Windows. */

/**
 * Builds that an enablement package makes of another: the number in the registry rises, the files stay.
 * https://learn.microsoft.com/windows/release-health/release-information
 */
const FILES_OF: Readonly<Record<number, number>> = {
  18363: 18362,
  19042: 19041,
  19043: 19041,
  19044: 19041,
  19045: 19041,
  22631: 22621,
  26200: 26100,
};

/** The build that system files carry on a Windows of this build. */
export function fileBuildOf(build: number): number {
  return FILES_OF[build] ?? build;
}

/** What is wrong when a system file's version does not fit the registry's; undefined where it fits. */
export function buildDisagreement(registry: string, file: string): string | undefined {
  const [major, minor, build] = registry.split('.').map(Number);
  const [fileMajor, fileMinor, fileBuild] = file.split('.').map(Number);
  const sameBuild = build === fileBuild || (build !== undefined && fileBuildOf(build) === fileBuild);
  if (major === fileMajor && minor === fileMinor && sameBuild) return undefined;
  return `the registry says ${registry}, the system files say ${file}: an upgrade that is not finished, or values changed by hand`;
}
