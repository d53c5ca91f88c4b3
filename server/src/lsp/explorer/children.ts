/** What is below a node, whatever it is. */
import type { ExplorerCursor, ExplorerNode, ExplorerPage } from '../../protocol/explorer.ts';
import { driveItem, fileChildren, folderChildren } from './files.ts';
import { hotfixList } from './hotfixes.ts';
import { programList } from './programs.ts';
import { hives, keyChildren, registryRoots } from './registry.ts';
import { serviceChildren, serviceList } from './services.ts';
import type { Looking } from './sessions.ts';

export async function childrenOf(
  node: ExplorerNode,
  cursor: ExplorerCursor | undefined,
  looking: Looking,
): Promise<ExplorerPage> {
  switch (node.kind) {
    case 'registry':
      return registryRoots(looking);
    case 'view':
      return { items: hives(node.view) };
    case 'key':
      return await keyChildren(node, cursor, looking);
    case 'program':
      // Its values, as they stand in the registry.
      return await keyChildren({ ...node, kind: 'key' }, cursor, looking);
    case 'files':
      return { items: [driveItem(looking)] };
    case 'folder':
      return await folderChildren(node.path, cursor, looking);
    case 'file':
      return await fileChildren(node.path, looking);
    case 'services':
      return await serviceList(cursor, looking);
    case 'service':
      return await serviceChildren(node.name, looking);
    case 'programs':
      return await programList(looking);
    case 'hotfixes':
      return await hotfixList(looking);
    case 'value':
    case 'file-property':
    case 'service-property':
    case 'hotfix':
      return { items: [] };
  }
}
