/** Content of a thing of the machine, at the cursor of the script or the patch definitions that are open. */
import { l10n, Range, Selection, TextEditorRevealType, window, workspace, type TextEditor } from 'vscode';
import type { ExplorerContent } from '../../../../server/src/protocol/explorer.ts';
import { plainMessage } from '../scan/plain-message.ts';
import type { Row } from './rows.ts';
import type { TargetSession } from './session.ts';

const LANGUAGES = ['detect', 'patches-xml'];

/** Asks the server for the content, and writes it. */
export async function writeContent(session: TargetSession, request: string, row: Row): Promise<void> {
  if (row.kind !== 'item') return;
  const active = window.activeTextEditor;
  const editor = active && LANGUAGES.includes(active.document.languageId) ? active : undefined;
  const asked = await session.ask<ExplorerContent>(request, {
    node: row.item.node,
    ...(editor && { at: placeOf(editor) }),
  });
  if (!asked.ok) return complain(asked.failure.meaning);
  const content = asked.value;
  if (content.kind === 'problem') return complain(content.problem);
  if (content.kind === 'file') {
    const document = await workspace.openTextDocument({ language: 'detect', content: content.text });
    await window.showTextDocument(document);
    return;
  }
  if (editor) await edit(editor, content);
}

const placeOf = ({ document, selection }: TextEditor): object => ({
  uri: document.uri.toString(),
  line: selection.active.line,
  character: selection.active.character,
});

async function edit(editor: TextEditor, content: Extract<ExplorerContent, { kind: 'edit' }>): Promise<void> {
  if (editor.document.version !== content.version) return complain(l10n.t('The text has changed meanwhile.'));
  const { start, end, text } = content;
  const range = new Range(start.line, start.character, end.line, end.character);
  const from = editor.document.offsetAt(range.start);
  const written = await editor.edit((builder) => builder.replace(range, text));
  if (!written) return complain(l10n.t('The file cannot be changed.'));
  const after = editor.document.positionAt(from + text.trimEnd().length);
  const shown = await window.showTextDocument(editor.document, { viewColumn: editor.viewColumn ?? 1 });
  shown.selection = new Selection(after, after);
  shown.revealRange(new Range(after, after), TextEditorRevealType.InCenterIfOutsideViewport);
}

function complain(text: string): void {
  void window.showWarningMessage(plainMessage(text));
}
