import { expect, it } from 'vitest';
import { lexer } from '../../../server/src/syntax/tokens.ts';
import { SAMPLES } from '../samples/sample-files.ts';
import { BareGrammar } from '../../support/bare-grammar.ts';

const bare = new BareGrammar();
const reads = (text: string): boolean => bare.reads(lexer.tokenize(text).tokens);

it('reads every sample, as the grammar that builds a tree does', () => {
  for (const { text } of SAMPLES) expect(reads(text)).toBe(true);
});

it('reads nothing that is not in the grammar', () => {
  expect(reads('product acme { installed file "C:\\a" exists }')).toBe(false);
});
