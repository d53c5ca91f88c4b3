import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readBuffer } from './read-buffer.ts';

const read = (path: string) => readBuffer(readFileSync(new URL(`../../../../node_modules/${path}`, import.meta.url)));

describe('the version of a real program', () => {
  it.each([
    ['sevenzip-old/win/x64/7za.exe', '18.1.0.0', '18.01', 'x64'],
    ['sevenzip-old/win/ia32/7za.exe', '18.1.0.0', '18.01', 'x86'],
    ['sevenzip-new/win/x64/7za.exe', '21.7.0.0', '21.07', 'x64'],
    ['sevenzip-new/win/ia32/7za.exe', '21.7.0.0', '21.07', 'x86'],
    ['sevenzip-new/win/arm64/7za.exe', '21.2.0.0', '21.02 alpha', 'arm64'],
  ])('is read of %s', (path, fileVersion, productVersion, arch) => {
    expect(read(path).version).toEqual({
      fileVersion,
      fixedProductVersion: fileVersion,
      productVersion,
      company: 'Igor Pavlov',
      product: '7-Zip',
      originalName: '7za.exe',
      language: 'en-US',
      arch,
    });
  });

  it('takes two reads of a few kilobytes', () => {
    const { bytes, rounds } = read('sevenzip-new/win/x64/7za.exe');
    expect(rounds).toBe(2);
    expect(bytes).toBeLessThan(8192);
  });
});

describe('a file that says nothing of a version', () => {
  it.each([
    ['empty', Buffer.alloc(0)],
    ['a text', Buffer.from('MZ is how this text begins, and it goes on for a while without being an image.')],
    ['zeros', Buffer.alloc(9000)],
  ])('is no error: %s', (_what, file) => {
    expect(readBuffer(file).version).toEqual({});
  });
});
