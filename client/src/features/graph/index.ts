/** The graph of supersedence: one panel. The server lays it out and judges; the page draws what it is given. */
import { l10n, Range, Uri, ViewColumn, window, workspace } from 'vscode';
import {
  GRAPH_PATCH_REQUEST,
  GRAPH_REQUEST,
  type GraphParams,
  type GraphPatchParams,
  type GraphPatchReply,
  type GraphReply,
} from '../../../../server/src/protocol/graph.ts';
import { registerCommand } from '../../commands.ts';
import type { Host } from '../../host.ts';
import { pagePanel } from '../../panel.ts';
import { graphBody } from './body.ts';
import { asked, type GraphAnswer, type GraphQuestion } from './messages.ts';

/** Content that is being typed is drawn when it rests. */
const QUIET_MS = 400;

/** `refresh` draws anew: a scan has ended. */
export function activateGraph(host: Host): { readonly refresh: () => void } {
  const panel = pagePanel<GraphAnswer>({
    ...{ name: 'graph', hasFind: false },
    hear: (message) => hear(asked(message)),
  });
  let timer: NodeJS.Timeout | undefined;
  let isWatching = false;

  function show(): void {
    if (!isWatching) watch();
    isWatching = true;
    const title = l10n.t('Supersedence');
    if (panel.isOpen()) panel.reveal();
    else panel.show(host, { tab: title, title, body: graphBody() });
  }

  /** Files that come and go are no edits of a document. */
  function watch(): void {
    const watcher = workspace.createFileSystemWatcher('**/*.{detect,patches.xml}');
    const events = [watcher.onDidCreate(refresh), watcher.onDidDelete(refresh), watcher.onDidChange(refresh)];
    host.context.subscriptions.push(watcher, ...events);
  }

  async function hear(question: GraphQuestion | undefined): Promise<void> {
    if (question?.kind === 'source') return goToSource(host, question.id);
    if (!question) return;
    try {
      await panel.say(await answerTo(host, question));
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      host.log.error(`The graph could not be drawn: ${text}`);
      await panel.say({ kind: 'failed', text: l10n.t('The graph could not be drawn: {0}', text) });
    }
  }

  function refresh(): void {
    clearTimeout(timer);
    if (panel.isOpen()) timer = setTimeout(() => void panel.say({ kind: 'changed' }), QUIET_MS);
  }

  host.context.subscriptions.push(
    registerCommand('showGraph', show),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const isContent = document.languageId === 'detect' || document.languageId === 'patches-xml';
      if (isContent && contentChanges.length > 0) refresh();
    }),
    { dispose: () => clearTimeout(timer) },
  );
  return { refresh };
}

async function answerTo({ client }: Host, question: Exclude<GraphQuestion, { kind: 'source' }>): Promise<GraphAnswer> {
  const { excluded } = question;
  if (question.kind === 'patch') {
    const params: GraphPatchParams = { id: question.id, excluded };
    return { kind: 'patch', patch: await client.sendRequest<GraphPatchReply | null>(GRAPH_PATCH_REQUEST, params) };
  }
  const params: GraphParams = { excluded, ...(question.product !== '' && { product: question.product }) };
  return { kind: 'graph', graph: await client.sendRequest<GraphReply>(GRAPH_REQUEST, params) };
}

/** The server says where a patch stands: no path comes from the page. */
async function goToSource({ client, log }: Host, id: string): Promise<void> {
  const params: GraphPatchParams = { id, excluded: [] };
  try {
    const source = (await client.sendRequest<GraphPatchReply | null>(GRAPH_PATCH_REQUEST, params))?.source;
    if (!source) return;
    const document = await workspace.openTextDocument(Uri.parse(source.uri, true));
    const at = document.validateRange(new Range(source.line, source.character, source.line, source.character));
    const column = window.visibleTextEditors.find((editor) => editor.document === document)?.viewColumn;
    await window.showTextDocument(document, { selection: at, viewColumn: column ?? ViewColumn.Active });
  } catch (error) {
    log.error(error instanceof Error ? error : String(error));
  }
}
