import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lowerFile, type LoweredFile } from '../../../../server/src/model/lower/file.ts';
import { beginning, DECLARATIONS, edit, edited } from './random-edits.ts';

const FILE = 'a.detect';

/** All that is known of a file but how it came to be known. */
function known({ cut: _, ...rest }: LoweredFile): unknown {
  return rest;
}

describe('a script that is edited', () => {
  it('is lowered to what it is when nothing was known of it', () => {
    fc.assert(
      fc.property(beginning, fc.array(edit, { minLength: 1, maxLength: 8 }), (first, edits) => {
        let text = first;
        let lowered = lowerFile(FILE, text);
        for (const one of edits) {
          text = edited(text, one);
          lowered = lowerFile(FILE, text, lowered);
          const [now, fresh] = [known(lowered), known(lowerFile(FILE, text))];
          // Much quicker than a matcher, which has the better words.
          if (!isDeepStrictEqual(now, fresh)) expect(now).toEqual(fresh);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps what stands before and behind an edit, and moves nothing that was handed out', () => {
    const text = DECLARATIONS.join('\n');
    const before = lowerFile(FILE, text);
    const copy = JSON.stringify(before.products[1]);
    const after = lowerFile(FILE, text.replace('vendor "Acme"', 'vendor "Acme Corporation"'), before);
    expect(after.products[1]?.product.at.start).toBe((before.products[1]?.product.at.start ?? 0) + 12);
    expect(JSON.stringify(before.products[1])).toBe(copy);
    const kept = after.cut?.origins.filter((one) => before.cut?.origins.includes(one));
    expect(kept).toHaveLength((before.cut?.origins.length ?? 0) - 1);
  });

  it('knows what it knew also where what stands before an edit had moved', () => {
    const text = DECLARATIONS.join('\n');
    const first = lowerFile(FILE, text);
    const second = lowerFile(FILE, `# a line more\n\n${text}`, first);
    const third = lowerFile(FILE, `# a line more\n\n${text}check more { }\n`, second);
    expect(third.products[1]).toBe(second.products[1]);
    expect(third.products[1]).not.toBe(first.products[1]);
  });
});
