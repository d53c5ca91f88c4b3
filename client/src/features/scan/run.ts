/** One scan: progress that can be cancelled, then the report, or the error with its cause and remedy. */
import { l10n, window } from 'vscode';
import { randomUUID } from 'node:crypto';
import {
  SCAN_PROGRESS,
  SCAN_REQUEST,
  type ScanParams,
  type ScanProgress,
  type ScanReply,
} from '../../../../server/src/protocol/scan.ts';
import type { Host } from '../../host.ts';
import { showReport, updateReport } from '../report/index.ts';
import { describeFailure } from './describe.ts';
import { isRefused } from './one-at-a-time.ts';
import { plainLabel, plainMessage } from './plain-message.ts';
import { requestWithProgress, scanStep } from './request-with-progress.ts';

/** What is scanned, for what, and where what came of it shows. */
export interface ScanRequest {
  readonly target: ScanParams['target'];
  readonly name: string;
  /** The report comes to the front, or only what stands beside the lines; a failure is reported in any case. */
  readonly show: 'report' | 'inline';
  readonly only?: readonly string[];
  readonly record?: boolean;
  readonly template?: ScanParams['template'];
  /** Tests the connection to a machine that could not be scanned. */
  readonly testConnection?: () => Promise<void>;
}

/** Scans and shows what came of it; `undefined` when it was cancelled or could not be done at all. */
export async function scan(host: Host, asked: ScanRequest): Promise<ScanReply | undefined> {
  const { target, name, only, record = false, template } = asked;
  const params: ScanParams = {
    token: randomUUID(),
    target,
    include: [],
    record,
    ...(only && { only }),
    ...(template && { template }),
  };
  if (isRefused()) return undefined;
  host.log.info(`Scan of ${name} begins.`);
  const started = performance.now();
  let reply: ScanReply | undefined;
  try {
    reply = await requestWithProgress<ScanReply, ScanProgress>(host, {
      ...{ title: l10n.t('Scanning {0}', name), method: SCAN_REQUEST, params },
      progress: { token: params.token, said: SCAN_PROGRESS, told: scanStep },
    });
  } catch (error) {
    host.log.error(error instanceof Error ? error : String(error));
    void offer(l10n.t('{0} could not be scanned: {1}', name, error instanceof Error ? error.message : ''), [log(host)]);
    return undefined;
  }
  if (!reply) return cancelled(host, name, started);
  finished(host, reply, asked);
  return reply;
}

function cancelled(host: Host, name: string, started: number): undefined {
  host.log.info(`Scan of ${name} was cancelled after ${Math.round(performance.now() - started)} ms.`);
  window.setStatusBarMessage(l10n.t('$(circle-slash) Scan of {0} cancelled', plainLabel(name)), 10_000);
}

function finished(host: Host, reply: ScanReply, { name, show, testConnection }: ScanRequest): void {
  const { summary } = reply;
  if (!summary.failed) {
    host.log.info(`Scan of ${name}: ${summary.products} products, ${summary.missing} missing patches.`);
    if (show === 'report') showReport(host, reply);
    else updateReport(host, reply);
    return;
  }
  host.log.error(`Scan of ${name}: ${describeFailure(summary.failed)}`);
  showReport(host, reply);
  void offer(`${name}: ${describeFailure(summary.failed)}`, [
    // Its steps and the remedy; another report may have come since.
    { label: l10n.t('Show Report'), act: () => showReport(host, reply) },
    ...(testConnection ? [{ label: l10n.t('Test Connection'), act: testConnection }] : []),
    log(host),
  ]);
}

interface Offer {
  readonly label: string;
  readonly act: () => unknown;
}

const log = (host: Host): Offer => ({ label: l10n.t('Show Log'), act: () => host.log.show() });

async function offer(text: string, offers: readonly Offer[]): Promise<void> {
  const chosen = await window.showErrorMessage(plainMessage(text), ...offers.map(({ label }) => label));
  await offers.find(({ label }) => label === chosen)?.act();
}
