import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, parseStretch } from '../../../server/src/syntax/parse.ts';
import { stretchesOf } from '../../../server/src/syntax/stretches.ts';
import { beginning, edit, edited } from '../model/lower/random-edits.ts';

const textsOf = (text: string): readonly string[] => stretchesOf(text).stretches.all.map((one) => one.text);

describe('the stretches of a script', () => {
  it('begin with the comment lines right above a declaration', () => {
    expect(textsOf('# a file\n\n# one\n  # more\ncheck a { }\n\n# two\r\ncheck b { } # behind\ncheck c { }')).toEqual([
      '# a file\n\n',
      '# one\n  # more\ncheck a { }\n\n',
      '# two\r\ncheck b { } # behind\n',
      'check c { }',
    ]);
  });

  it('are not cut within a line, a word or a name that begins like a declaration', () => {
    for (const text of ['# check a\n', '"check a', ' check a { }', 'checks a', 'check.a b', 'check-1', 'xcheck a'])
      expect(textsOf(text)).toEqual([text]);
  });

  it('begin behind any end of a line, and behind the mark of byte order', () => {
    expect(textsOf('check a { }\rcheck b { }\ncheck c { }\r\ncheck d { }')).toHaveLength(4);
    expect(textsOf('\ufeffcheck a { }')).toEqual(['\ufeff', 'check a { }']);
    expect(textsOf('# one\rcheck a { }\n# two\rcheck b { }\ncheck c { }')).toHaveLength(4);
  });

  it('hold what stands in one block together as long as all braces match', () => {
    const text = 'bulletin B {\npatch P fixes a { note }\npatch Q fixes a\n}\ncheck c { }\n';
    expect(textsOf(text)).toHaveLength(2);
    expect(textsOf(`${text}}`)).toHaveLength(4);
  });

  it('are all of the text, whatever it is', () => {
    fc.assert(
      fc.property(beginning, fc.array(edit, { maxLength: 6 }), (text, edits) => {
        const last = edits.reduce(edited, text);
        expect(textsOf(last).join('')).toBe(last);
      }),
      { numRuns: 1000 },
    );
  });

  it('say by themselves what they say within the whole', () => {
    fc.assert(
      fc.property(beginning, fc.array(edit, { maxLength: 6 }), (text, edits) => {
        const last = edits.reduce(edited, text);
        const whole = parse(last);
        let start = 0;
        const heads: unknown[] = [];
        const errors: unknown[] = [];
        for (const stretch of stretchesOf(last).stretches.all) {
          const { file, errors: found } = parseStretch(stretch);
          const at = start;
          heads.push(...file.declarations.map(({ kind, name, start: from }) => [kind, name?.image, from + at]));
          const moved = <S extends { start: number; end: number }>(one: S): S => ({
            ...one,
            ...{ start: one.start + at, end: one.end + at },
          });
          errors.push(...found.map((one) => ({ ...moved(one), ...(one.fix && { fix: moved(one.fix) }) })));
          start += stretch.text.length;
        }
        expect(whole.file.declarations.map(({ kind, name, start: from }) => [kind, name?.image, from])).toEqual(heads);
        expect(whole.errors).toEqual(errors);
      }),
      { numRuns: 500 },
    );
  });

  it('are the same objects where an edit does not reach', () => {
    const text = '# one\ncheck a { }\n# two\ncheck b { }\ncheck c { }\n';
    const before = stretchesOf(text).stretches;
    const after = stretchesOf(text.replace('b { }', 'b { check a }'), before).stretches;
    expect(after.all.map((one) => before.all.includes(one))).toEqual([true, false, true]);
    // Braces that do not match: what is whole by itself is as it was.
    const broken = stretchesOf(text.replace('b { }', 'b { '), before).stretches;
    expect(broken.all.map((one) => before.all.includes(one))).toEqual([true, false, true]);
  });
});
