/** Scanning from the editor: the same `scanMachine` that the command line calls, over the content as it stands in the editor. */
import { LSPErrorCodes, ResponseError, type CancellationToken, type Connection } from 'vscode-languageserver/node';
import { SCAN_PROGRESS, SCAN_REQUEST, type ScanParams, type ScanProgress, type ScanReply } from '../protocol.ts';
import type { ScanTarget } from '../scan/options.ts';
import type { ScanResult } from '../scan/result.ts';

import type { Workspace } from './workspace.ts';

export function serveScans(connection: Connection, workspace: Workspace, ready: () => Promise<void>): void {
  connection.onRequest(SCAN_REQUEST, async (params: ScanParams, cancellation: CancellationToken) => {
    await ready();
    const aborting = new AbortController();
    const listening = cancellation.onCancellationRequested(() => aborting.abort());
    if (cancellation.isCancellationRequested) aborting.abort();
    try {
      return await replyOf(await runScan(connection, workspace, params, aborting.signal));
    } catch (error) {
      if (aborting.signal.aborted) return new ResponseError(LSPErrorCodes.RequestCancelled, 'the scan was cancelled');
      throw error;
    } finally {
      listening.dispose();
    }
  });
}

/** Scanning and its report are loaded with the first scan: an editor that only edits starts without them. */
async function runScan(
  connection: Connection,
  workspace: Workspace,
  { token, target, include }: ScanParams,
  signal: AbortSignal,
): Promise<ScanResult> {
  const { scanMachine } = await import('../scan/scan.ts');
  signal.throwIfAborted();
  return await scanMachine({
    target: targetOf(target),
    content: workspace.analyse().linked.content,
    include: new Set(include),
    trace: true,
    signal,
    onProgress: ({ step, steps, message }) => {
      void connection.sendNotification(SCAN_PROGRESS, { token, step, steps, message } satisfies ScanProgress);
    },
  });
}

function targetOf(target: ScanParams['target']): ScanTarget {
  if (target.kind === 'snapshot') return target;
  const { host, user, password } = target;
  return { kind: 'machine', machine: host, credential: { user, password } };
}

async function replyOf(result: ScanResult): Promise<ScanReply> {
  const { renderHtml } = await import('../results/report/html.ts');
  const count = (status: string): number => result.patches.filter((patch) => patch.status === status).length;
  const failed = result.steps.find((step) => step.error !== undefined);
  return {
    result,
    html: renderHtml(result),
    summary: {
      machine: result.machine.name,
      products: result.products.reduce((sum, product) => sum + product.instances.length, 0),
      missing: count('missing'),
      unknown: count('unknown'),
      failed: failed?.error ? { step: failed.step, name: failed.name, ...failed.error } : null,
      loggedOn:
        result.machine.source === 'live' && result.steps.some(({ step, status }) => step === 2 && status === 'ok'),
    },
  };
}
