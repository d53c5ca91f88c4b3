import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NdrReader, NdrWriter } from '../../../../server/src/wire/dcerpc/ndr.ts';
import { WireError } from '../../../../server/src/wire/failure.ts';

describe('NDR', () => {
  it('writes a text as a conformant varying array with its closing zero', () => {
    expect(new NdrWriter().wideString('ab').finish().toString('hex')).toBe('030000000000000003000000610062000000');
  });

  it('aligns what follows a text', () => {
    const bytes = new NdrWriter().wideString('ab').u32(7).finish();
    expect([bytes.length, bytes.readUInt32LE(20)]).toEqual([24, 7]);
  });

  it('reads every text that it writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.nat(0xffffffff), (raw, number) => {
        const text = raw.replaceAll('\0', '');
        const reader = new NdrReader(
          new NdrWriter().unicodeString(text).wideString(text).u32(number).finish(),
          'a test',
        );
        expect([reader.unicodeString(), reader.wideString(), reader.u32()]).toEqual([text, text, number]);
      }),
    );
  });

  it.each([
    ['more elements than it has room for', [1, 0, 2]],
    ['an offset', [4, 1, 2]],
    ['elements that are not there', [0x40000000, 0, 0x40000000]],
    ['a length that overflows when doubled', [0xffffffff, 0, 0x80000001]],
  ])('refuses an array with %s', (_what, words) => {
    const bytes = Buffer.concat([...words.map((word) => new NdrWriter().u32(word).finish()), Buffer.alloc(8)]);
    expect(() => new NdrReader(bytes, 'a test').varyingArray(2)).toThrow(WireError);
    expect(() => new NdrReader(bytes, 'a test').wideString()).toThrow(WireError);
  });

  it('ends a text at its first zero, and keeps to its length', () => {
    const writer = new NdrWriter().u16(4).u16(8).pointer().u32(4).u32(0).u32(4).bytes(Buffer.from('abcd', 'utf16le'));
    expect(new NdrReader(writer.finish(), 'a test').unicodeString()).toBe('ab');
  });
});
