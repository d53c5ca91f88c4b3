/** The report beside the editor: one panel, reused by the next scan. */
import { l10n, ViewColumn, window, type WebviewPanel } from 'vscode';
import type { ScanReply } from '../../../../server/src/protocol.ts';
import type { Host } from '../../host.ts';
import { reportPage } from './page.ts';

let panel: WebviewPanel | undefined;

/** Shows a scan's report; it runs no script and loads nothing. */
export function showReport(host: Host, reply: ScanReply): void {
  if (!panel) {
    panel = window.createWebviewPanel('patchlab.report', '', ViewColumn.Active, {
      enableScripts: false,
      enableForms: false,
      enableFindWidget: true,
      localResourceRoots: [],
    });
    panel.onDidDispose(() => (panel = undefined), undefined, host.context.subscriptions);
  }
  panel.title = l10n.t('Report: {0}', reply.summary.machine);
  panel.webview.html = reportPage(reply.html, reply.summary.machine);
  panel.reveal(undefined, false);
}
