/** Paths that a person, a workspace or a document names, looked at before the file system sees them. */

/** What is wrong with a path, or undefined where it may be opened: opening a UNC or device path would log on to a stranger. */
export function refusePath(given: string): string | undefined {
  const text = given.trim();
  if (/^file:/i.test(text)) return `"${given}" is a URI; give a path of this computer.`;
  if (/^[\\/]{2}/.test(text)) return `"${given}" is a network (UNC) or device path; give a path of this computer.`;
  if (text.includes('\0')) return 'A path cannot hold a NUL character.';
  if (text === '') return 'A path cannot be empty.';
  return undefined;
}
