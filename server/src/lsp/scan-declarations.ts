/** The products and patches of a file, where they begin: what the editor's scan lenses stand above. */
import type { DeclarationPlace } from '../protocol.ts';
import { nameOfUri } from './uris.ts';
import type { Workspace } from './workspace.ts';

export function declarationsOf(workspace: Workspace, uri: string): readonly DeclarationPlace[] {
  const document = workspace.documentOfUri(uri);
  if (!document) return [];
  const file = nameOfUri(uri);
  return workspace
    .analyse()
    .linked.symbols.definitions.flatMap(({ kind, name, at }) =>
      at.file === file && (kind === 'product' || kind === 'patch')
        ? [{ id: name, kind, line: document.positionAt(at.start).line }]
        : [],
    );
}
