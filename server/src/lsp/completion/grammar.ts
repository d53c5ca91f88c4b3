/** The grammar's own account of itself, asked for what may follow. */
import type { IToken } from 'chevrotain';
import { grammarRules } from '../../syntax/run.ts';
import { expectedAfter, type Expected } from './expected.ts';

/** What may follow the tokens of a declaration, or begin one where there are none. */
export function expectedTokens(before: readonly IToken[]): readonly Expected[] {
  const { file } = grammarRules();
  return file ? expectedAfter(file, before) : [];
}
