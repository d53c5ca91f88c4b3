/** A Windows path as it may go to a machine: of one of its drives, and without a way out of its share. */

export interface DrivePath {
  /** Upper case. */
  readonly drive: string;
  /** Relative to the drive's root, without backslashes around. */
  readonly name: string;
}

const MAX_PATH = 32_000;

/** The path taken apart, or why it is refused. */
export function parsePath(path: string): DrivePath | string {
  const match = /^([A-Za-z]):\\(.*)$/s.exec(path);
  const [, drive, rest] = match ?? [];
  if (drive === undefined || rest === undefined) return 'it is no path on a drive of the machine (such as C:\\...)';
  const name = rest.replace(/\\+$/, '');
  const parts = name === '' ? [] : name.split('\\');
  if (path.length > MAX_PATH) return 'the path is too long';
  if (parts.some((part) => part === '' || part === '.' || part === '..'))
    return 'the path has an empty, "." or ".." part, which is not followed';
  if (/[\0-\x1f"<>|*?:/]/.test(name)) return 'the path holds a character that no file name has (a stream, a wildcard)';
  return { drive: drive.toUpperCase(), name };
}
