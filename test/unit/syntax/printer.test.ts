import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyAllowances } from '../../../server/src/lint/allow.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import { format, formatEdits } from '../../../server/src/syntax/printer.ts';
import { lexer } from '../../../server/src/syntax/tokens.ts';
import { SAMPLES } from '../samples/sample-files.ts';

/** A script with whatever the samples do not have. */
const RARE = `product acme.a "A" {
  # held below
  vendor "Acme"          # trailing
  on     windows >= 6.1  # and another
  variant "one" {
    each k in keys "HKLM\\A\\*",
                   "HKLM\\B\\*" view both
      where k.name matches /^a(?<n>b)/
        and k value "x" exists
    let a        = "current"     when k.name contains "x"
              else "semi-annual" when k.name contains "y"
              else "other"
    let longer-b = k value "V" replacing /a/ with "b" as version
  }
}

check any-of(first, second) {
  all f in files "%windir%\\*.dll" where f.size > 10MB { f.version reaches { 1.2 from 1.0  3.4  otherwise true } }
  any {
    check other(first, "x", 2) or not product acme.a is one of "x", "y"
    file "x" version reaches {
      6.1.7601.19018
      6.1.7601.23223   from 6.1.7601.23000  # LDR
      10.0.10240.16545
      otherwise false
    } if present
  }
}

bulletin B-1 {
  severity important
  patch P-1
      fixes acme.a < 2 {
    warn "too new" when a = "x"
  }
  patch P-2 fixes acme.a { fixes windows }
}

test "t" {
  machine "a.snapshot.json", "b.snapshot.json"
  given key "HKLM\\A" is unknown
  expect acme.a installed 1 times
}
`;
const TEXTS = [...SAMPLES.map(({ text }) => text), RARE];

/** Everything that a text says: its tokens and its comments, without the blanks between and behind them. */
function words(text: string): readonly string[] {
  const { tokens, groups } = lexer.tokenize(text);
  const comments = groups['comments'] ?? [];
  return [...tokens, ...comments]
    .sort((a, b) => a.startOffset - b.startOffset)
    .map(({ image, tokenType }) => `${tokenType.name} ${image.trimEnd()}`);
}

/** The tree without its places. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value !== 'object' || value === null) return value;
  if ('image' in value) return value.image;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !['start', 'end', 'comments'].includes(name))
      .map(([name, one]) => [name, shape(one)]),
  );
}

const blank = fc.constantFrom(
  ' ',
  '  ',
  '\n',
  '\n\n\n',
  '\t',
  '\n    ',
  ' # a comment\n',
  '\n# own line\n',
  '\n\n # allow x: y\n',
);
const anyText = fc.constantFrom(...TEXTS);
const chooser = fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }));

/** A text with other blanks and more comments between its tokens. */
const respaced = fc
  .record({
    text: anyText,
    blanks: fc.infiniteStream(blank),
    often: fc.double({ min: 0, max: 0.5, noNaN: true }),
    chooser,
  })
  .map(({ text, blanks, often, chooser }) => {
    const { tokens } = lexer.tokenize(text);
    return tokens
      .map(({ image }) => {
        const other = (chooser.next().value as number) < often;
        return `${image}${other ? (blanks.next().value as string) : ' '}`;
      })
      .join('');
  });

/** A text with some pieces cut out, doubled or put elsewhere. */
const damaged = fc
  .record({
    text: fc.oneof(anyText, respaced),
    cuts: fc.array(
      fc.tuple(fc.nat(), fc.nat(30), fc.constantFrom('cut', 'double', '{', '}', '"', '@', 'patch', '\n')),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ text, cuts }) => {
    let result = text;
    for (const [place, length, what] of cuts) {
      const at = place % (result.length + 1);
      const piece = result.slice(at, at + length);
      const put = what === 'cut' ? '' : what === 'double' ? piece + piece : piece + what;
      result = result.slice(0, at) + put + result.slice(at + length);
    }
    return result;
  });

