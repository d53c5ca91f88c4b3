/** What the lexer found: characters without meaning, texts without an end. */
import type { ILexingError, IToken } from 'chevrotain';
import { damage, tokenEnd, type Run } from './run.ts';
import * as T from './tokens.ts';
import type { DeclarationNode, PatchNode } from './tree.ts';

/** A text's tokens. */
export interface Lexed {
  readonly tokens: IToken[];
  readonly comments: IToken[];
  /** Characters that mean nothing. */
  readonly errors: ILexingError[];
}

export function lex(text: string): Lexed {
  const { tokens, groups, errors } = T.lexer.tokenize(text);
  return { tokens, comments: groups['comments'] ?? [], errors };
}

/** Reports what the lexer could not read, and marks the declarations that it stands in. */
export function reportLexical(run: Run, { tokens, errors }: Lexed, declarations: readonly DeclarationNode[]): void {
  for (const { offset, length } of errors) {
    const image = run.text.slice(offset, offset + length);
    const message = `\`${image}\` means nothing here. Remove it, or put it into a text in quotes.`;
    run.errors.push({ code: 'stray-character', message, start: offset, end: offset + length });
    damageAt(declarations, offset);
  }
  for (const token of tokens) {
    if (token.tokenType !== T.OpenText) continue;
    const message = 'This text has no closing quote. A text ends on the line where it begins.';
    run.errors.push({ code: 'unclosed-text', message, start: token.startOffset, end: tokenEnd(token) });
    damageAt(declarations, token.startOffset);
  }
}

function damageAt(declarations: readonly DeclarationNode[], offset: number): void {
  for (const declaration of declarations) {
    if (offset < declaration.start || offset >= declaration.end) continue;
    const patch =
      declaration.kind === 'bulletin'
        ? declaration.body.find(
            (item): item is PatchNode => item.kind === 'patch' && offset >= item.start && offset < item.end,
          )
        : undefined;
    damage(patch ?? declaration);
  }
}
