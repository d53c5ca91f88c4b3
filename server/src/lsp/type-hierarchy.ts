/** Type hierarchy over supersedence: above a patch those that supersede it, below it those that it supersedes. */
import {
  SymbolKind,
  type ServerCapabilities,
  type TypeHierarchyItem,
  type TypeHierarchyPrepareParams,
} from 'vscode-languageserver/node';
import { namesOf } from './names.ts';
import { rangeOf } from './ranges.ts';
import { onDocument, onWorkspace, type Session } from './session.ts';
import { chainsOf } from './supersedence.ts';
import { nameOfUri } from './uris.ts';

export function serveTypeHierarchy(session: Session): ServerCapabilities {
  const { connection, workspace } = session;
  const { typeHierarchy } = connection.languages;
  typeHierarchy.onPrepare(
    onDocument(session, (document, { params }: { params: TypeHierarchyPrepareParams }) => {
      const names = namesOf(workspace);
      const thing = names.thingAt(nameOfUri(document.uri), document.offsetAt(params.position));
      const items = thing ? itemsFor(session, [thing.name]) : [];
      return items.length > 0 ? items : null;
    }),
  );
  typeHierarchy.onSupertypes(
    onWorkspace(session, ({ params }: { params: { item: TypeHierarchyItem } }) =>
      itemsFor(
        session,
        chainsOf(workspace.analyse().linked.content.supersedence).newer.get(params.item.name.toLowerCase()) ?? [],
      ),
    ),
  );
  typeHierarchy.onSubtypes(
    onWorkspace(session, ({ params }: { params: { item: TypeHierarchyItem } }) =>
      itemsFor(
        session,
        chainsOf(workspace.analyse().linked.content.supersedence).older.get(params.item.name.toLowerCase()) ?? [],
      ),
    ),
  );
  return { typeHierarchyProvider: true };
}

function itemsFor({ workspace }: Session, ids: readonly string[]): TypeHierarchyItem[] {
  const { patches } = workspace.analyse().linked.content;
  return ids.flatMap((id) => {
    const patch = patches.get(id.toLowerCase());
    const document = patch && workspace.document(patch.at.file);
    if (!document) return [];
    const detail = [patch.title ?? '', patch.released ?? ''].filter(Boolean).join(' · ');
    return [
      {
        name: patch.id,
        kind: SymbolKind.Event,
        ...(detail ? { detail } : {}),
        uri: document.uri,
        range: rangeOf(document, patch.at),
        selectionRange: rangeOf(document, patch.nameAt),
      },
    ];
  });
}
