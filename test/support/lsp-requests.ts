/** Every request that the server answers, to be asked about one place. */
import type { Position } from 'vscode-languageserver/node';

/** A request by its method, with what it is asked with, and the capability that announces it. */
export interface AnyRequest {
  readonly method: string;
  readonly params: object;
  /** Not there for a request of our own. */
  readonly provider?: string;
}

/** All of them at a place of a document. */
export function requestsAt(uri: string, position: Position): readonly AnyRequest[] {
  const textDocument = { uri };
  const at = { textDocument, position };
  const range = { start: position, end: position };
  const options = { tabSize: 2, insertSpaces: true };
  const item = { name: 'P-1', kind: 24, uri, range, selectionRange: range };
  const document = (name: string, provider: string, rest: object = {}): AnyRequest => ({
    method: `textDocument/${name}`,
    params: { ...at, ...rest },
    provider,
  });
  return [
    document('documentSymbol', 'documentSymbolProvider'),
    document('hover', 'hoverProvider'),
    document('definition', 'definitionProvider'),
    document('completion', 'completionProvider'),
    { method: 'completionItem/resolve', params: { label: 'x', data: { in: 'products', id: 'x' } } },
    document('references', 'referencesProvider', { context: { includeDeclaration: true } }),
    document('documentHighlight', 'documentHighlightProvider'),
    document('prepareRename', 'renameProvider'),
    document('rename', 'renameProvider', { newName: 'renamed' }),
    { method: 'workspace/symbol', params: { query: '' }, provider: 'workspaceSymbolProvider' },
    document('diagnostic', 'diagnosticProvider'),
    { method: 'workspace/diagnostic', params: { previousResultIds: [] }, provider: 'diagnosticProvider' },
    document('foldingRange', 'foldingRangeProvider'),
    document('linkedEditingRange', 'linkedEditingRangeProvider'),
    document('selectionRange', 'selectionRangeProvider', { positions: [position] }),
    document('documentLink', 'documentLinkProvider'),
    document('prepareTypeHierarchy', 'typeHierarchyProvider'),
    { method: 'typeHierarchy/supertypes', params: { item }, provider: 'typeHierarchyProvider' },
    { method: 'typeHierarchy/subtypes', params: { item }, provider: 'typeHierarchyProvider' },
    document('codeLens', 'codeLensProvider'),
    { method: 'codeLens/resolve', params: { range, data: { file: uri, start: 0 } }, provider: 'codeLensProvider' },
    document('semanticTokens/full', 'semanticTokensProvider'),
    document('semanticTokens/full/delta', 'semanticTokensProvider', { previousResultId: 'none' }),
    document('semanticTokens/range', 'semanticTokensProvider', { range }),
    document('signatureHelp', 'signatureHelpProvider'),
    document('inlayHint', 'inlayHintProvider', { range }),
    document('formatting', 'documentFormattingProvider', { options }),
    document('rangeFormatting', 'documentRangeFormattingProvider', { options, range }),
    document('onTypeFormatting', 'documentOnTypeFormattingProvider', { options, ch: '}' }),
    document('codeAction', 'codeActionProvider', { range, context: { diagnostics: [] } }),
    { method: 'patchlab/declarations', params: { uri } },
    { method: 'patchlab/truth', params: { uris: [uri] } },
    {
      method: 'patchlab/scan',
      params: { token: 't', target: { kind: 'snapshot', path: '/nowhere.snapshot.json' }, include: [] },
    },
  ];
}
