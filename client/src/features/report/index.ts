/** The report beside the editor: one panel, reused by the next scan. */
import { commands, l10n, window } from 'vscode';
import type { Report } from '../../../../server/src/protocol/results.ts';
import type { ScanReply } from '../../../../server/src/protocol/scan.ts';
import { COMMANDS } from '../../command-names.ts';
import type { Host } from '../../host.ts';
import { pagePanel, type TabbedPage } from '../../panel.ts';
import { reportBody } from './body.ts';
import { exportReport, FORMATS } from './export.ts';
import type { ToReport } from './messages.ts';
import { portionsOf } from './portions.ts';

let last: { readonly host: Host; readonly report: Report } | undefined;
/** How often a page has asked for its patches. */
let told = 0;

/** What is shown: a scan that has just ended, or a result that was kept. */
type Shown = ScanReply | Report;

const panel = pagePanel<ToReport>({
  ...{ name: 'report', hasFind: true },
  placeOf: (source) => last?.report.sources[source],
  hear: async (message) => {
    if ('ready' in message) await tell();
    await leave(message);
  },
});

/** Gives the page its patches, until it asks again because it shows another report or begins anew. */
async function tell(): Promise<void> {
  const report = ++told;
  for (const portion of portionsOf(report, last?.report.patches ?? [])) {
    if (report !== told) return;
    await panel.say(portion);
  }
}

/** Shows a report in front. */
export function showReport(host: Host, shown: Shown): void {
  last = { host, report: named(shown) };
  panel.show(host, pageOf(last.report));
}

/** Keeps the report for *Show Report*, and renews it where it is open already. */
export function updateReport(host: Host, shown: Shown): void {
  last = { host, report: named(shown) };
  panel.renew(host, pageOf(last.report));
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

function pageOf({ html, summary }: Report): TabbedPage {
  return { tab: l10n.t('Report: {0}', summary.machine), title: summary.machine, body: reportBody(html) };
}

/** Where the report goes from its page: into a file, or beside another one. */
async function leave(message: object): Promise<void> {
  if (!last) return;
  const { host, report } = last;
  if ('export' in message) {
    const format = FORMATS.find((one) => one === message.export);
    if (format) await exportReport(host, report.name, format);
  }
  if ('compare' in message) await commands.executeCommand(COMMANDS.compareResults, report.name);
}
