/** Scanning from the editor: the same `scanMachine` that the command line calls, over the content as it stands in the editor. */
import type { CancellationToken, Connection, ResponseError } from 'vscode-languageserver/node';
import { DECLARATIONS_REQUEST, type DeclarationsParams } from '../protocol/declarations.ts';
import { SCAN_PROGRESS, SCAN_REQUEST, type ScanParams, type ScanProgress, type ScanReply } from '../protocol/scan.ts';
import type { Machine } from '../machine/port.ts';
import type { ScanResult } from '../scan/result.ts';
import { serveGraph } from './graph/serve.ts';
import { abortable } from './abortable.ts';
import { declarationsOf } from './scan-declarations.ts';
import { contentFor } from './scan-scope.ts';
import { summaryOf } from './scan-summary.ts';
import { targetOf } from './scan-target.ts';
import { serveTruth } from './truth-serve.ts';
import { Truth } from './truth.ts';
import { serveWhy } from './why/serve.ts';
import type { Workspace } from './workspace.ts';

export { summaryOf } from './scan-summary.ts';

/** `keep` is told of every result. */
export function serveScans(
  connection: Connection,
  workspace: Workspace,
  ready: () => Promise<void>,
  keep: (result: ScanResult) => void,
): void {
  const truth = new Truth(workspace);

  const answer = <T>(
    cancellation: CancellationToken,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T | ResponseError<never>> => abortable(ready, cancellation, work);

  connection.onRequest(SCAN_REQUEST, (params: ScanParams, cancellation: CancellationToken) =>
    answer(cancellation, (signal) => runScan({ connection, workspace, truth, keep }, params, signal)),
  );
  connection.onRequest(DECLARATIONS_REQUEST, ({ uri }: DeclarationsParams, cancellation: CancellationToken) =>
    answer(cancellation, () => Promise.resolve(declarationsOf(workspace, uri))),
  );
  serveTruth({ connection, workspace, truth, answer });
  serveGraph({ connection, workspace, truth, answer });
  serveWhy({ connection, workspace, answer });
}

interface Scanning {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly truth: Truth;
  readonly keep: (result: ScanResult) => void;
}

/** Scanning and its report are loaded with the first scan: an editor that only edits starts without them. */
async function runScan(
  { connection, workspace, truth, keep }: Scanning,
  { token, target, include, only, record, template }: ScanParams,
  signal: AbortSignal,
): Promise<ScanReply> {
  const { scanMachine } = await import('../scan/scan.ts');
  signal.throwIfAborted();
  const { linked } = workspace.analyse();
  const content = contentFor(linked, only);
  const chosen = template && (await (await import('./machines/template.ts')).templateOf(template, linked.content));
  let kept: Machine | undefined;
  let snapshot: string | undefined;
  const result = await scanMachine({
    target: targetOf(target),
    content,
    include: new Set([...include, ...(chosen?.include ?? [])]),
    ...(chosen && { template: chosen.choice }),
    // The user has allowed it, or has typed its name.
    ...(target.kind === 'machine' && target.found && { trustNetbios: true }),
    trace: true,
    signal,
    onProgress: ({ step, steps, message }) => {
      void connection.sendNotification(SCAN_PROGRESS, { token, step, steps, message } satisfies ScanProgress);
    },
    onKept: (machine) => {
      kept = machine;
    },
    ...(record === true && {
      onRecording: (text: string) => {
        snapshot = text;
      },
    }),
  });
  if (kept) truth.take({ target, machine: kept, only, linked, result });
  else truth.failed(target, summaryOf(result).failed?.code ?? '');
  keep(result);
  const { replyOf } = await import('./scan-reply.ts');
  return { ...replyOf(workspace, linked, result), ...(snapshot === undefined ? {} : { snapshot }) };
}
