/** What the editor does by itself while one types, from syntaxes/detect.language-configuration.json. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lexer } from '../../../server/src/syntax/tokens.ts';
import { SAMPLES } from '../samples/sample-files.ts';

interface Configuration {
  readonly comments: { readonly lineComment: string };
  readonly brackets: readonly (readonly [string, string])[];
  readonly wordPattern: string;
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
});
