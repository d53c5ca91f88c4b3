import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../../server/src/machine/live/text.ts';

describe('the text of a file', () => {
  it.each([
    ['UTF-8 by its mark', Buffer.from('\ufeffgrün'), 'grün'],
    ['UTF-8 without', Buffer.from('grün'), 'grün'],
    ['UTF-16, little-endian', Buffer.from('\ufeffgrün', 'utf16le'), 'grün'],
    ['UTF-16, big-endian', Buffer.from('\ufeffgrün', 'utf16le').swap16(), 'grün'],
    ["Windows' Western code page", Buffer.from('gr\xfcn \x80', 'latin1'), 'grün €'],
    ['nothing', Buffer.alloc(0), ''],
  ])('is %s', (_what, bytes, text) => {
    expect(decodeText(bytes)).toBe(text);
  });
});
