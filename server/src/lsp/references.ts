/** Find references: of declarations in the whole workspace, and of local names in all declarations that share them. */
import type { Location as LspLocation, ReferenceParams, ServerCapabilities } from 'vscode-languageserver/node';
import { namesOf } from './names.ts';
import { locationOf } from './ranges.ts';
import { onDocument, type Session } from './session.ts';
import { nameOfUri } from './uris.ts';

export function serveReferences(session: Session): ServerCapabilities {
  const { connection, workspace } = session;
  connection.onReferences(
    onDocument(session, (document, { params }: { params: ReferenceParams }): LspLocation[] => {
      const names = namesOf(workspace);
      const thing = names.thingAt(nameOfUri(document.uri), document.offsetAt(params.position));
      if (!thing) return [];
      const places = params.context.includeDeclaration ? [...thing.definitions, ...thing.uses] : [...thing.uses];
      // In the same order whatever was edited first.
      places.sort(({ at: a }, { at: b }) => (a.file === b.file ? a.start - b.start : a.file < b.file ? -1 : 1));
      return places.flatMap(({ at }) => locationOf(workspace, at) ?? []);
    }),
  );
  return { referencesProvider: true };
}
