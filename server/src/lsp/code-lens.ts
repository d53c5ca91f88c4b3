/** Code lenses: how often each declaration is used. They are counted when they come into sight, and lead there where the editor can. */
import type {
  ClientCapabilities,
  CodeLens,
  CodeLensParams,
  Command,
  ServerCapabilities,
} from 'vscode-languageserver/node';
import { SHOW_REFERENCES_COMMAND } from '../protocol/language.ts';
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
      const title = count === 1 ? '1 reference' : `${count} references`;
      const uri = workspace.document(file)?.uri;
      // Without a command it only informs: showing references is a command of the editor, not of the protocol.
      if (count === 0 || uri === undefined || !canShow(session.client())) return { ...lens, command: plain(title) };
      const place = { uri, position: lens.range.start };
      return { ...lens, command: { title, command: SHOW_REFERENCES_COMMAND, arguments: [place] } };
    }),
  );
  return { codeLensProvider: { resolveProvider: true } };
}

const plain = (title: string): Command => ({ title, command: '' });

/** An editor that has the command says so: `experimental: { commands: ["patchlab.showReferences"] }`. */
function canShow({ experimental }: ClientCapabilities): boolean {
  const all: unknown = experimental;
  if (typeof all !== 'object' || all === null || !('commands' in all)) return false;
  return Array.isArray(all.commands) && all.commands.includes(SHOW_REFERENCES_COMMAND);
}
