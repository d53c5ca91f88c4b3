/** Completion in the middle of a word: its rest is kept or replaced, as the user has chosen in the editor. */
import type { CompletionItem } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';

/** The item with both ways, for an editor that knows them. */
export function replacing(document: TextDocument, offset: number, item: CompletionItem): CompletionItem {
  const edit = item.textEdit;
  if (!edit || !('range' in edit)) return item;
  const line = document.getText({
    start: document.positionAt(offset),
    end: { line: document.positionAt(offset).line + 1, character: 0 },
  });
  const rest = /^[\w.-]*/.exec(line)?.[0].replace(/[.-]+$/, '') ?? '';
  if (rest === '') return item;
  const end = document.positionAt(offset + rest.length);
  return {
    ...item,
    textEdit: { newText: edit.newText, insert: edit.range, replace: { start: edit.range.start, end } },
  };
}
