/** Answers why two machines judge a declaration differently. Scanning is loaded with the first question. */
import type { CancellationToken } from 'vscode-languageserver/node';
import { SCAN_PROGRESS, type ScanProgress } from '../../protocol/scan.ts';
import { WHY_REQUEST, type WhyParams, type WhyReply } from '../../protocol/why.ts';
import type { GraphServing } from '../graph/serve.ts';
import { contentFor } from '../scan-scope.ts';
import { targetOf } from '../scan-target.ts';

type WhyServing = Omit<GraphServing, 'truth'>;

export function serveWhy(serving: WhyServing): void {
  serving.connection.onRequest(WHY_REQUEST, (params: WhyParams, cancellation: CancellationToken) =>
    serving.answer(cancellation, (signal) => compare(serving, params, signal)),
  );
}

async function compare(
  { connection, workspace }: WhyServing,
  { token, id, targets }: WhyParams,
  signal: AbortSignal,
): Promise<WhyReply> {
  const [{ whyOf }, { whyReply }] = await Promise.all([import('../../scan/why.ts'), import('./reply.ts')]);
  const { linked } = workspace.analyse();
  const kind = linked.content.products.has(id.toLowerCase())
    ? 'product'
    : linked.content.patches.has(id.toLowerCase())
      ? 'patch'
      : null;
  const [left, right] = targets;
  const both = [targetOf(left), targetOf(right)] as const;
  const answer = await whyOf({
    ...{ content: contentFor(linked, [id]), id, targets: both, signal },
    scan: (target) => ({
      ...((target === both[0] ? left : right).kind === 'machine' && target.kind === 'machine' && target.resolved
        ? { trustNetbios: true }
        : {}),
      onProgress: ({ step, steps, message }) => {
        const told: ScanProgress = {
          ...{ token, steps: 2 * steps, message },
          step: target === both[0] ? step : steps + step,
        };
        void connection.sendNotification(SCAN_PROGRESS, told);
      },
    }),
  });
  return whyReply({ id, kind, answer, workspace });
}
