/** Document highlight: the places in this file of the name under the cursor. */
import {
  DocumentHighlightKind,
  type DocumentHighlight,
  type DocumentHighlightParams,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import { namesOf } from './names.ts';
import { rangeOf } from './ranges.ts';
import { onDocument, type Session } from './session.ts';
import { nameOfUri } from './uris.ts';

export function serveHighlights(session: Session): ServerCapabilities {
  const { connection, workspace } = session;
  connection.onDocumentHighlight(
    onDocument(session, (document, { params }: { params: DocumentHighlightParams }): DocumentHighlight[] => {
      const file = nameOfUri(document.uri);
      const thing = namesOf(workspace).thingAt(file, document.offsetAt(params.position));
      const here = (
        places: readonly { at: { file: string; start: number; end: number } }[],
        kind: DocumentHighlightKind,
      ) => places.filter(({ at }) => at.file === file).map(({ at }) => ({ range: rangeOf(document, at), kind }));
      return [
        ...here(thing?.definitions ?? [], DocumentHighlightKind.Write),
        ...here(thing?.uses ?? [], DocumentHighlightKind.Read),
      ];
    }),
  );
  return { documentHighlightProvider: true };
}
