/** The grammar's own account of itself, asked for what may follow. */
import type { IToken, Rule } from 'chevrotain';
import { DetectGrammar } from '../../syntax/grammar/declarations.ts';
import { messages } from '../../syntax/messages.ts';
import { expectedAfter, type Expected } from './expected.ts';

let file: Rule | undefined;

/** What may follow the tokens of a declaration, or begin one where there are none. */
export function expectedTokens(before: readonly IToken[]): readonly Expected[] {
  file ??= new DetectGrammar(messages).getGAstProductions().file;
  return file ? expectedAfter(file, before) : [];
}
