/** Beginning with content: a first script, and what to say where a workspace has none. */
import { l10n, SnippetString, window, workspace } from 'vscode';
import { registerCommand } from '../../commands.ts';
import type { Host } from '../../host.ts';
import { FIRST_SCRIPT } from './first-script.ts';

const EXCLUDED = '**/{node_modules,.git}/**';

export function activateContent({ context, log }: Host): void {
  context.subscriptions.push(
    registerCommand('newScript', newScript),
    registerCommand('showLog', () => log.show()),
  );
}

/** Whether there is anything to scan with; where there is not, it says so and offers a first script. */
export async function hasContent(): Promise<boolean> {
  if (workspace.textDocuments.some((document) => document.languageId === 'detect' && !document.isClosed)) return true;
  if ((await workspace.findFiles('**/*.detect', EXCLUDED, 1)).length > 0) return true;
  const create = l10n.t('New Detection Script');
  const text = workspace.workspaceFolders
    ? l10n.t('This workspace has no detection script yet: a scan needs at least one *.detect file.')
    : l10n.t('No folder is open: open the folder that holds your *.detect files, or begin a new script.');
  if ((await window.showInformationMessage(text, create)) === create) await newScript();
  return false;
}

async function newScript(): Promise<void> {
  const editor = await window.showTextDocument(await workspace.openTextDocument({ language: 'detect' }));
  await editor.insertSnippet(new SnippetString(FIRST_SCRIPT));
}
