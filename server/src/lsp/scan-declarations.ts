/** The products, patches and tests of a file, where they begin: what the editor's scan lenses stand above. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { DeclarationPlace } from '../protocol/declarations.ts';
import type { TestNode } from '../syntax/tree.ts';
import { namesOf } from './names.ts';
import { treeOf } from './parsed.ts';
import { nameOfUri } from './uris.ts';
import type { Workspace } from './workspace.ts';
import { isXml } from './xml/document.ts';

export function declarationsOf(workspace: Workspace, uri: string): readonly DeclarationPlace[] {
  const document = workspace.documentOfUri(uri);
  if (!document) return [];
  const lineAt = (offset: number): number => document.positionAt(offset).line;
  const named = namesOf(workspace)
    .inFile(nameOfUri(uri))
    .flatMap((one): DeclarationPlace[] =>
      'whole' in one && (one.kind === 'product' || one.kind === 'patch')
        ? [
            {
              ...{ id: one.name, kind: one.kind, line: lineAt(one.at.start), only: [one.name] },
              ...{ firstLine: lineAt(one.whole.start), lastLine: lineAt(one.whole.end) },
            },
          ]
        : [],
    );
  return [...named, ...testsOf(document)];
}

/** A test is scanned for what it expects something of. */
function testsOf(document: TextDocument): readonly DeclarationPlace[] {
  if (isXml(document)) return [];
  const tests = treeOf(document).declarations.filter((one): one is TestNode => one.kind === 'test');
  return tests.map((test) => {
    const lineAt = (offset: number): number => document.positionAt(offset).line;
    const only = test.body.flatMap((one) => (one.kind === 'expect' && one.name ? [one.name.image] : []));
    const title = test.title?.image.replace(/^"|"$/g, '') ?? '';
    const lines = { line: lineAt(test.start), firstLine: lineAt(test.start), lastLine: lineAt(test.end) };
    return { id: title, kind: 'test', ...lines, only: [...new Set(only)] };
  });
}