describe('formatting', () => {
  it('leaves the samples as they are', () => {
    for (const { file, text } of SAMPLES) expect(format(text), file).toBe(text);
  });

  it('leaves a well-formed text as it is, whatever stands in it', () => {
    expect(format(TEXTS.at(-1) ?? '')).toBe(TEXTS.at(-1));
  });

  it('writes one statement a line, with its columns', () => {
    const text =
      'patch A "x" fixes b\n{severity low released 2024-01-02   supersedes B,C\n\n\ninstalled when version>=1.2\n}';
    expect(format(text)).toBe(`patch A "x" fixes b {
  severity   low
  released   2024-01-02
  supersedes B, C

  installed when version >= 1.2
}
`);
  });

  it('keeps a body of one statement on its line, and tells conditions of one line apart', () => {
    expect(format('patch A fixes b {installed   when all{x=1 y=2}}')).toBe(
      'patch A fixes b { installed when all { x = 1  y = 2 } }\n',
    );
  });

  it('sets columns of `let`, `else`, `when` and `from`', () => {
    const text = `product a {
let x="1" when y = 2
else "long" when y = 3
else "none"
# why
let longer=file "f" version
installed when longer reaches {
1.2.3 from 1.0
10.0.1
2.0
}
}`;
    expect(format(text)).toBe(`product a {
  let x      = "1"    when y = 2
          else "long" when y = 3
          else "none"
  # why
  let longer = file "f" version
  installed when longer reaches {
    1.2.3  from 1.0
    10.0.1
    2.0
  }
}
`);
  });

  it('keeps every comment where it says something', () => {
    const text = `# first

# about a
product a { # opens
      # above
vendor "x"     # behind
   homepage "y" # also behind
   one per # within
   x
# last
}   # closes
# end`;
    expect(format(text)).toBe(`# first

# about a
product a {  # opens
  # above
  vendor   "x"  # behind
  homepage "y"  # also behind
  one per       # within
    x
  # last
}  # closes
# end
`);
  });

  it('puts an empty line between declarations of several lines, and none between short ones', () => {
    const text =
      'check a { x = 1 }\ncheck b { x = 2 }\nproduct c {\nvendor "x"\n}\n# about d\npatch d fixes c\npatch e fixes c';
    expect(format(text)).toBe(`check a { x = 1 }
check b { x = 2 }

product c {
  vendor "x"
}

# about d
patch d fixes c
patch e fixes c
`);
  });

  it('keeps on a line what an allowance counts for', () => {
    const text =
      'product a {\n  # allow rule: reason\n  vendor "x" homepage "y"\n  family "z" arch x64 # allow rule: reason\n  one per x\n}\n';
    const formatted = format(text);
    const covered = (of: string) => ['homepage', 'arch'].map((word) => allowed(of, of.indexOf(word)));
    expect(covered(text)).toEqual([true, true]);
    expect(covered(formatted)).toEqual([true, true]);
    expect(allowed(formatted, formatted.indexOf('one per'))).toBe(false);
  });

  it('keeps CRLF, and settles a mixture by what most lines have', () => {
    const crlf = RARE.replaceAll('\n', '\r\n');
    expect(format(crlf)).toBe(format(RARE).replaceAll('\n', '\r\n'));
    expect(format('check a { x = 1 }\r\n\r\ncheck b { y = 1 }\ncheck c { z = 1 }\r\n')).not.toMatch(/[^\r]\n/);
  });

  it('keeps a byte order mark, and makes nothing of nothing', () => {
    expect(format('\ufeff  check a {x=1}')).toBe('\ufeffcheck a { x = 1 }\n');
    expect(format('')).toBe('');
    expect(format(' \n\n ')).toBe('');
    expect(format('  # alone')).toBe('# alone\n');
  });

  it('formats only the declarations that have no error', () => {
    const text =
      'product a {vendor   "x"}\n\n\n\nproduct b {  vendor  }\nbulletin c {\npatch d   fixes a\n    patch e   fixes\n}\n';
    expect(format(text)).toBe(
      'product a { vendor "x" }\n\n\n\nproduct b {  vendor  }\nbulletin c {\npatch d fixes a\n    patch e   fixes\n}\n',
    );
  });

  it('copes with very many statements and comments in one place', () => {
    const count = 60_000;
    const formatted = format(`product a {\n${'vendor "x" # y\n'.repeat(count)}}\n`);
    expect(formatted === `product a {\n${'  vendor "x"  # y\n'.repeat(count)}}\n`).toBe(true);
  });

  it('gives edits of blanks alone, of which each may be applied without the others', () => {
    fc.assert(
      fc.property(respaced, fc.nat(), (text, pick) => {
        const edits = formatEdits(text);
        for (const { start, end } of edits) expect(text.slice(start, end)).toMatch(/^\s*$/);
        const one = edits[pick % Math.max(1, edits.length)];
        if (one === undefined) return;
        expect(words(text.slice(0, one.start) + one.text + text.slice(one.end))).toEqual(words(text));
      }),
      { numRuns: 100 },
    );
  });

  it('keeps every word and the tree, and changes nothing a second time', () => {
    fc.assert(
      fc.property(respaced, (text) => {
        const formatted = format(text);
        expect(words(formatted)).toEqual(words(text));
        expect(shape(parse(formatted).file)).toEqual(shape(parse(text).file));
        expect(parse(formatted).errors).toEqual([]);
        expect(format(formatted)).toBe(formatted);
        expect(formatted).not.toMatch(/[ \t]$|\t|\n\n\n/m);
      }),
      { numRuns: 250 },
    );
  });

  it('keeps every word, the tree and the errors of a damaged text, and changes nothing a second time', () => {
    fc.assert(
      fc.property(damaged, (text) => {
        const formatted = format(text);
        const [was, is] = [parse(text), parse(formatted)];
        expect(words(formatted)).toEqual(words(text));
        expect(shape(is.file)).toEqual(shape(was.file));
        expect(is.errors.map(({ code }) => code)).toEqual(was.errors.map(({ code }) => code));
        expect(format(formatted)).toBe(formatted);
      }),
      { numRuns: 500 },
    );
  });
});

/** Whether a warning at an offset is allowed there. */
function allowed(text: string, start: number): boolean {
  const finding = { code: 'rule', severity: 'warning', message: '', at: { file: 'a', start, end: start + 1 } } as const;
  const catalogue = { rule: { severity: 'warning', summary: '' } } as const;
  return !applyAllowances([finding], new Map([['a', text]]), catalogue).includes(finding);
}
