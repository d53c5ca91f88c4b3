import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../../server/src/syntax/parse.ts';
import { lexer } from '../../../server/src/syntax/tokens.ts';
import { SAMPLES } from '../samples/sample-files.ts';

interface Piece {
  readonly startOffset: number;
  readonly image: string;
}

function tokensAndComments(text: string): readonly Piece[] {
  const { tokens, groups } = lexer.tokenize(text);
  return [...tokens, ...(groups['comments'] ?? [])].sort((a, b) => a.startOffset - b.startOffset);
}

/** Every node and leaf of a tree, with its place. */
function places(node: unknown): { start: number; end: number; children: unknown[] }[] {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap(places);
  if ('tokenType' in node && 'startOffset' in node && 'image' in node) {
    const { startOffset, image } = node as Piece;
    return [{ start: startOffset, end: startOffset + image.length, children: [] }];
  }
  const children = Object.values(node).filter((value) => typeof value === 'object');
  const inner = children.flatMap(places);
  return 'start' in node && 'end' in node
    ? [{ start: Number(node.start), end: Number(node.end), children }, ...inner]
    : inner;
}

const withCarriageReturns = (text: string): string => text.replaceAll('\n', '\r\n');
const strip = (value: unknown): string =>
  JSON.stringify(value, (key, part: unknown) =>
    ['start', 'end', 'startOffset', 'tokenType', 'tokenTypeIdx'].includes(key) ? undefined : part,
  );

describe.each(SAMPLES)('$file', ({ text }) => {
  it('is tiled by its tokens and comments, with nothing but blanks between', () => {
    let end = 0;
    for (const { startOffset, image } of tokensAndComments(text)) {
      expect(text.slice(end, startOffset).trim()).toBe('');
      expect(text.slice(startOffset, startOffset + image.length)).toBe(image);
      end = startOffset + image.length;
    }
    expect(text.slice(end).trim()).toBe('');
  });

  it('gives every node its place: inside its parent, and in what it is made of', () => {
    const { file, errors } = parse(text);
    expect(errors).toEqual([]);
    for (const { start, end, children } of places(file)) {
      expect(start).toBeLessThanOrEqual(end);
      for (const child of places(children)) {
        expect(child.start).toBeGreaterThanOrEqual(start);
        expect(child.end).toBeLessThanOrEqual(end);
      }
    }
  });

  it('means the same with CRLF', () => {
    const crlf = parse(withCarriageReturns(text));
    expect(crlf.errors).toEqual([]);
    expect(strip(crlf.file.declarations)).toBe(strip(parse(text).file.declarations));
  });

  it('throws with no prefix of it', () => {
    for (let end = 0; end <= text.length; end++) {
      const { errors } = parse(text.slice(0, end));
      for (const { start, end: stop } of errors) expect(start >= 0 && start <= stop && stop <= end + 1).toBe(true);
    }
  });
});

describe('parse', () => {
  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(parse(text).file.end).toBe(text.length);
      }),
    );
  });

  it('never throws, whatever the order of the words of the language', () => {
    const words = [...new Set(SAMPLES.flatMap(({ text }) => lexer.tokenize(text).tokens.map((token) => token.image)))];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words, '\n'), { maxLength: 60 }), (chosen) => {
        const text = chosen.join(' ');
        const { errors } = parse(text);
        for (const { start, end } of errors) expect(start >= 0 && start <= end && end <= text.length + 1).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('bears conditions that stand thousands deep in each other, and says so', () => {
    const deep = `check x { ${'not '.repeat(50_000)} windows.build = 1 }\ncheck y { windows.build = 1 }`;
    const { file, errors } = parse(deep);
    expect(errors.map(({ code }) => code)).toContain('nested-too-deep');
    expect(file.declarations.some(({ name, damaged }) => name?.image === 'y' && !damaged)).toBe(true);
    expect(() => parse(`check x { ${'all { '.repeat(20_000)}`)).not.toThrow();
  });

  it('takes a hundred blocks in each other', () => {
    const { errors } = parse(`check x { ${'all { '.repeat(95)} windows.build = 1 ${'}'.repeat(95)} }`);
    expect(errors).toEqual([]);
  });
});
