/** Answers that take long: with all files known, and until nobody wants them any more. */
import type { CancellationToken, ResponseError } from 'vscode-languageserver/node';
import { cancelled, readyOrCancelled } from './session.ts';

/** Does work until the request is cancelled; what it rejects with then is the answer to a cancelled request. */
export async function abortable<T>(
  ready: () => Promise<void>,
  cancellation: CancellationToken,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | ResponseError<never>> {
  await readyOrCancelled(ready, cancellation);
  if (cancellation.isCancellationRequested) return cancelled();
  const aborting = new AbortController();
  const listening = cancellation.onCancellationRequested(() => aborting.abort());
  try {
    return await work(aborting.signal);
  } catch (error) {
    if (aborting.signal.aborted) return cancelled();
    throw error;
  } finally {
    listening.dispose();
  }
}
