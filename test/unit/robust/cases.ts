/** Texts of all kinds of damage: each follows from the seed and its number alone, so one can be made again by itself. */
import { lexer, RESERVED_WORDS } from '../../../server/src/syntax/tokens.ts';
import { random } from '../patchxml/mutations.ts';

/** Another one is tried with the environment variable; a failure names it. */
export const SEED = Number(process.env.PATCHLAB_SEED ?? 1);

type Next = () => number;

/** Draws for one case. */
export class Draw {
  readonly #next: Next;

  constructor(number: number) {
    this.#next = random(Math.imul(SEED, 1_000_003) + number);
  }

  below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  of<T>(all: readonly T[]): T {
    const one = all[this.below(all.length)];
    if (one === undefined) throw new Error('nothing to draw from');
    return one;
  }

  /** A part of a text: where it begins and ends; mostly a short one. */
  part(text: string): { readonly start: number; readonly end: number } {
    const start = this.below(text.length + 1);
    const most = this.below(10) < 7 ? 6 : text.length;
    return { start, end: Math.min(text.length, start + this.below(most + 1)) };
  }
}

/** Characters that programs stumble over. */
const ODD = [
  ...[
    '\0',
    '\u0001',
    '\u001b',
    '\u007f',
    '\u0085',
    '\u00a0',
    '\u00ad',
    '\u200b',
    '\u2028',
    '\u202e',
    '\ufeff',
    '\uffff',
  ],
  ...['\ud800', '\udc00', '\ud83d', '\u{1f600}', '\u{10ffff}', 'é', 'ß', 'İ', 'ſ', 'K', 'é'],
  ...['\r', '\n', '\r\n', '\n\r', '\t', '\v', '\f', '\\', '"', "'", '`', '$', '${', '}', '{', '%', '#', '/', '*', '?'],
];
const SCRIPT_PIECES = [
  ...['{', '}', '(', ')', '"', '""', '/', '/[', '#', '${', '%', '.', ',', '=', '>=', '< ', 'all {', 'any {', 'not '],
  ...[
    'each x in ',
    'where ',
    'else ',
    'let x = ',
    'patch P fixes ',
    'product p {',
    'check c(',
    'bulletin B {',
    'test "t" {',
  ],
  ...['reaches {', 'otherwise ', 'supersedes ', '# allow syntax: ', '1.2', '0x', '99999999999999999999', 'KB1234567'],
  ...['CVE-2020-1', '2026-02-30', '{00000000-0000-0000-0000-000000000000}', '"HKLM\\*\\*"', '/(?<a>.)/i', '\n', '\r\n'],
];
const XML_PIECES = [
  ...['<', '>', '/', '"', "'", '&', '=', ' ', '\n', '\r\n', '<a>', '</a>', '</patch>', '<patch id="x">', '<!--', '-->'],
  ...[
    '<![CDATA[',
    ']]>',
    '<?x?>',
    '<?xml ',
    '<!DOCTYPE a [<!ENTITY b "c">]>',
    '&lt;',
    '&x;',
    '&#65;',
    '&#xd800;',
    '&#0;',
  ],
  ...['id="y" ', 'xmlns="x" ', 'xmlns:a="b" ', '{', '${', '\\', '1.2', '<patches>', '</patches>', '<all>', '<not>'],
];

export type Language = 'script' | 'xml';

/** Some damage to one of the texts. */
export function damaged(draw: Draw, texts: readonly string[], language: Language): string {
  let text = draw.of(texts);
  for (let times = 1 + draw.below(3); times > 0; times--) text = damage(draw, text, { texts, language });
  return text;
}

type Kind = (
  draw: Draw,
  text: string,
  from: { readonly texts: readonly string[]; readonly language: Language },
) => string;

function damage(draw: Draw, text: string, from: { texts: readonly string[]; language: Language }): string {
  return draw.of(KINDS)(draw, text, from);
}

