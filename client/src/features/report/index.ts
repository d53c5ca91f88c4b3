/** The report beside the editor: one panel, reused by the next scan. */
import { commands, env, l10n, ViewColumn, window, type WebviewPanel } from 'vscode';
import type { Report } from '../../../../server/src/protocol/results.ts';
import type { ScanReply } from '../../../../server/src/protocol/scan.ts';
import { COMMANDS } from '../../command-names.ts';
import type { Host } from '../../host.ts';
import { pagesFolder, webviewPage } from '../../page.ts';
import { reportBody } from './body.ts';
import { exportReport, FORMATS } from './export.ts';
import type { ToReport } from './messages.ts';
import { goToPlace } from './source.ts';

let panel: WebviewPanel | undefined;
let last: { readonly host: Host; readonly report: Report } | undefined;

/** What is shown: a scan that has just ended, or a result that was kept. */
type Shown = ScanReply | Report;

/** Shows a report in front. Its page runs its own script alone and loads nothing. */
export function showReport(host: Host, shown: Shown): void {
  last = { host, report: named(shown) };
  panel ??= createPanel(host);
  fill(panel, host, last.report);
  panel.reveal(undefined, false);
}

/** Keeps the report for *Show Report*, and renews it where it is open already. */
export function updateReport(host: Host, shown: Shown): void {
  last = { host, report: named(shown) };
  if (panel) fill(panel, host, last.report);
}

/** *Show Report*. */
export function showLastReport(): void {
  if (last) showReport(last.host, last.report);
  else void window.showInformationMessage(l10n.t('Nothing was scanned yet.'));
}

/** The report that was shown last. */
export const lastReport = (): Report | undefined => last?.report;

function named(shown: Shown): Report {
  return 'name' in shown ? shown : { ...shown, name: { origin: 'history', folder: '', id: shown.scanId } };
}

function fill(into: WebviewPanel, host: Host, { html, summary }: Report): void {
  into.title = l10n.t('Report: {0}', summary.machine);
  into.webview.html = webviewPage(into.webview, host.context.extensionUri, {
    ...{ name: 'report', title: summary.machine },
    body: reportBody(html),
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
  if (typeof message !== 'object' || message === null || !last) return;
  const { host, report } = last;
  // A page that was hidden begins anew and asks again.
  if ('ready' in message) {
    const to: ToReport = { patches: report.patches };
    await from.webview.postMessage(to);
  }
  if ('source' in message && typeof message.source === 'number') await goToPlace(report.sources[message.source]);
  if ('copy' in message && typeof message.copy === 'string') {
    await env.clipboard.writeText(message.copy);
    window.setStatusBarMessage(l10n.t('$(copy) Copied'), 5000);
  }
  if ('export' in message) {
    const format = FORMATS.find((one) => one === message.export);
    if (format) await exportReport(host, report.name, format);
  }
  if ('compare' in message) await commands.executeCommand(COMMANDS.compareResults, report.name);
}
