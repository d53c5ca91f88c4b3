import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PeDamaged } from '../../../../server/src/wire/pe/reading.ts';
import { readVersionInfo } from '../../../../server/src/wire/pe/version-info.ts';
import { composePeFile } from '../../../lab/pe-file.ts';
import { readBuffer, type Read } from './read-buffer.ts';

const real = readFileSync(new URL('../../../../node_modules/sevenzip-new/win/ia32/7za.exe', import.meta.url));
const resources = resourceSection(real);
const LIMIT = 64 * 1024;

/** What a reading came to, which may only be a version or the word that the file is damaged. */
function outcome(file: Buffer): Read | 'damaged' {
  try {
    return readBuffer(file);
  } catch (error) {
    if (error instanceof PeDamaged) return 'damaged';
    throw error;
  }
}

function resourceSection(file: Buffer): { offset: number; length: number } {
  const start = file.readUInt32LE(60);
  const table = start + 24 + file.readUInt16LE(start + 20);
  for (let index = 0; index < file.readUInt16LE(start + 6); index++) {
    const at = table + index * 40;
    if (file.toString('latin1', at, at + 5) === '.rsrc')
      return { offset: file.readUInt32LE(at + 20), length: file.readUInt32LE(at + 16) };
  }
  throw new Error('the program has no resources');
}

function changed(changes: readonly (readonly [number, number])[]): Buffer {
  const file = Buffer.from(real);
  for (const [at, value] of changes) file.writeUInt32LE(value >>> 0, at);
  return file;
}

describe('a hostile PE file', () => {
  it('ends in a version or as damaged, within 64 KB, wherever its headers and resources were changed', () => {
    const place = fc.oneof(
      fc.integer({ min: 0, max: 1020 }),
      fc.integer({ min: resources.offset, max: resources.offset + resources.length - 4 }),
    );
    const value = fc.oneof(
      fc.constantFrom(0, 1, 16, 0x7fffffff, 0x80000000, 0x80000010, 0xffffffff, real.length, resources.offset),
      fc.nat(0xffffffff),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(place, value), { minLength: 1, maxLength: 6 }), (changes) => {
        const result = outcome(changed(changes));
        if (result !== 'damaged') expect(result.bytes).toBeLessThanOrEqual(LIMIT);
      }),
      { numRuns: 4000 },
    );
  });

  it('ends likewise cut at any length', () => {
    for (let length = 0; length < real.length; length += 997) outcome(real.subarray(0, length));
    expect(outcome(real.subarray(0, resources.offset + 40))).toBe('damaged');
  });

  it('may point its resource directory at itself', () => {
    const base = resources.offset;
    const types = real.readUInt16LE(base + 12) + real.readUInt16LE(base + 14);
    const loop = Array.from({ length: types }, (_, index) => [base + 16 + index * 8 + 4, 0x80000000] as const);
    expect(outcome(changed(loop))).toBe('damaged');
  });

  it('may claim 65,535 types of resources and 131,070 entries', () => {
    expect(outcome(changed([[resources.offset + 12, 0xffffffff]]))).toBe('damaged');
  });

  it('may claim a version resource of 4 GB', () => {
    const sizes: (readonly [number, number])[] = [];
    for (let at = resources.offset; at < resources.offset + 2048; at += 4) sizes.push([at, 0xffffffff]);
    expect(outcome(changed(sizes.slice(8)))).toBe('damaged');
  });
});

describe('a hostile version resource', () => {
  it('never hangs, never throws', () => {
    const start = real.indexOf(Buffer.from('VS_VERSION_INFO', 'utf16le')) - 6;
    const good = real.subarray(start, start + real.readUInt16LE(start));
    expect(readVersionInfo(good).fileVersion).toBe('21.7.0.0');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 2), fc.nat(0xffff)), { maxLength: 8 }),
        fc.nat(good.length),
        (changes, length) => {
          const bytes = Buffer.from(good);
          for (const [at, value] of changes) bytes.writeUInt16LE(value, at);
          expect(typeof readVersionInfo(bytes.subarray(0, length))).toBe('object');
        },
      ),
      { numRuns: 4000 },
    );
  });

  it('of zeros, of blocks without length, says nothing', () => {
    expect(readVersionInfo(Buffer.alloc(60_000))).toEqual({});
  });
});

describe('a file of 60 MB', () => {
  it.each(['start', 'end'] as const)('costs no more than a small one, its resources lying at the %s', (resourceAt) => {
    const parts = composePeFile({ fileVersion: '5.4.3.2', size: 60 << 20, resourceAt });
    const file = Buffer.alloc(parts.size);
    for (const part of parts.parts) part.bytes.copy(file, part.offset);
    const { version, bytes } = readBuffer(file);
    expect(version.fileVersion).toBe('5.4.3.2');
    expect(bytes).toBeLessThanOrEqual(LIMIT);
  });
});
