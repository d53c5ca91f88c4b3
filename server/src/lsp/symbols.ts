/** The outline: declarations, the patches of a bulletin, and what a product binds. */
import {
  SymbolKind,
  type Connection,
  type DocumentSymbol,
  type DocumentSymbolParams,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from '../syntax/parse.ts';
import { leafEnd, type DeclarationNode, type Leaf, type StatementNode } from '../syntax/tree.ts';
import { rangeOf } from './ranges.ts';
import type { Workspace } from './workspace.ts';

const KIND: Readonly<Record<DeclarationNode['kind'], SymbolKind>> = {
  product: SymbolKind.Class,
  bulletin: SymbolKind.Module,
  patch: SymbolKind.Event,
  check: SymbolKind.Function,
  test: SymbolKind.Method,
};

export function serveSymbols(connection: Connection, workspace: Workspace): void {
  connection.onDocumentSymbol(({ textDocument }: DocumentSymbolParams) => {
    const document = workspace.documentOfUri(textDocument.uri);
    return document ? symbolsOf(document) : [];
  });
}

export function symbolsOf(document: TextDocument): DocumentSymbol[] {
  return parse(document.getText()).file.declarations.map((node) => declarationSymbol(document, node));
}

function declarationSymbol(document: TextDocument, node: DeclarationNode): DocumentSymbol {
  const title = node.title ? textOf(node.title) : '';
  const nested = node.kind === 'check' ? [] : node.body;
  return {
    // The protocol refuses an empty name; a test has none but its title.
    name: node.name?.image || title || node.kind,
    detail: node.name?.image ? title : '',
    kind: KIND[node.kind],
    range: rangeOf(document, node),
    selectionRange: rangeOf(document, node.name?.image ? spanOf(node.name) : { start: node.start, end: node.start }),
    children: nested.flatMap((item) =>
      item.kind === 'patch' ? declarationSymbol(document, item) : bound(document, item),
    ),
  };
}

function bound(document: TextDocument, statement: StatementNode): DocumentSymbol[] {
  if (statement.kind === 'variant') return statement.body.flatMap((inner) => bound(document, inner));
  if ((statement.kind !== 'let' && statement.kind !== 'each') || !statement.name?.image) return [];
  return [
    {
      name: statement.name.image,
      detail: statement.kind,
      kind: SymbolKind.Variable,
      range: rangeOf(document, statement),
      selectionRange: rangeOf(document, spanOf(statement.name)),
    },
  ];
}

function spanOf(leaf: Leaf): { start: number; end: number } {
  return { start: leaf.startOffset, end: leafEnd(leaf) };
}

function textOf(title: Leaf): string {
  return title.image.replace(/^"|"$/g, '').replaceAll('""', '"');
}
