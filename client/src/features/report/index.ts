/** The report beside the editor: one panel, reused by the next scan. */
import { env, l10n, Range, Uri, ViewColumn, window, workspace, type WebviewPanel } from 'vscode';
import type { ScanReply } from '../../../../server/src/protocol/scan.ts';
import type { Host } from '../../host.ts';
import { pagesFolder, webviewPage } from '../../page.ts';
import { reportBody } from './body.ts';
import type { ToReport } from './messages.ts';

let panel: WebviewPanel | undefined;
let last: { readonly host: Host; readonly reply: ScanReply } | undefined;

/** Shows a scan's report in front. Its page runs its own script alone and loads nothing. */
export function showReport(host: Host, reply: ScanReply): void {
  last = { host, reply };
  panel ??= createPanel(host);
  fill(panel, host, reply);
  panel.reveal(undefined, false);
}

/** Keeps the report for *Show Report*, and renews it where it is open already. */
export function updateReport(host: Host, reply: ScanReply): void {
  last = { host, reply };
  if (panel) fill(panel, host, reply);
}

/** *Show Report*. */
export function showLastReport(): void {
  if (last) showReport(last.host, last.reply);
  else void window.showInformationMessage(l10n.t('Nothing was scanned yet.'));
}

function fill(into: WebviewPanel, host: Host, reply: ScanReply): void {
  into.title = l10n.t('Report: {0}', reply.summary.machine);
  into.webview.html = webviewPage(into.webview, host.context.extensionUri, {
    ...{ name: 'report', title: reply.summary.machine },
    body: reportBody(reply.html),
  });
}

function createPanel(host: Host): WebviewPanel {
  const made = window.createWebviewPanel('patchlab.report', '', ViewColumn.Active, {
    enableScripts: true,
    enableForms: false,
    enableFindWidget: true,
    localResourceRoots: [pagesFolder(host.context.extensionUri)],
  });
  const { subscriptions } = host.context;
  made.onDidDispose(() => (panel = undefined), undefined, subscriptions);
  made.webview.onDidReceiveMessage((message: unknown) => void answer(made, message), undefined, subscriptions);
  return made;
}

/** What the page wants; it may be anything, so it is looked at. */
async function answer(from: WebviewPanel, message: unknown): Promise<void> {
  if (typeof message !== 'object' || message === null) return;
  // A page that was hidden begins anew and asks again.
  if ('ready' in message && last) {
    const to: ToReport = { patches: last.reply.patches };
    await from.webview.postMessage(to);
  }
  if ('source' in message && typeof message.source === 'number') await goToSource(message.source);
  if ('copy' in message && typeof message.copy === 'string') {
    await env.clipboard.writeText(message.copy);
    window.setStatusBarMessage(l10n.t('$(copy) Copied'), 5000);
  }
}

/** The page says the number of a place that the server has named: no path of a machine or of content leads anywhere. */
async function goToSource(number: number): Promise<void> {
  const place = last?.reply.sources[number];
  if (!place) return;
  const document = await workspace.openTextDocument(Uri.parse(place.uri, true));
  const at = document.validateRange(new Range(place.line, place.character, place.line, place.character));
  // Beside the report where there is room for both already, else in its place: it stays a tab away.
  const column = window.visibleTextEditors.find((editor) => editor.document === document)?.viewColumn;
  const beside = column ?? window.visibleTextEditors[0]?.viewColumn ?? ViewColumn.Active;
  await window.showTextDocument(document, { selection: at, viewColumn: beside });
}
