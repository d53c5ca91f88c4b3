import { describe, expect, it } from 'vitest';
import { checkPath, cleanPath, folderOf, programOf } from '../../../server/src/evaluate/file-paths.ts';
import { machinePath32, userPath32 } from '../../../server/src/evaluate/registry-views.ts';
import { packGuid, unpackGuid } from '../../../server/src/evaluate/guids.ts';
import { windows } from './machine.ts';

const target = windows();

describe('texts from the target become paths', () => {
  it.each([
    ['"C:\\Program Files\\X\\x.exe",0', 'C:\\Program Files\\X\\x.exe'],
    ['C:\\X\\x.exe,-101', 'C:\\X\\x.exe'],
    ['C:\\X\\', 'C:\\X'],
    ['C:\\', 'C:\\'],
    ['\\SystemRoot\\System32\\drivers\\a.sys', 'C:\\Windows\\System32\\drivers\\a.sys'],
    ['\\??\\C:\\X\\a.sys', 'C:\\X\\a.sys'],
    ['\\\\?\\C:\\X', 'C:\\X'],
    ['%ProgramFiles%\\X', 'C:\\Program Files\\X'],
    ['%NoSuchThing%\\X', '%NoSuchThing%\\X'],
    ['C:/X/y', 'C:\\X\\y'],
  ])('%s', (text, path) => {
    expect(cleanPath(target, text)).toBe(path);
  });

  it.each([
    ['"C:\\Program Files\\X\\un.exe" /S', 'C:\\Program Files\\X\\un.exe'],
    ['C:\\Program Files\\X\\un.exe /S', 'C:\\Program Files\\X\\un.exe'],
    ['MsiExec.exe /X{00000000-0000-0000-0000-000000000000}', 'MsiExec.exe'],
    ['C:\\Windows\\system32\\svchost.exe -k netsvcs', 'C:\\Windows\\system32\\svchost.exe'],
    ['system32\\drivers\\a.sys', 'C:\\Windows\\system32\\drivers\\a.sys'],
  ])('the program of %s', (line, program) => {
    expect(programOf(target, line)).toBe(program);
  });

  it('a bare name has no folder, and a drive is its own', () => {
    expect(folderOf('MsiExec.exe')).toBeUndefined();
    expect(folderOf('C:\\a.exe')).toBe('C:\\');
  });
});

describe('paths that leave the machine are refused', () => {
  it.each([
    ['\\\\server\\share\\a.exe', 'another machine'],
    ['\\\\.\\PhysicalDrive0', 'device path'],
    ['C:\\X\\..\\..\\secret', '`..`'],
    ['C:\\X\\a.txt:stream', 'stream'],
    ['C:\\X\\a.txt::$DATA', 'stream'],
    ['\\X\\a.exe', 'no full path'],
    ['a.exe', 'no full path'],
    ['C:a.exe', 'no full path'],
    ['C:\\X\\a\u0000.exe', 'characters'],
  ])('%s', (path, why) => {
    const checked = checkPath(path);
    expect(checked.state).toBe('unreadable');
    expect(checked.state === 'unreadable' && checked.reason).toContain(why);
  });

  it('doubled backslashes and single dots are no difference', () => {
    expect(checkPath('c:\\X\\\\.\\a.exe')).toEqual({ state: 'present', value: 'C:\\X\\a.exe' });
  });
});

describe('the 32-bit view', () => {
  it.each([
    ['SOFTWARE\\7-Zip', 'SOFTWARE\\Wow6432Node\\7-Zip'],
    [
      'Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\X',
      'Software\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\X',
    ],
    ['SOFTWARE\\Wow6432Node\\7-Zip', 'SOFTWARE\\Wow6432Node\\7-Zip'],
    ['SYSTEM\\CurrentControlSet\\Services', 'SYSTEM\\CurrentControlSet\\Services'],
    [
      'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\a.exe',
      'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\a.exe',
    ],
    ['SOFTWARE\\Policies\\X', 'SOFTWARE\\Policies\\X'],
    [
      'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList',
      'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList',
    ],
    ['SOFTWARE\\Classes\\.txt', 'SOFTWARE\\Classes\\.txt'],
    ['SOFTWARE\\Classes\\CLSID\\{1}', 'SOFTWARE\\Classes\\Wow6432Node\\CLSID\\{1}'],
    ['SOFTWARE\\ClassesX', 'SOFTWARE\\Wow6432Node\\ClassesX'],
  ])('of HKLM\\%s', (path, physical) => {
    expect(machinePath32(path)).toBe(physical);
  });

  it('of a user is the same hive, but for some classes', () => {
    expect(userPath32('S-1-5-21-1\\Software\\X')).toBe('S-1-5-21-1\\Software\\X');
    expect(userPath32('S-1-5-21-1\\Software\\Classes\\CLSID\\{1}')).toBe(
      'S-1-5-21-1\\Software\\Classes\\Wow6432Node\\CLSID\\{1}',
    );
  });
});

it('packed GUIDs turn the first groups round and swap the digits of the rest', () => {
  const guid = '{23170F69-40C1-2702-2107-000001000000}';
  expect(packGuid(guid)).toBe('96F071321C0420721270000010000000');
  expect(unpackGuid('96F071321C0420721270000010000000')).toBe(guid);
  expect(packGuid('no guid')).toBeUndefined();
});
