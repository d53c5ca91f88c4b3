/** Code lenses: how often each declaration is used. They are counted when they come into sight. */
import type { CodeLens, CodeLensParams, ServerCapabilities } from 'vscode-languageserver/node';
import type { SymbolDefinition } from '../model/symbols.ts';
import { isLocal, namesOf } from './names.ts';
import { rangeOf } from './ranges.ts';
import { onDocument, onWorkspace, type Session } from './session.ts';
import { nameOfUri } from './uris.ts';

export function serveCodeLenses(session: Session): ServerCapabilities {
  const { connection, workspace } = session;
  connection.onCodeLens(
    onDocument(session, (document, _asked: { params: CodeLensParams }): CodeLens[] => {
      const file = nameOfUri(document.uri);
      const places = namesOf(workspace).inFile(file);
      const declared = places.filter((one): one is SymbolDefinition => 'whole' in one && !isLocal(one));
      return declared.map(({ at }) => ({ range: rangeOf(document, at), data: { file, start: at.start } }));
    }),
  );
  connection.onCodeLensResolve(
    onWorkspace(session, ({ params: lens }: { params: CodeLens }): CodeLens => {
      const { file, start } = lens.data as { file: string; start: number };
      const count = namesOf(workspace).thingAt(file, start)?.uses.length ?? 0;
      // Without a command it only informs: showing references is a command of the editor, not of the protocol.
      return { ...lens, command: { title: count === 1 ? '1 reference' : `${count} references`, command: '' } };
    }),
  );
  return { codeLensProvider: { resolveProvider: true } };
}
