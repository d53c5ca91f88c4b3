/** What the editor does by itself while one types, from syntaxes/detect.language-configuration.json. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { foldsOf } from '../../../server/src/lsp/folding.ts';
import { lexer } from '../../../server/src/syntax/tokens.ts';
import { SAMPLES } from '../samples/sample-files.ts';

interface Configuration {
  readonly comments: { readonly lineComment: string };
  readonly brackets: readonly (readonly [string, string])[];
  readonly wordPattern: string;
  readonly folding: { readonly markers: { readonly start: string; readonly end: string } };
  readonly indentationRules: { readonly increaseIndentPattern: string; readonly decreaseIndentPattern: string };
}
const configuration = JSON.parse(readFileSync('syntaxes/detect.language-configuration.json', 'utf8')) as Configuration;

describe('the language configuration', () => {
  it('comments out with what the lexer takes for a comment', () => {
    const { tokens, groups } = lexer.tokenize(`${configuration.comments.lineComment} product a {}`);
    expect([tokens.length, groups['comments']?.length]).toEqual([0, 1]);
  });

  it('pairs the brackets that the lexer knows', () => {
    expect(configuration.brackets.flat().map((one) => lexer.tokenize(one).tokens[0]?.tokenType.name)).toEqual([
      ...['Open', 'Close', 'OpenParen', 'CloseParen'],
    ]);
  });

  it('selects names, ids, versions and GUIDs whole, as the lexer reads them', () => {
    const whole = new RegExp(`^(?:${configuration.wordPattern})$`);
    const words = SAMPLES.flatMap(({ text }) => lexer.tokenize(text).tokens).filter(({ tokenType: { name } }) =>
      ['Word', 'Kb', 'Cve', 'Version', 'Int', 'Date', 'Guid', 'Size', 'Duration'].includes(name),
    );
    expect(words.length).toBeGreaterThan(200);
    expect(words.filter(({ image }) => !whole.test(image)).map(({ image }) => image)).toEqual([]);
  });

  it('indents behind an open block, back at its end, and nowhere else', () => {
    const increase = new RegExp(configuration.indentationRules.increaseIndentPattern);
    const decrease = new RegExp(configuration.indentationRules.decreaseIndentPattern);
    for (const line of SAMPLES.flatMap(({ text }) => text.split('\n'))) {
      const types = lexer.tokenize(line).tokens.map(({ tokenType }) => tokenType.name);
      expect([line, increase.test(line)]).toEqual([line, types.at(-1) === 'Open']);
      expect([line, decrease.test(line)]).toEqual([line, types[0] === 'Close']);
    }
  });

  it('folds between the same marks as the server', () => {
    const { start, end } = configuration.folding.markers;
    const text = '# region Old ones\nproduct a { }\n\n  #region inner\n  # endregion\n# endregion\n# regional\n';
    const marks = text
      .split('\n')
      .map((line) => (new RegExp(start).test(line) ? '(' : new RegExp(end).test(line) ? ')' : ''));
    expect(marks).toEqual(['(', '', '', '(', ')', ')', '', '']);
    expect(foldsOf(TextDocument.create('file:///a.detect', 'detect', 1, text))).toEqual([
      { startLine: 0, endLine: 5, kind: 'region' },
      { startLine: 3, endLine: 4, kind: 'region' },
    ]);
  });

  it('selects by a double click what one means by it', () => {
    const word = new RegExp(configuration.wordPattern, 'g');
    const line = 'patch KB5031356 fixes mozilla.firefox < 1.8.0_202 { cve CVE-2024-11477  on windows-10-22h2 }';
    expect(line.match(word)).toEqual([
      ...[
        'patch',
        'KB5031356',
        'fixes',
        'mozilla.firefox',
        '1.8.0_202',
        'cve',
        'CVE-2024-11477',
        'on',
        'windows-10-22h2',
      ],
    ]);
    expect('"${app.location}\\acme.exe"'.match(word)).toEqual(['app.location', 'acme.exe']);
  });
});
