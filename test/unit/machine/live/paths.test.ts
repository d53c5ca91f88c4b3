import { describe, expect, it } from 'vitest';
import { parsePath } from '../../../../server/src/machine/live/paths.ts';

describe('a path that may go to a machine', () => {
  it.each([
    ['C:\\Program Files\\7-Zip\\7z.exe', 'C', 'Program Files\\7-Zip\\7z.exe'],
    ['d:\\data\\', 'D', 'data'],
    ['C:\\', 'C', ''],
    ['C:\\a..b\\...c\\ümlaut', 'C', 'a..b\\...c\\ümlaut'],
  ])('is taken apart: %s', (path, drive, name) => {
    expect(parsePath(path)).toEqual({ drive, name });
  });

  it.each([
    '\\\\other\\share\\file',
    '\\\\.\\pipe\\x',
    '\\\\?\\C:\\Windows',
    'C:file',
    'C:/Windows',
    'relative\\file',
    'C:\\a\\..\\b',
    'C:\\..',
    'C:\\.\\a',
    'C:\\a\\\\b',
    'C:\\file.txt:stream',
    'C:\\a/b',
    'C:\\a*',
    'C:\\a\0b',
    'C:\\a\nb',
    'CC:\\a',
    '',
    `C:\\${'x'.repeat(40_000)}`,
  ])('is refused with a reason: %j', (path) => {
    expect(parsePath(path)).toEqual(expect.stringMatching(/ /));
  });
});
