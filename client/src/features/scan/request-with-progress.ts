/** A request that takes long: its progress in a notification, which can be cancelled. */
import { ProgressLocation, window } from 'vscode';
import type { ScanProgress } from '../../../../server/src/protocol/scan.ts';
import type { Host } from '../../host.ts';
import { plainMessage } from './plain-message.ts';

/** What stands in the notification. */
export interface Progressed {
  readonly message: string;
  /** Percent of all there is to do. */
  readonly done: number;
}

export interface LongRequest<Said> {
  readonly title: string;
  readonly method: string;
  readonly params: { readonly token: string };
  /** The notification that tells how far it is, and what it tells. */
  readonly said: string;
  readonly told: (said: Said) => Progressed;
  /** What stands there before anything was told. */
  readonly first?: string;
}

/** The answer; `undefined` where the user has cancelled. */
export async function requestWithProgress<Reply, Said extends { readonly token: string }>(
  { client }: Pick<Host, 'client'>,
  { title, method, params, said, told, first }: LongRequest<Said>,
): Promise<Reply | undefined> {
  const options = { location: ProgressLocation.Notification, title: plainMessage(title), cancellable: true };
  return window.withProgress(options, async (progress, cancellation) => {
    if (first !== undefined) progress.report({ message: first });
    let before = 0;
    const listening = client.onNotification(said, (one: Said) => {
      if (one.token !== params.token) return;
      const { message, done } = told(one);
      progress.report({ message: plainMessage(message), increment: Math.max(0, done - before) });
      before = Math.max(before, done);
    });
    try {
      return await client.sendRequest<Reply>(method, params, cancellation);
    } catch (error) {
      // The server's answer to a cancelled request is an error of the protocol; here it is what the user wanted.
      if (cancellation.isCancellationRequested) return undefined;
      throw error;
    } finally {
      listening.dispose();
    }
  });
}

/** How far a scan is, by its steps. */
export function scanStep({ step, steps, message }: ScanProgress): Progressed {
  return { message: `${step}/${steps} ${message}`, done: (100 * (step - 1)) / steps };
}
