/** Workspace symbols: every declaration of every file, by a part of its name or title. */
import { SymbolKind, type ServerCapabilities, type SymbolInformation } from 'vscode-languageserver/node';
import type { SymbolDefinition } from '../model/symbols.ts';
import { hasInOrder } from './letters.ts';
import { namesOf } from './names.ts';
import { locationOf } from './ranges.ts';
import { onWorkspace, type Session } from './session.ts';

/** More than anyone reads: who wants less types more. */
const MOST = 500;

const KIND: Readonly<Record<string, SymbolKind>> = {
  product: SymbolKind.Class,
  bulletin: SymbolKind.Module,
  patch: SymbolKind.Event,
  check: SymbolKind.Function,
};

export function serveWorkspaceSymbols(session: Session): ServerCapabilities {
  const { connection, workspace } = session;
  connection.onWorkspaceSymbol(
    onWorkspace(session, ({ params }: { params: { query: string } }): SymbolInformation[] => {
      const found = search(namesOf(workspace).declared(), params.query);
      return found.flatMap(({ name, title, kind, at }) => {
        const location = locationOf(workspace, at);
        if (!location) return [];
        return [
          { name, kind: KIND[kind] ?? SymbolKind.Variable, location, ...(title ? { containerName: title } : {}) },
        ];
      });
    }),
  );
  return { workspaceSymbolProvider: true };
}

/** Those that begin with the query first, then those that contain it, then those that have its letters in order. */
export function search(definitions: Iterable<SymbolDefinition>, query: string): readonly SymbolDefinition[] {
  const wanted = query.toLowerCase();
  const ranks: SymbolDefinition[][] = [[], [], [], []];
  for (const one of definitions) ranks[rankOf(one, wanted)]?.push(one);
  return ranks.flat().slice(0, MOST);
}

function rankOf({ name, title = '' }: SymbolDefinition, wanted: string): number {
  const id = name.toLowerCase();
  if (id.startsWith(wanted)) return 0;
  if (id.includes(wanted)) return 1;
  if (title.toLowerCase().includes(wanted)) return 2;
  return hasInOrder(id, wanted) ? 3 : -1;
}
