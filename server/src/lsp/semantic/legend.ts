/** The kinds of semantic tokens, by name and by number. */
import type { SemanticTokensLegend } from 'vscode-languageserver/node';

const TYPES = [
  ...['keyword', 'comment', 'string', 'number', 'regexp', 'operator', 'macro', 'class', 'event', 'namespace'],
  ...['function', 'variable', 'parameter', 'property', 'enumMember'],
] as const;
const MODIFIERS = ['declaration', 'defaultLibrary'] as const;

export type TokenKind = (typeof TYPES)[number];
export type TokenModifier = (typeof MODIFIERS)[number];

export const LEGEND: SemanticTokensLegend = { tokenTypes: [...TYPES], tokenModifiers: [...MODIFIERS] };

export const typeNumber = (kind: TokenKind): number => TYPES.indexOf(kind);
export const modifierBit = (modifier: TokenModifier | undefined): number =>
  modifier === undefined ? 0 : 1 << MODIFIERS.indexOf(modifier);
