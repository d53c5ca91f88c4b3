/** A document's tokens and tree, kept until it changes: several capabilities ask for them after each keystroke. */
import type { IToken } from 'chevrotain';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isTooLarge } from '../syntax/limits.ts';
import { parse } from '../syntax/parse.ts';
import { lexer } from '../syntax/tokens.ts';
import type { FileNode } from '../syntax/tree.ts';

interface Parsed {
  readonly version: number;
  tree?: FileNode;
  tokens?: readonly IToken[];
}

const known = new WeakMap<TextDocument, Parsed>();

function parsed(document: TextDocument): Parsed {
  const before = known.get(document);
  if (before?.version === document.version) return before;
  const fresh: Parsed = { version: document.version };
  known.set(document, fresh);
  return fresh;
}

/** The syntax tree of a document as it stands. */
export function treeOf(document: TextDocument): FileNode {
  const entry = parsed(document);
  return (entry.tree ??= parse(document.getText()).file);
}

/** The tokens of a document as it stands, comments among them, in their order. */
export function tokensOf(document: TextDocument): readonly IToken[] {
  const entry = parsed(document);
  return (entry.tokens ??= lex(document.getText()));
}

function lex(text: string): readonly IToken[] {
  if (isTooLarge(text)) return [];
  const { tokens, groups } = lexer.tokenize(text);
  return [...tokens, ...(groups.comments ?? [])].sort((a, b) => a.startOffset - b.startOffset);
}
