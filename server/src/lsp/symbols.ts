/** The outline: declarations, the patches of a bulletin, and what a product binds. */
import {
  SymbolKind,
  type DocumentSymbol,
  type DocumentSymbolParams,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { SymbolDefinition } from '../model/symbols.ts';
import { leafEnd, type DeclarationNode, type Leaf, type StatementNode } from '../syntax/tree.ts';
import { namesOf } from './names.ts';
import { treeOf } from './parsed.ts';
import { rangeOf } from './ranges.ts';
import { onDocument, type Session } from './session.ts';
import { nameOfUri } from './uris.ts';
import { isXml } from './xml/document.ts';

const KIND: Readonly<Record<DeclarationNode['kind'], SymbolKind>> = {
  product: SymbolKind.Class,
  bulletin: SymbolKind.Module,
  patch: SymbolKind.Event,
  check: SymbolKind.Function,
  test: SymbolKind.Method,
};

export function serveSymbols(session: Session): ServerCapabilities {
  const { connection, workspace } = session;
  connection.onDocumentSymbol(
    onDocument(session, (document, _asked: { params: DocumentSymbolParams }): DocumentSymbol[] => {
      if (!isXml(document)) return symbolsOf(document);
      const places = namesOf(workspace).inFile(nameOfUri(document.uri));
      return places.flatMap((one) => ('whole' in one ? definedSymbol(document, one) : []));
    }),
  );
  return { documentSymbolProvider: true };
}

/** What an element of patch definitions declares or binds. */
function definedSymbol(
  document: TextDocument,
  { kind, name, title = '', at, whole }: SymbolDefinition,
): DocumentSymbol[] {
  if (kind === 'capture' || kind === 'parameter') return [];
  const isBound = kind === 'let' || kind === 'each';
  return [
    {
      name,
      detail: isBound ? kind : title,
      kind: isBound ? SymbolKind.Variable : KIND[kind],
      range: rangeOf(document, { start: Math.min(whole.start, at.start), end: Math.max(whole.end, at.end) }),
      selectionRange: rangeOf(document, at),
    },
  ];
}

/** The outline of a script. */
export function symbolsOf(document: TextDocument): DocumentSymbol[] {
  return treeOf(document).declarations.map((node) => declarationSymbol(document, node));
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
