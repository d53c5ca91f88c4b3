/** Changes patchlab.json as its writer would: comments and layout stay, and the change can be undone. */
import { l10n, Position, Range, Uri, window, workspace, WorkspaceEdit, type TextDocument } from 'vscode';
import {
  CHANGE_CONFIGURATION_REQUEST,
  type ChangeConfigurationParams,
  type ChangeConfigurationReply,
  type ConfigurationChange,
} from '../../../../server/src/protocol/machines.ts';
import type { Host } from '../../host.ts';
import { plainMessage } from '../scan/plain-message.ts';

/** Makes and saves a change; whether it was made. A file that is not there is made first. */
export async function changeConfiguration(host: Host, uri: string, change: ConfigurationChange): Promise<boolean> {
  const document = await openOrCreate(Uri.parse(uri));
  const params: ChangeConfigurationParams = { text: document.getText(), change };
  const reply = await host.client.sendRequest<ChangeConfigurationReply>(CHANGE_CONFIGURATION_REQUEST, params);
  if ('problem' in reply) {
    void window.showErrorMessage(plainMessage(l10n.t('patchlab.json was not changed: {0}.', reply.problem)));
    return false;
  }
  const { start, end, text } = reply.edit;
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(end)), text);
  return (await workspace.applyEdit(edit)) && (await document.save());
}

/** Shows a place of patchlab.json. */
export async function openConfiguration(uri: string, line: number, character: number): Promise<void> {
  const at = new Position(line, character);
  await window.showTextDocument(await openOrCreate(Uri.parse(uri)), { selection: new Range(at, at) });
}

async function openOrCreate(uri: Uri): Promise<TextDocument> {
  try {
    await workspace.fs.stat(uri);
  } catch {
    await workspace.fs.writeFile(uri, new TextEncoder().encode('{\n  "groups": {}\n}\n'));
  }
  return await workspace.openTextDocument(uri);
}
