/** Go to definition: of products, patches, bulletins and checks across files, and of names within a declaration. */
import type { Connection, DefinitionParams } from 'vscode-languageserver/node';
import { locationOf } from './ranges.ts';
import { namedAt } from './target.ts';
import type { Workspace } from './workspace.ts';

export function serveDefinition(connection: Connection, workspace: Workspace, ready: () => Promise<void>): void {
  connection.onDefinition(async ({ textDocument, position }: DefinitionParams) => {
    await ready();
    const document = workspace.documentOfUri(textDocument.uri);
    if (!document) return null;
    const named = namedAt(document, document.offsetAt(position), workspace.analyse().linked.content);
    if (!named) return null;
    return locationOf(workspace, named.kind === 'declaration' ? named.declared.nameAt : named.at) ?? null;
  });
}
