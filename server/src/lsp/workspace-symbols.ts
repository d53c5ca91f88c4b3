/** Workspace symbols: every declaration of every file, by a part of its name or title. */
import { SymbolKind, type ServerCapabilities, type SymbolInformation } from 'vscode-languageserver/node';
import type { ContentIndex } from '../model/content-index.ts';
import { nameAtOf } from '../model/facts/head.ts';
import { hasInOrder } from './letters.ts';
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
      const { index } = workspace.analysis;
      const found = search(declaredIn(index), params.query);
      return found.flatMap(({ name, title, kind, file, head }) => {
        const facts = index.factsOf(file);
        const at = facts && nameAtOf(facts, head);
        const location = at && locationOf(workspace, at);
        if (!location) return [];
        return [
          { name, kind: KIND[kind] ?? SymbolKind.Variable, location, ...(title ? { containerName: title } : {}) },
        ];
      });
    }),
  );
  return { workspaceSymbolProvider: true };
}

interface Found {
  readonly name: string;
  readonly title?: string;
}

/** Every declaration of every file, in their order. */
function* declaredIn(index: Pick<ContentIndex, 'files' | 'headOf'>) {
  for (const file of index.files()) {
    for (const head of index.headOf(file)?.declared.toSorted((one, other) => one.context - other.context) ?? []) {
      const { id: name, title, kind } = head;
      yield { name, kind, file, head, ...(title !== undefined && { title }) };
    }
  }
}

/** Those that begin with the query first, then those that contain it, then those that have its letters in order. */
export function search<F extends Found>(definitions: Iterable<F>, query: string): readonly F[] {
  const wanted = query.toLowerCase();
  const ranks: F[][] = [[], [], [], []];
  for (const one of definitions) ranks[rankOf(one, wanted)]?.push(one);
  return ranks.flat().slice(0, MOST);
}

function rankOf({ name, title = '' }: Found, wanted: string): number {
  const id = name.toLowerCase();
  if (id.startsWith(wanted)) return 0;
  if (id.includes(wanted)) return 1;
  if (title.toLowerCase().includes(wanted)) return 2;
  return hasInOrder(id, wanted) ? 3 : -1;
}
