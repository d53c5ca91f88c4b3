/** Texts that are used as paths: brought to one form, and refused where they lead off the machine's own drives. */
import type { Target } from './verdict.ts';
import { folderVariable } from './folders.ts';
import { present, unreadable, type Read } from './values.ts';

/** Expands `%Name%`; a name that the target does not know stays as it is, as Windows does it. */
export function expandVariables(target: Target, text: string, view?: '32' | '64'): string {
  return text.replace(/%([^%\\]+)%/g, (whole, name: string) => folderVariable(target, name, view) ?? whole);
}

/**
 * A text from the target in the form of a path: variables expanded, quotes, `\??\`, `\SystemRoot\`, an icon's `,0` and the
 * trailing backslash gone. Purely a matter of spelling: what it then leads to is `checkPath`'s.
 */
export function cleanPath(target: Target, text: string): string {
  let path = text.trim();
  const quoted = /^"([^"]*)"(?:,-?\d+)?$/.exec(path);
  path = quoted?.[1] ?? path.replace(/,-?\d+$/, '');
  path = expandVariables(target, path.trim(), undefined)
    .replace(/\//g, '\\')
    .replace(/^\\\?\?\\/, '')
    .replace(/^\\\\\?\\(?=[a-z]:)/i, '');
  const windir = folderVariable(target, 'windir');
  if (windir !== undefined) path = path.replace(/^\\?systemroot(?=\\|$)/i, windir);
  return path.length > 3 ? path.replace(/\\+$/, '') : path;
}

const LONGEST = 1024;

/** A full path on one of the machine's drives, with single backslashes, or why it is none. */
export function checkPath(path: string): Read<string> {
  const refuse = (why: string): Read<string> => unreadable(`\`${path.slice(0, 200)}\` ${why}`);
  if (path.length > LONGEST) return refuse('is too long for a path');
  if (/^\\\\[.?]\\/.test(path)) return refuse('is a device path, which is never opened');
  if (path.startsWith('\\\\')) return refuse('leads to another machine');
  const drive = /^([a-z]):(\\|$)/i.exec(path);
  if (drive === null) return refuse('is no full path');
  const parts = path
    .slice(2)
    .split('\\')
    .filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return refuse('leads upwards with `..`');
  if (parts.some((part) => part.includes(':'))) return refuse('names a stream');
  if (parts.some((part) => /[<>|"\0-\x1f]/.test(part))) return refuse('holds characters no path has');
  return present(`${(drive[1] ?? '').toUpperCase()}:\\${parts.join('\\')}`);
}

/** The folder of a path, or undefined for a bare name. */
export function folderOf(path: string): string | undefined {
  const cut = path.lastIndexOf('\\');
  if (cut < 0) return undefined;
  return cut === 2 && path[1] === ':' ? path.slice(0, 3) : path.slice(0, cut);
}

/** The last part of a path. */
export function filenameOf(path: string): string {
  return path.slice(path.lastIndexOf('\\') + 1);
}

const EXECUTABLE = /\.(exe|com|bat|cmd|scr|msi|sys|dll|vbs|ps1)(?=["\s,]|$)/i;

/** The executable of a command line: quotes and arguments gone; where nothing is quoted, up to the first executable's name. */
export function programOf(target: Target, commandLine: string): string {
  const text = commandLine.trim();
  const quoted = /^"([^"]*)"/.exec(text);
  let program = quoted?.[1];
  if (program === undefined) {
    const named = EXECUTABLE.exec(text);
    program = named === null ? (/^\S+/.exec(text)?.[0] ?? '') : text.slice(0, named.index + named[0].length);
  }
  const path = cleanPath(target, program);
  // Drivers are configured relative to the Windows folder: `system32\drivers\x.sys` (Services\NAME\ImagePath).
  const windir = folderVariable(target, 'windir');
  return windir !== undefined && /^\\?system32\\/i.test(path) ? `${windir}\\${path.replace(/^\\/, '')}` : path;
}
