/** Syntax errors in words: what was found, what is expected here, what to do next. */
import { EOF, type IParserErrorMessageProvider, type IToken, type TokenType } from 'chevrotain';
import * as T from './tokens.ts';
import { closest } from './suggest.ts';

/** What may stand in a rule, in words, with an example where that says more. */
const EXPECTED: Readonly<Record<string, string>> = {
  declaration: 'a declaration: `product`, `bulletin`, `patch`, `check` or `test`',
  product:
    'a statement of a product: `each`, `let`, `on`, `installed when`, `one per`, `variant`, or a word such as `vendor`',
  variant: 'a statement of a variant: `each`, `let`, `on`, `installed when` or `one per`',
  find: 'a statement: `each`, `let`, `on`, `installed when` or `one per`',
  bulletin: 'a `patch`, or a statement that its patches share, such as `severity important`',
  patch:
    'a statement of a patch: `fixes`, `on`, `let`, `installed when`, `missing`, `note`, `supersedes`, `superseded by`, `warn`, or a word such as `severity`',
  shared: 'a statement of a patch, such as `installed when` or `severity critical`',
  missing: '`when` and a condition, or `always`',
  condition: 'a condition, such as `file "…" version >= 1.2`',
  term: 'a condition, such as `file "…" version >= 1.2`, `all { … }`, `not …`, `check …` or `product …`',
  comparison: 'a condition, such as `file "…" version >= 1.2`',
  subject: 'something to check: `key`, `file`, `folder`, `service`, `msi`, `hotfix`, a name or a value',
  source: 'a value: `key "…" value "…"`, `file "…" version`, `service "…" state`, `msi … version`, a name or a literal',
  reading: 'a value, such as `file "…" version` or a name',
  predicate: 'a test: `exists`, `is …`, `=`, `>=`, `contains`, `starts with`, `matches`, `reaches` and the like',
  testing:
    'a comparison: `=`, `>=`, `contains`, `starts with`, `ends with`, `like`, `matches`, `reaches`, `older than`',
  useProduct: 'a version range such as `< 24.7`, or `is installed`',
  state: 'a state such as `running`, `installed`, `absent`, `unknown`, or `one of`',
  view: '`32`, `64` or `both`',
  msiId: 'a product code such as `{GUID}`, or `upgrade-code {GUID}`',
  step: '`as …`, `matching /…/` or `replacing … with "…"`',
  reaches: 'a fixed version such as `6.1.7601.19018`, or `{` and one a line',
  rowVersion: 'a version such as `6.1.7601.19018`',
  attribute: 'a value: a word, or a literal such as "a text", 1.2.3 or 2026-01-13',
  warn: '`newer` or a condition',
  group: '`{` and conditions',
  test: '`machine`, `given` or `expect`',
  expect: 'a status such as `installed`, `missing` or `not installed`',
};

/** Words that an author may have meant where a plain word stands. */
const STATEMENTS = [
  'each',
  'let',
  'on',
  'installed',
  'one',
  'variant',
  'fixes',
  'missing',
  'note',
  'supersedes',
  'warn',
  'superseded',
];
const THINGS = ['key', 'file', 'folder', 'service', 'hotfix', 'check', 'product', 'all', 'any', 'not'];
const IN_TESTS = ['machine', 'given', 'expect'];
/** What may follow a thing: a part of it, or a test. */
const OPERATORS = [
  'view',
  'value',
  'exists',
  'is',
  'contains',
  'starts',
  'ends',
  'like',
  'matches',
  'reaches',
  'older',
  'newer',
  'matching',
  'replacing',
];

function found(token: IToken): string {
  if (token.tokenType === EOF) return 'it ends here';
  if (token.tokenType === T.BadNumber) {
    return `found \`${token.image}\`, which is no number, version, date, size or duration`;
  }
  if (token.tokenType === T.OpenText) return 'found a text without its closing quote';
  return `found \`${token.image.length > 40 ? `${token.image.slice(0, 40)}…` : token.image}\``;
}

