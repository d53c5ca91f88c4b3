import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../../../server/src/lsp/closed/bytes.ts';

describe('small texts side by side', () => {
  it('stay what they were, however many come after them and however long they are', () => {
    const texts = Array.from({ length: 2000 }, (_, index) => `${index} `.repeat((index * 37) % 400));
    texts.splice(1000, 0, 'x'.repeat(300_000), '', 'y'.repeat(256 * 1024));
    const kept = texts.map(bytesOf);
    expect(kept.map((bytes) => bytes.toString('latin1'))).toEqual(texts);
  });

  it('share their memory', () => {
    const pieces = new Set(Array.from({ length: 1000 }, () => bytesOf('z'.repeat(1000)).buffer));
    expect(pieces.size).toBeLessThan(6);
  });
});
