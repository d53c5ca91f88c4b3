import { describe, expect, it } from 'vitest';
import { decodeValue } from '../../../../server/src/machine/live/registry-value.ts';

const hex = (text: string) => Buffer.from(text, 'hex');
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

describe('a registry value', () => {
  it.each([
    [0, hex('01ff'), { type: 'REG_NONE', data: '01ff' }],
    [1, utf16('text\0'), { type: 'REG_SZ', data: 'text' }],
    [1, utf16('no zero'), { type: 'REG_SZ', data: 'no zero' }],
    [1, utf16('a\0hidden\0'), { type: 'REG_SZ', data: 'a' }],
    [1, Buffer.alloc(0), { type: 'REG_SZ', data: '' }],
    [2, utf16('%windir%\0'), { type: 'REG_EXPAND_SZ', data: '%windir%' }],
    [3, hex('00ff10'), { type: 'REG_BINARY', data: '00ff10' }],
    [4, hex('ffffffff'), { type: 'REG_DWORD', data: '4294967295' }],
    [5, hex('00000102'), { type: 'REG_DWORD_BIG_ENDIAN', data: '258' }],
    [6, utf16('\\Registry\\X'), { type: 'REG_LINK', data: '\\Registry\\X' }],
    [7, utf16('a\0b\0\0'), { type: 'REG_MULTI_SZ', data: ['a', 'b'] }],
    [7, utf16('a\0b'), { type: 'REG_MULTI_SZ', data: ['a', 'b'] }],
    [7, utf16('\0'), { type: 'REG_MULTI_SZ', data: [] }],
    [8, hex('aa'), { type: 'REG_RESOURCE_LIST', data: 'aa' }],
    [11, hex('ffffffffffffffff'), { type: 'REG_QWORD', data: '18446744073709551615' }],
  ])('of type %i is decoded', (type, data, value) => {
    expect(decodeValue(type, data)).toEqual({ state: 'present', value });
  });

  it.each([
    [4, hex('0102')],
    [4, Buffer.alloc(0)],
    [5, hex('0102030405')],
    [11, hex('01020304')],
    [99, hex('01')],
  ])('of type %i whose bytes do not fit is unreadable, not absent and not a guess', (type, data) => {
    expect(decodeValue(type, data).state).toBe('unreadable');
  });
});
