/** The products and patches of a file, where they begin: what the editor's scan lenses stand above. */
import type { DeclarationPlace } from '../protocol/declarations.ts';
import { namesOf } from './names.ts';
import { nameOfUri } from './uris.ts';
import type { Workspace } from './workspace.ts';

export function declarationsOf(workspace: Workspace, uri: string): readonly DeclarationPlace[] {
  const document = workspace.documentOfUri(uri);
  if (!document) return [];
  const places = namesOf(workspace).inFile(nameOfUri(uri));
  return places.flatMap((one) =>
    'whole' in one && (one.kind === 'product' || one.kind === 'patch')
      ? [{ id: one.name, kind: one.kind, line: document.positionAt(one.at.start).line }]
      : [],
  );
}
