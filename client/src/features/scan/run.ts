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
import { alone, isRefused } from './one-at-a-time.ts';
import { plainMessage } from './plain-message.ts';
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
}

/** Scans and shows what came of it; `undefined` when it was cancelled or could not be done at all. */
export async function scan(host: Host, asked: ScanRequest): Promise<ScanReply | undefined> {
  const { target, name, show, only, record = false, template } = asked;
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
    reply = await alone(name, () =>
      requestWithProgress<ScanReply, ScanProgress>(host, {
        ...{ title: l10n.t('Scanning {0}', name), method: SCAN_REQUEST, params },
        ...{ said: SCAN_PROGRESS, told: scanStep },
      }),
    );
  } catch (error) {
    host.log.error(error instanceof Error ? error : String(error));
    await offerLog(host, l10n.t('{0} could not be scanned: {1}', name, error instanceof Error ? error.message : ''));
    return undefined;
  }
  if (!reply) return cancelled(host, name, started);
  finished(host, reply, { name, show });
  return reply;
}

function cancelled(host: Host, name: string, started: number): undefined {
  host.log.info(`Scan of ${name} was cancelled after ${Math.round(performance.now() - started)} ms.`);
  window.setStatusBarMessage(l10n.t('$(circle-slash) Scan of {0} cancelled', name), 10_000);
}

function finished(host: Host, reply: ScanReply, { name, show }: Pick<ScanRequest, 'name' | 'show'>): void {
  const { summary } = reply;
  if (!summary.failed) {
    host.log.info(`Scan of ${name}: ${summary.products} products, ${summary.missing} missing patches.`);
    if (show === 'report') showReport(host, reply);
    else updateReport(host, reply);
    return;
  }
  host.log.error(`Scan of ${name}: ${describeFailure(summary.failed)}`);
  showReport(host, reply);
  void offerLog(host, `${name}: ${describeFailure(summary.failed)}`);
}

async function offerLog(host: Host, text: string): Promise<void> {
  const show = l10n.t('Show Log');
  if ((await window.showErrorMessage(plainMessage(text), show)) === show) host.log.show();
}