const KINDS: readonly Kind[] = [
  // Cut off, at either end.
  (draw, text) => text.slice(0, draw.below(text.length + 1)),
  (draw, text) => text.slice(draw.below(text.length + 1)),
  // A part that goes, comes twice, or moves.
  (draw, text) => replaced(text, draw.part(text), ''),
  (draw, text) => {
    const part = draw.part(text);
    return replaced(text, part, text.slice(part.start, part.end).repeat(2));
  },
  (draw, text) => {
    const { start, end } = draw.part(text);
    const rest = text.slice(0, start) + text.slice(end);
    const at = draw.below(rest.length + 1);
    return rest.slice(0, at) + text.slice(start, end) + rest.slice(at);
  },
  // Something put in or in the place of something.
  (draw, text, { language }) => {
    const pieces = language === 'xml' ? XML_PIECES : SCRIPT_PIECES;
    const at = draw.below(text.length + 1);
    return replaced(text, { start: at, end: at }, draw.of(pieces));
  },
  (draw, text, { language }) =>
    replaced(text, draw.part(text), draw.of(language === 'xml' ? XML_PIECES : SCRIPT_PIECES)),
  (draw, text) => replaced(text, draw.part(text), draw.of(ODD)),
  (draw, text) => replaced(text, draw.part(text), String.fromCharCode(draw.below(65536))),
  // One bit of one character, as a byte of a file flips.
  (draw, text) => {
    const at = draw.below(Math.max(1, text.length));
    const flipped = String.fromCharCode((text.charCodeAt(at) || 0) ^ (1 << draw.below(8)));
    return replaced(text, { start: at, end: at + 1 }, flipped);
  },
  // What holds things together is lost.
  (draw, text) => {
    const mark = draw.of(['{', '}', '"', '(', ')', '<', '>', '/', '\n', '\\']);
    const at = text.indexOf(mark, draw.below(text.length + 1));
    return at < 0 ? text.replace(mark, '') : replaced(text, { start: at, end: at + 1 }, '');
  },
  (draw, text) => text.replaceAll(draw.of(['{', '}', '"', '<', '>', '\n', ' ']), draw.of(['', '', '\0', '\r'])),
  // Tokens that change places, or are those of another text.
  (draw, text, { language }) => (language === 'xml' ? text : swapped(draw, text)),
  (draw, text, { texts }) => {
    const other = draw.of(texts);
    return replaced(text, draw.part(text), other.slice(draw.below(other.length), draw.below(other.length)));
  },
  (draw, text, { texts }) => text.slice(0, draw.below(text.length)) + draw.of(texts).slice(draw.below(200)),
  // Line ends and marks of other systems.
  (_, text) => text.replaceAll('\n', '\r\n'),
  (_, text) => text.replaceAll('\n', '\r'),
  (_, text) => `\ufeff${text}`,
  (draw, text) => text.replaceAll('\n', ' ').slice(0, 400 + draw.below(400)),
];

const replaced = (text: string, { start, end }: { start: number; end: number }, by: string): string =>
  text.slice(0, start) + by + text.slice(end);

function swapped(draw: Draw, text: string): string {
  const { tokens } = lexer.tokenize(text);
  if (tokens.length < 2) return text;
  const [a, b] = [draw.of(tokens), draw.of(tokens)].sort((x, y) => x.startOffset - y.startOffset);
  if (a === undefined || b === undefined || a === b) return text;
  const [endA, endB] = [a.startOffset + a.image.length, b.startOffset + b.image.length];
  return text.slice(0, a.startOffset) + b.image + text.slice(endA, b.startOffset) + a.image + text.slice(endB);
}

/** Text that nobody wrote: any characters, odd ones, or pieces of the language in any order. */
export function anything(draw: Draw, language: Language): string {
  const pieces = language === 'xml' ? XML_PIECES : SCRIPT_PIECES;
  const make = draw.of<() => string>([
    () => String.fromCharCode(draw.below(65536)),
    () => String.fromCharCode(draw.below(256)),
    () => draw.of(ODD),
    () => draw.of(pieces),
    () => draw.of(language === 'xml' ? pieces : RESERVED_WORDS),
    () => draw.of([...ODD, ...pieces]),
  ]);
  const between = draw.of(['', '', ' ', '\n']);
  return Array.from({ length: draw.below(60) }, make).join(between);
}
