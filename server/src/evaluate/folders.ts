/** Folders and variables of the target: `%ProgramFiles%`, `%System32%`, and whatever else its environment holds. */
import type { OperatingSystem, Target } from './verdict.ts';

/** Whether Windows itself is 64-bit, and so has two views. */
export function is64Bit(os: OperatingSystem): boolean {
  return os.architecture !== 'x86';
}

/** The value of `%NAME%` in a view, without a trailing backslash; undefined where the target does not tell. */
export function folderVariable(target: Target, name: string, view?: '32' | '64'): string | undefined {
  const wanted = name.toLowerCase();
  const value = derived(target, wanted, view === '32' && is64Bit(target.os)) ?? target.variables.get(wanted);
  return value?.replace(/\\+$/, '');
}

function derived(target: Target, name: string, redirected: boolean): string | undefined {
  const get = (variable: string): string | undefined => target.variables.get(variable);
  const windir = get('windir') ?? get('systemroot');
  const both = is64Bit(target.os);
  switch (name) {
    case 'windir':
    case 'systemroot':
      return windir;
    case 'systemdrive':
      return get('systemdrive') ?? windir?.slice(0, 2);
    case 'system32':
      return windir === undefined ? undefined : `${windir}\\${redirected ? 'SysWOW64' : 'System32'}`;
    case 'syswow64':
      return windir === undefined ? undefined : `${windir}\\${both ? 'SysWOW64' : 'System32'}`;
    case 'programfiles':
      return redirected ? get('programfiles(x86)') : (get('programw6432') ?? get('programfiles'));
    case 'programfiles(x86)':
      return both ? get('programfiles(x86)') : get('programfiles');
    case 'commonprogramfiles':
      return redirected ? get('commonprogramfiles(x86)') : (get('commonprogramw6432') ?? get('commonprogramfiles'));
    case 'commonprogramfiles(x86)':
      return both ? get('commonprogramfiles(x86)') : get('commonprogramfiles');
    case 'programdata':
    case 'allusersprofile':
      return get('programdata') ?? get('allusersprofile');
    default:
      return undefined;
  }
}
