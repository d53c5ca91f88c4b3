/** What a folder of the machine and a hive stand for, inside texts. */
import type { STANDARD_VARIABLES } from '../../model/vocabulary.ts';

/** The hives that a key can begin with. */
export const HIVES = {
  HKLM: 'the machine',
  HKCR: 'file types and classes',
  HKCU: 'every user',
  HKU: 'the loaded hives of users',
  HKCC: 'the current hardware profile',
} as const;

/** Folders that every machine has; where they lie is asked of the machine. */
export const FOLDERS: Readonly<Record<(typeof STANDARD_VARIABLES)[number], string>> = {
  windir: 'the folder of Windows, such as `C:\\Windows`',
  System32: 'the system folder: of 64-bit programs on 64-bit Windows, unless `view 32` is said',
  SysWOW64: 'the system folder of 32-bit programs on 64-bit Windows',
  ProgramFiles: 'the folder of programs: of 64-bit ones on 64-bit Windows, unless `view 32` is said',
  'ProgramFiles(x86)': 'the folder of 32-bit programs, on every Windows',
  CommonProgramFiles: 'the folder of what programs share',
  'CommonProgramFiles(x86)': 'the folder of what 32-bit programs share, on every Windows',
  ProgramData: 'the folder of what programs keep for all users',
  SystemDrive: 'the drive that Windows is on, such as `C:`',
  Public: 'the folder of the public user',
  TEMP: 'the folder of temporary files',
};
