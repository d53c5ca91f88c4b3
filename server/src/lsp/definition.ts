/** Go to definition: of products, patches, bulletins and checks across files, and of names within a declaration. */
import type { DefinitionParams, Location, ServerCapabilities } from 'vscode-languageserver/node';
import { namesOf } from './names.ts';
import { locationOf } from './ranges.ts';
import { onDocument, type Session } from './session.ts';
import { nameOfUri } from './uris.ts';

export function serveDefinition(session: Session): ServerCapabilities {
  const { connection, workspace } = session;
  connection.onDefinition(
    onDocument(session, (document, { params }: { params: DefinitionParams }): Location | Location[] | null => {
      const names = namesOf(workspace);
      const place = names.placeAt(nameOfUri(document.uri), document.offsetAt(params.position));
      if (!place) return null;
      const { definitions } = names.thingOf(place);
      // The declaration's own binding before those of products that a patch shares with it.
      const own = definitions.filter(({ at, owner }) => at.file === place.at.file && owner === place.owner);
      const found = (own.length > 0 ? own : definitions).flatMap(({ at }) => locationOf(workspace, at) ?? []);
      return found.length === 1 ? (found[0] ?? null) : found.length > 0 ? found : null;
    }),
  );
  return { definitionProvider: true };
}
