/** Type hierarchy over supersedence: above a patch those that supersede it, below it those that it supersedes. */
import {
  SymbolKind,
  type ServerCapabilities,
  type TypeHierarchyItem,
  type TypeHierarchyPrepareParams,
} from 'vscode-languageserver/node';
import type { SupersedenceEdge } from '../model/content.ts';
import { namesOf } from './names.ts';
import { rangeOf } from './ranges.ts';
import { onDocument, onWorkspace, type Session } from './session.ts';
import { chainsOf } from './supersedence.ts';
import { nameOfUri } from './uris.ts';
import type { Workspace } from './workspace.ts';

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
      itemsFor(session, chainsOf(edgesOf(workspace)).newer.get(params.item.name.toLowerCase()) ?? []),
    ),
  );
  typeHierarchy.onSubtypes(
    onWorkspace(session, ({ params }: { params: { item: TypeHierarchyItem } }) =>
      itemsFor(session, chainsOf(edgesOf(workspace)).older.get(params.item.name.toLowerCase()) ?? []),
    ),
  );
  return { typeHierarchyProvider: true };
}

const edgesOf = ({ analysis }: Workspace): readonly SupersedenceEdge[] => analysis.supersedenceNow();

function itemsFor({ workspace }: Session, ids: readonly string[]): TypeHierarchyItem[] {
  const { index } = workspace.analysis;
  const { patches } = workspace.analysis.declarations();
  return ids.flatMap((id) => {
    const one = index.names.first('patch', id.toLowerCase());
    const patch = one && index.isSound(one) ? patches.get(id.toLowerCase()) : undefined;
    const place = patch && workspace.placed(patch.at.file);
    if (!place) return [];
    const detail = [patch.title ?? '', patch.released ?? ''].filter(Boolean).join(' · ');
    return [
      {
        name: patch.id,
        kind: SymbolKind.Event,
        ...(detail ? { detail } : {}),
        uri: place.uri,
        range: rangeOf(place, patch.at),
        selectionRange: rangeOf(place, patch.nameAt),
      },
    ];
  });
}
