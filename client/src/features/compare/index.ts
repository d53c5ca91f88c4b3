/** Two results side by side in a tab of their own, reused by the next comparison. */
import { l10n, ViewColumn, window, type WebviewPanel } from 'vscode';
import type { CompareReport, ResultName } from '../../../../server/src/protocol/results.ts';
import type { Host } from '../../host.ts';
import { pagesFolder, webviewPage } from '../../page.ts';
import { comparisonOf } from '../history/requests.ts';
import { goToPlace } from '../report/source.ts';
import { plainMessage } from '../scan/plain-message.ts';
import { compareBody } from './body.ts';
import type { ToCompare } from './messages.ts';

let panel: WebviewPanel | undefined;
let last: CompareReport | undefined;

const nameOf = ({ origin, folder, id }: ResultName): ResultName => ({ origin, folder, id });

/** Compares and shows; what cannot be read is said. */
export async function compareResults(host: Host, left: ResultName, right: ResultName): Promise<void> {
  const reply = await comparisonOf(host, nameOf(left), nameOf(right));
  if (!('value' in reply)) {
    void window.showErrorMessage(plainMessage(reply.why));
    return;
  }
  last = reply.value;
  panel ??= createPanel(host);
  panel.title = l10n.t('Compare: {0}', last.title);
  panel.webview.html = webviewPage(panel.webview, host.context.extensionUri, {
    ...{ name: 'compare', title: last.title },
    body: compareBody(last.html),
  });
  panel.reveal(undefined, false);
}

function createPanel(host: Host): WebviewPanel {
  const made = window.createWebviewPanel('patchlab.compare', '', ViewColumn.Active, {
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
  if ('ready' in message) {
    const to: ToCompare = { rows: last.rows };
    await from.webview.postMessage(to);
  }
  if ('source' in message && typeof message.source === 'number') await goToPlace(last.sources[message.source]);
}
