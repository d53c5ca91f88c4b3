/** *Evaluate Selection on Target*: what one check comes to, behind its line until the next edit, and in its hover. */
import { commands, l10n, ThemeColor, window, workspace, type TextEditor } from 'vscode';
import {
  EVALUATE_REQUEST,
  targetKey,
  type EvaluateParams,
  type EvaluateReply,
} from '../../../../server/src/protocol/truth.ts';
import type { ScanParams } from '../../../../server/src/protocol/scan.ts';
import type { Host } from '../../host.ts';
import { contentEditor } from '../scan/declarations.ts';
import { describeFailure } from '../scan/describe.ts';
import { isRefused } from '../scan/one-at-a-time.ts';
import { plainMessage } from '../scan/plain-message.ts';
import { requestWithProgress } from '../scan/request-with-progress.ts';
import { nameOfTarget, type CurrentTarget } from '../target/current-target.ts';
import { hoverOf } from './hover.ts';

const type = window.createTextEditorDecorationType({
  after: {
    margin: '0 0 0 1.5em',
    color: new ThemeColor('editorHoverWidget.foreground'),
    backgroundColor: new ThemeColor('editorHoverWidget.background'),
    border: '1px solid',
    borderColor: new ThemeColor('editorHoverWidget.border'),
  },
});

/** Asks the machine, after the user was asked as whom; `undefined` where that is not wanted. */
export type AskTarget = () => Promise<ScanParams['target'] | undefined>;

export async function evaluateSelection(host: Host, target: CurrentTarget, ask: AskTarget): Promise<void> {
  const editor = contentEditor();
  if (!editor) return;
  const { document, selection } = editor;
  const params: EvaluateParams = {
    ...{ uri: document.uri.toString(), start: selection.start, end: selection.end, key: targetKey(target) },
  };
  const { version } = document;
  const known = await host.client.sendRequest<EvaluateReply>(EVALUATE_REQUEST, params);
  const reply = known.kind === 'unseen' ? await askFor(host, params, { name: nameOfTarget(target), ask }) : known;
  // What is said of a text that has changed since is not shown.
  if (reply && document.version === version) await show(editor, reply);
}

async function askFor(
  host: Host,
  params: EvaluateParams,
  { name, ask }: { readonly name: string; readonly ask: AskTarget },
): Promise<EvaluateReply | undefined> {
  // What is kept already was answered without any machine: that goes beside a scan.
  if (isRefused()) return undefined;
  const target = await ask();
  if (!target || isRefused()) return undefined;
  const title = l10n.t('Asking {0} for what this needs', name);
  return requestWithProgress<EvaluateReply>(host, {
    ...{ title, method: EVALUATE_REQUEST, params: { ...params, ask: target } },
  });
}

async function show(editor: TextEditor, reply: EvaluateReply): Promise<void> {
  if (reply.kind === 'nothing' || reply.kind === 'unseen') {
    void window.showInformationMessage(
      l10n.t(
        'Select a condition, or put the cursor into a statement that has one: nothing here can be evaluated by itself.',
      ),
    );
    return;
  }
  if (reply.kind === 'failed') {
    const { machine, failed } = reply.summary;
    void window.showErrorMessage(plainMessage(`${machine}: ${failed ? describeFailure(failed) : ''}`));
    return;
  }
  if (reply.kind === 'elsewhere') {
    void window.showInformationMessage(
      plainMessage(l10n.t('This has nothing to do with {0}: no instance of the product is there.', reply.machine)),
    );
    return;
  }
  const { machine, line, mark } = reply;
  const { range } = editor.document.lineAt(line);
  const hoverMessage = hoverOf({ ...mark, line, owner: '', stale: false }, { machine });
  const contentText = l10n.t('{0} on {1}', `= ${mark.text}`, machine);
  editor.setDecorations(type, [{ range, hoverMessage, renderOptions: { after: { contentText } } }]);
  await commands.executeCommand('editor.action.showHover');
}

/** Takes away what was evaluated as soon as its text, or that of another file, changes. */
export const clearOnEdit = () =>
  workspace.onDidChangeTextDocument(({ contentChanges }) => {
    if (contentChanges.length === 0) return;
    for (const editor of window.visibleTextEditors) editor.setDecorations(type, []);
  });
