/** Answers about what the last scans saw: inline truth, another machine's, why a declaration is judged as it is, a check by itself. */
import type { CancellationToken, Connection, ResponseError } from 'vscode-languageserver/node';
import type { Linked } from '../model/link.ts';
import {
  EXPLAIN_REQUEST,
  EVALUATE_REQUEST,
  SHOW_TRUTH_REQUEST,
  TRUTH_MACHINES_REQUEST,
  TRUTH_REQUEST,
  type EvaluateParams,
  type ExplainParams,
  type ExplainReply,
  type ShowTruthParams,
  type TruthParams,
} from '../protocol/truth.ts';
import { contentFor } from './scan-scope.ts';
import type { Truth, TruthNow } from './truth.ts';
import type { Workspace } from './workspace.ts';

export interface TruthServing {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly truth: Truth;
  /** Waits for all files, and answers until the request is cancelled. */
  readonly answer: <T>(
    cancellation: CancellationToken,
    work: (signal: AbortSignal) => Promise<T>,
  ) => Promise<T | ResponseError<never>>;
}

export function serveTruth(serving: TruthServing): void {
  const { connection, workspace, truth, answer } = serving;
  connection.onRequest(TRUTH_REQUEST, ({ uris }: TruthParams, cancellation: CancellationToken) =>
    answer(cancellation, (signal) => truth.of(uris, signal)),
  );
  connection.onRequest(TRUTH_MACHINES_REQUEST, () => truth.machines());
  connection.onRequest(SHOW_TRUTH_REQUEST, ({ key }: ShowTruthParams) => truth.show(key));
  connection.onRequest(EXPLAIN_REQUEST, (params: ExplainParams, cancellation: CancellationToken) =>
    answer(cancellation, (signal) => explain(serving, params, signal)),
  );
  connection.onRequest(EVALUATE_REQUEST, (params: EvaluateParams, cancellation: CancellationToken) =>
    answer(cancellation, async (signal) => {
      const { evaluateAt } = await import('./truth-evaluate.ts');
      return evaluateAt({ workspace, truth }, params, signal);
    }),
  );
}

async function explain(
  { workspace, truth }: TruthServing,
  params: ExplainParams,
  signal: AbortSignal,
): Promise<ExplainReply> {
  const now = await truth.now(params.key, signal);
  const only = new Set(params.only.map((id) => id.toLowerCase()));
  if (!now || !covers(now, only)) return null;
  const { replyOf } = await import('./scan-reply.ts');
  const { result } = now.scan;
  const wanted = new Set([...only, ...[...only].flatMap((id) => now.linked.symbols.fixed.get(id) ?? [])]);
  return replyOf(workspace, now.linked, {
    ...result,
    products: now.judged.products.filter(({ id }) => wanted.has(id.toLowerCase())),
    patches: now.judged.patches.filter(({ id }) => only.has(id.toLowerCase())),
  });
}

/** Whether a scan was for each of these; what was declared since it has not been asked for. */
function covers({ scan, linked }: TruthNow, only: ReadonlySet<string>): boolean {
  const isIn = (one: Linked): boolean => {
    const { products, patches } = contentFor(one, scan.only);
    return [...only].every((id) => products.has(id) || patches.has(id));
  };
  return isIn(linked) && isIn(scan.linked);
}
