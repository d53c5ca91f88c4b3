/** The grammar that colours, held against the lexer that reads. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lexer, RESERVED_WORDS } from '../../../server/src/syntax/tokens.ts';
import { SAMPLES } from '../samples/sample-files.ts';
import { scopesAt, tokenize } from './tokenize.ts';

const KEYWORD =
  /^(keyword\.(declaration|other\.clause|control|operator\.wordlike)|storage\.type\.thing|constant\.language)/;
const NAMED = /^(entity\.name\.type|variable\.other)/;

/** What each token of the lexer may be shown as; a word may be anything but a keyword, a text or a number. */
const SCOPES: Readonly<Record<string, RegExp>> = {
  Text: /^string\.quoted/,
  OpenText: /^string\.quoted/,
  Regex: /^string\.regexp/,
  Comment: /^comment/,
  Guid: /^constant\.other\.guid/,
  Kb: /^(constant\.other\.kb|entity\.name\.type)/,
  Cve: /^constant\.other\.cve/,
  Date: /^constant\.numeric\.date/,
  Version: /^constant\.numeric\.version/,
  Size: /^constant\.numeric\.size/,
  Duration: /^constant\.numeric\.duration/,
  Hex: /^constant\.numeric\.hex/,
  Int: /^constant\.numeric\.integer/,
  BadNumber: /^invalid\.illegal\.number/,
  Open: /^punctuation\.section\.block/,
  Close: /^punctuation\.section\.block/,
  OpenParen: /^punctuation\.section\.parens/,
  CloseParen: /^punctuation\.section\.parens/,
  Comma: /^punctuation\.separator/,
  Word: /^(?!keyword|string|constant\.numeric|punctuation|comment|invalid|storage)/,
};

/** What is shown otherwise than it is read. */
function disagreements(text: string): readonly string[] {
  const shown = scopesAt(text);
  const { tokens, groups, errors } = lexer.tokenize(text);
  if (errors.length > 0) return [];
  return [...tokens, ...(groups['comments'] ?? [])].flatMap(({ image, startOffset, tokenType }) => {
    const scope = shown(startOffset);
    const keyword = tokenType.name.endsWith('Keyword');
    const wanted = keyword ? KEYWORD : (SCOPES[tokenType.name] ?? /^keyword\.operator/);
    // What stands where a name must is shown as one: that it cannot be one is told by the server.
    const named = (keyword || tokenType.name === 'Cve' || tokenType.name === 'Kb') && NAMED.test(scope);
    const property = image === 'product' && scope === 'support.variable.property';
    const fits = wanted.test(scope) || named || property;
    return fits ? [] : [`${tokenType.name} ${image} is ${scope}`];
  });
}

describe('what is coloured is what is read', () => {
  it.each(SAMPLES.map(({ file, text }) => [file, text]))('in %s', (_, text) => {
    expect(disagreements(text)).toEqual([]);
  });

  it('in any row of tokens', () => {
    const token = fc.constantFrom(
      ...RESERVED_WORDS,
      ...['word', 'a.b-c', 'k.name', 'windows', 'windows.build', 'server-2019', 'severity', 'programs', 'version'],
      ...['"text"', '"a ""b"" ${c} %d% *"', '""', '/re[/]x\\/(?<n>a)/i', '{23170F69-40C1-2702-2407-000001000000}'],
      ...['KB5034441', 'KB5034441-x', 'CVE-2024-11477', '2026-01-13', '1.2.3', '1.8.0_202', '1.0.2k', '10MB', '30d'],
      ...['0x1F', '42', '2.0.x', '7z', '<=', '>=', '!=', '<', '>', '=', '{', '}', '(', ')', ',', '# a comment\n'],
      ...['\n', '"open\n'],
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 12 }), (words) => {
        expect(disagreements(words.join(' '))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('line by line: no scope runs past the end of its line', () => {
    const broken = ['let a = "open', 'matches /open', 'file "%windir', '"${name', '{23170F69-', 'KB503', '# "'].join(
      '\n',
    );
    for (const text of [...SAMPLES.map((sample) => sample.text), broken])
      expect(text.split('\n').flatMap((line) => tokenize(line))).toEqual(tokenize(text));
  });
});
