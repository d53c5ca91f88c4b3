/** Scanning from the editor: the same `scanMachine` that the command line calls, over the content as it stands in the editor. */
import type { CancellationToken, Connection, ResponseError } from 'vscode-languageserver/node';
import { DECLARATIONS_REQUEST, type DeclarationsParams } from '../protocol/declarations.ts';
import { SCAN_PROGRESS, SCAN_REQUEST, type ScanParams, type ScanProgress, type ScanReply } from '../protocol/scan.ts';
import { TRUTH_REQUEST, type TruthParams } from '../protocol/truth.ts';
import type { Machine } from '../machine/port.ts';
import type { ScanTarget } from '../scan/options.ts';
import type { ScanResult } from '../scan/result.ts';
import { serveGraph } from './graph/serve.ts';
import { abortable } from './abortable.ts';
import { resolvedAs } from './machines/found.ts';
import { declarationsOf } from './scan-declarations.ts';
import { contentFor } from './scan-scope.ts';
import { sourcesOf } from './scan-sources.ts';
import { Truth } from './truth.ts';
import type { Workspace } from './workspace.ts';

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
  connection.onRequest(TRUTH_REQUEST, ({ uris }: TruthParams, cancellation: CancellationToken) =>
    answer(cancellation, (signal) => truth.of(uris, signal)),
  );
  connection.onRequest(DECLARATIONS_REQUEST, ({ uri }: DeclarationsParams, cancellation: CancellationToken) =>
    answer(cancellation, () => Promise.resolve(declarationsOf(workspace, uri))),
  );
  serveGraph({ connection, workspace, truth, answer });
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
  truth.take(kept && { name: result.machine.name, machine: kept, only, linked, judged: result });
  keep(result);
  const { renderHtmlParts } = await import('../results/report/html.ts');
  const sources = sourcesOf(workspace, linked);
  const { html, patches } = renderHtmlParts(result, sources);
  return {
    result,
    scanId: result.scanId,
    html,
    patches,
    sources: sources.places,
    ...(snapshot === undefined ? {} : { snapshot }),
    summary: summaryOf(result),
  };
}

function targetOf(target: ScanParams['target']): ScanTarget {
  if (target.kind === 'snapshot') return target;
  const { host, user, password, found } = target;
  return { kind: 'machine', machine: host, credential: { user, password }, ...(found && resolvedAs(host, found)) };
}

/** What a message says of a result. */
export function summaryOf(result: ScanResult): ScanReply['summary'] {
  const count = (status: string): number => result.patches.filter((patch) => patch.status === status).length;
  const failed = result.steps.find((step) => step.error !== undefined);
  return {
    machine: result.machine.name,
    products: result.products.reduce((sum, product) => sum + product.instances.length, 0),
    missing: count('missing'),
    unknown: count('unknown'),
    failed: failed?.error ? { step: failed.step, name: failed.name, ...failed.error } : null,
    loggedOn:
      result.machine.source === 'live' && result.steps.some(({ step, status }) => step === 2 && status === 'ok'),
  };
}
