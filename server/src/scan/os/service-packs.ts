/** Which service pack the system files are of, for the releases that had any. */

/**
 * From Vista on a service pack raises the build. 6003 is Server 2008 with Service Pack 2, whose revisions had run out:
 * https://betawiki.net/wiki/Windows_Server_2008_build_6003
 */
const BY_BUILD: Readonly<Record<string, number>> = {
  '6.0.6000': 0,
  '6.0.6001': 1,
  '6.0.6002': 2,
  '6.0.6003': 2,
  '6.1.7600': 0,
  '6.1.7601': 1,
};

/**
 * Before, it raises the revision: where each service pack's kernel32.dll begins.
 * https://www.geoffchappell.com/studies/windows/win32/kernel32/history/index.htm
 */
const BY_REVISION: Readonly<Record<string, readonly number[]>> = {
  '5.1.2600': [0, 1106, 2180, 5512],
  '5.2.3790': [0, 1830, 3959],
};

/** The service pack of a system file's version; undefined where its Windows has none, or is not known here. */
export function servicePackOfFile(version: string): number | undefined {
  const parts = version.split('.');
  const build = parts.slice(0, 3).join('.');
  const begins = BY_REVISION[build];
  if (!begins) return BY_BUILD[build];
  const revision = Number(parts[3] ?? 0);
  return begins.findLastIndex((first) => first <= revision);
}