/** What an author may have mistyped: the word found, or a mistyped statement word that was taken for metadata. */
function hint(actual: IToken, previous: IToken | undefined, rule: string): string {
  if (rule === 'attribute' && previous?.tokenType === T.Word) {
    const statement = closest(previous.image, STATEMENTS);
    if (statement !== undefined) return ` Did you mean \`${statement}\` instead of \`${previous.image}\`?`;
    return ` \`${previous.image}\` is no statement.`;
  }
  const testing = rule === 'predicate' || rule === 'testing';
  if (testing && previous?.tokenType === T.Word) {
    // `chek a`, and `file "…" exist`: what stands before was taken for a name or a property.
    const word = closest(previous.image, [...THINGS, ...OPERATORS]);
    if (word !== undefined) return ` Did you mean \`${word}\` instead of \`${previous.image}\`?`;
  }
  if (rule === 'missing' && actual.tokenType === T.Word) {
    const word = closest(actual.image, ['when', 'always']);
    if (word !== undefined) return ` Did you mean \`${word}\`?`;
  }
  if (actual.tokenType === T.Word) {
    const operators = rule === 'predicate' || rule === 'testing' || rule === 'comparison';
    const word = closest(actual.image, operators ? OPERATORS : rule === 'test' ? IN_TESTS : STATEMENTS);
    if (word !== undefined) return ` Did you mean \`${word}\`?`;
  }
  const reserved = actual.tokenType.name.endsWith('Keyword') && !STATEMENTS.includes(actual.image);
  if (reserved && ['let', 'each', 'product', 'patch', 'bulletin', 'check'].includes(rule)) {
    return ` \`${actual.image}\` is a word of the language and cannot be a name: choose another.`;
  }
  return '';
}

const isOneWord = ({ name, PATTERN }: TokenType): boolean => name.endsWith('Keyword') && typeof PATTERN === 'string';

/** Where one word of the language alone can stand. */
function mistyped({ PATTERN }: TokenType, actual: IToken): string {
  const wanted = typeof PATTERN === 'string' ? closest(actual.image, [PATTERN]) : undefined;
  return wanted === undefined ? '' : ` Did you mean \`${wanted}\`?`;
}

const label = (type: TokenType, rule: string): string =>
  type === T.Word && (rule === 'let' || rule === 'each') ? 'a name' : (type.LABEL ?? type.name);

/** Stands in a message before what may have been meant: the parser takes one text for each error. */
export const HINT = '\u0000';

/** The parser asks here for the text of each error. */
export const messages: IParserErrorMessageProvider = {
  buildMismatchTokenMessage({ expected, actual, previous, ruleName }) {
    const help = isOneWord(expected)
      ? mistyped(expected, actual)
      : expected === T.Name || expected === T.Word || expected === T.Close
        ? hint(actual, previous, ruleName)
        : '';
    return `Expected ${label(expected, ruleName)} here, but ${found(actual)}.${HINT}${help}`;
  },
  buildNotAllInputParsedMessage({ firstRedundant }) {
    if (firstRedundant.tokenType === T.Close)
      return 'This `}` closes nothing: remove it, or add the `{` that it belongs to.';
    return `The declaration before ends here, and ${found(firstRedundant)}: begin a new declaration, or look for a missing \`{\` or \`,\`.${HINT}`;
  },
  buildNoViableAltMessage({ actual, previous, ruleName }) {
    const first = actual[0] ?? previous;
    return `Expected ${EXPECTED[ruleName] ?? 'something else'}, but ${found(first)}.${HINT}${hint(first, previous, ruleName)}`;
  },
  buildEarlyExitMessage({ actual, previous, ruleName }) {
    const first = actual[0] ?? previous;
    const what = ruleName === 'on' || ruleName === 'fixes' ? 'a name' : (EXPECTED[ruleName] ?? 'at least one');
    return `Expected ${what}, but ${found(first)}.${HINT}${hint(first, previous, ruleName)}`;
  },
};

/** Where a declaration should begin and something else stands. */
export function notADeclaration(token: IToken): string {
  const word = closest(token.image, ['product', 'bulletin', 'patch', 'check', 'test']);
  return `Expected ${EXPECTED['declaration']}, but ${found(token)}.${word === undefined ? '' : ` Did you mean \`${word}\`?`}`;
}
