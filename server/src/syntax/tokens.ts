/** The tokens of `*.detect`. Longest match wins: a reserved word is one only when the whole word matches. */
import { createToken, Lexer, type IToken, type ITokenConfig, type TokenType } from 'chevrotain';

/** Every reserved word. Properties, metadata, states and conversions are plain words that the model checks. */
export const RESERVED_WORDS = [
  ...['product', 'bulletin', 'patch', 'check', 'test', 'variant', 'each', 'in', 'where', 'let', 'on', 'fixes'],
  ...['installed', 'missing', 'note', 'when', 'always', 'else', 'supersedes', 'superseded', 'by', 'before', 'warn'],
  ...['one', 'per', 'of', 'given', 'expect', 'machine', 'for', 'all', 'any', 'not', 'and', 'or', 'key', 'value'],
  ...['view', 'file', 'folder', 'service', 'msi', 'hotfix', 'exists', 'absent', 'is', 'contains', 'starts', 'ends'],
  ...['with', 'matches', 'like', 'if', 'present', 'reaches', 'from', 'otherwise', 'true', 'false', 'unknown'],
  ...['older', 'newer', 'than', 'as', 'matching', 'replacing'],
] as const;
export type ReservedWord = (typeof RESERVED_WORDS)[number];

const token = (name: string, pattern: RegExp | string, options: Partial<ITokenConfig> = {}): TokenType =>
  createToken({ name, pattern, ...options });

// ---------- groups of tokens that may stand in the same place

/** A text, version, number, date, size, duration, GUID, KB or CVE id. */
export const Literal = createToken({ name: 'Literal', pattern: Lexer.NA, label: 'a value' });
/** A word or a KB id, where something is named. */
export const Name = createToken({ name: 'Name', pattern: Lexer.NA, label: 'a name' });
/** `=` to `>=`. */
export const Compare = createToken({ name: 'Compare', pattern: Lexer.NA, label: 'a comparison such as >=' });

// ---------- words

export const Word = token('Word', /[A-Za-z_]\w*(?:[.-]\w+)*/, { label: 'a word', categories: [Name] });

const keyword = (word: ReservedWord): TokenType =>
  token(`${word}Keyword`, word, { longer_alt: Word, label: `\`${word}\`` });

/** The token of each reserved word. */
export const K = Object.fromEntries(RESERVED_WORDS.map((word) => [word, keyword(word)])) as Record<
  ReservedWord,
  TokenType
>;

// ---------- literals

export const Guid = token('Guid', /\{[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}\}/, {
  categories: [Literal],
  label: 'a GUID',
});
export const Text = token('Text', /"(?:[^"\r\n]|"")*"/, { categories: [Literal], label: 'a text in quotes' });
/** A text without its closing quote ends with its line. */
export const OpenText = token('OpenText', /"(?:[^"\r\n]|"")*/, { categories: [Text], label: 'a text in quotes' });
const REGEX = /\/(?:[^/\\\r\n[]|\\.|\[(?:[^\]\\\r\n]|\\.)*\])+\/[a-z]*/y;
/** So many slashes of a line may begin nothing before no more of them are tried: each is tried to the end of its line. */
const MOST_STRAY_SLASHES = 50;
/** Of each run of the lexer the line that it is in: where it ends, and how many slashes began nothing. */
const strays = new WeakMap<readonly IToken[], { end: number; count: number }>();

function regexAt(text: string, offset: number, run: readonly IToken[]): RegExpExecArray | null {
  const line = strays.get(run);
  if (line !== undefined && offset < line.end && line.count >= MOST_STRAY_SLASHES) return null;
  REGEX.lastIndex = offset;
  const found = REGEX.exec(text);
  if (found !== null || text.charCodeAt(offset) !== SLASH) return found;
  if (line !== undefined && offset < line.end) line.count++;
  else {
    LINE_END.lastIndex = offset;
    strays.set(run, { end: LINE_END.exec(text)?.index ?? text.length, count: 1 });
  }
  return null;
}
const SLASH = 47;
const LINE_END = /[\r\n]/g;

export const Regex = createToken({
  ...{ name: 'Regex', pattern: regexAt, start_chars_hint: ['/'], line_breaks: false },
  label: 'a regular expression such as /^7-Zip/',
});
export const Kb = token('Kb', /KB\d{5,8}/, { longer_alt: Word, categories: [Literal, Name], label: 'a KB id' });
export const Cve = token('Cve', /CVE-\d{4}-\d{4,7}/, { longer_alt: Word, categories: [Literal], label: 'a CVE id' });

/** Whatever begins with a digit and is none of the literals: one error on one token. */
export const BadNumber = token('BadNumber', /\d[\w.-]*/);
const number = (name: string, pattern: RegExp, label: string): TokenType =>
  token(name, pattern, { longer_alt: BadNumber, categories: [Literal], label });
export const DateLiteral = number('Date', /\d{4}-\d{2}-\d{2}/, 'a date such as 2026-01-13');
export const Version = number('Version', /\d+(?:\.\d+)+(?:[_-]\d+)*(?:[a-z]{1,8}\d*)?/, 'a version such as 1.2.3');
export const Size = number('Size', /\d+(?:KB|MB|GB|TB|B)/, 'a size such as 10MB');
export const Duration = number('Duration', /\d+[smhdw]/, 'a duration such as 30d');
export const Hex = number('Hex', /0x[0-9A-Fa-f]+/, 'a number');
export const Int = number('Int', /\d+/, 'a number');

// ---------- the rest

const comparison = (name: string, pattern: string): TokenType =>
  token(name, pattern, { categories: [Compare], label: `\`${pattern}\`` });
const comparisons = [
  comparison('LessOrEqual', '<='),
  comparison('GreaterOrEqual', '>='),
  comparison('NotEqual', '!='),
  comparison('Less', '<'),
  comparison('Greater', '>'),
];
export const Equal = comparison('Equal', '=');
export const Open = token('Open', '{', { label: '`{`' });
export const Close = token('Close', '}', { label: '`}`' });
export const OpenParen = token('OpenParen', '(', { label: '`(`' });
export const CloseParen = token('CloseParen', ')', { label: '`)`' });
export const Comma = token('Comma', ',', { label: '`,`' });

const Blank = token('Blank', /[ \t\r\n\u00a0\ufeff]+/, { group: Lexer.SKIPPED, line_breaks: true });
export const Comment = token('Comment', /#[^\r\n]*/, { group: 'comments' });

/** The whole vocabulary, in the order in which the lexer tries it. */
export const VOCABULARY: TokenType[] = [
  ...[Blank, Comment, Literal, Name, Compare, Guid, Text, OpenText, Regex],
  // Longer words first, or `in` would be found in `installed` before `longer_alt` is asked.
  ...RESERVED_WORDS.toSorted((a, b) => b.length - a.length).map((word) => K[word]),
  ...[Kb, Cve, Word, DateLiteral, Version, Size, Duration, Hex, Int, BadNumber],
  ...[...comparisons, Equal, Open, Close, OpenParen, CloseParen, Comma],
];

/** Offsets only: lines and columns are computed where they are shown. */
export const lexer = new Lexer(VOCABULARY, {
  positionTracking: 'onlyOffset',
  ensureOptimizations: true,
  skipValidations: true,
});
