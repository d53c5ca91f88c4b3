/** The view of machines: groups of patchlab.json, the user's own machines, and recordings. */
import { window, type TreeDataProvider } from 'vscode';
import type { Host } from '../../host.ts';

export const MACHINES_VIEW = 'patchlab.machines';

export function activateMachines(host: Host): void {
  const provider: TreeDataProvider<never> = { getChildren: () => [], getTreeItem: (row) => row };
  host.context.subscriptions.push(window.createTreeView(MACHINES_VIEW, { treeDataProvider: provider }));
}
