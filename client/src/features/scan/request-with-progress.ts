/** A request that takes long, of which there is one at a time: its progress in a notification, which can be cancelled. */
import { ProgressLocation, window } from 'vscode';
import type { ScanProgress } from '../../../../server/src/protocol/scan.ts';
import type { Host } from '../../host.ts';
import { alone } from './one-at-a-time.ts';
import { plainMessage } from './plain-message.ts';

/** What stands in the notification. */
export interface Progressed {
  readonly message: string;
  /** Percent of all there is to do. */
  readonly done?: number;
}

export interface LongRequest<Said = never> {
  readonly title: string;
  readonly method: string;
  readonly params: object;
  /** The notification that tells those who gave its token how far it is, and what it tells. */
  readonly progress?: {
    readonly token: string;
    readonly said: string;
    readonly told: (said: Said) => Progressed;
  };
  /** What stands there before anything was told. */
  readonly first?: string;
}

/** The answer; `undefined` where the user has cancelled. */
export async function requestWithProgress<Reply, Said extends { readonly token: string } = never>(
  { client }: Pick<Host, 'client'>,
  { title, method, params, progress, first }: LongRequest<Said>,
): Promise<Reply | undefined> {
  const options = { location: ProgressLocation.Notification, title: plainMessage(title), cancellable: true };
  return alone(title, async (cancelling) =>
    window.withProgress(options, async (shown, pressed) => {
      if (first !== undefined) shown.report({ message: first });
      let before = 0;
      const listening = [
        pressed.onCancellationRequested(() => cancelling.cancel()),
        ...(progress
          ? [
              client.onNotification(progress.said, (one: Said) => {
                if (one.token !== progress.token) return;
                const { message, done = before } = progress.told(one);
                shown.report({ message: plainMessage(message), increment: Math.max(0, done - before) });
                before = Math.max(before, done);
              }),
            ]
          : []),
      ];
      try {
        return await client.sendRequest<Reply>(method, params, cancelling.token);
      } catch (error) {
        // The server's answer to a cancelled request is an error of the protocol; here it is what the user wanted.
        if (cancelling.token.isCancellationRequested) return undefined;
        throw error;
      } finally {
        for (const one of listening) one.dispose();
      }
    }),
  );
}

/** How far a scan is, by its steps. */
export function scanStep({ step, steps, message }: ScanProgress): Progressed {
  return { message: `${step}/${steps} ${message}`, done: (100 * (step - 1)) / steps };
}
