/** Finds the machines of a group, with progress, and says of those that nobody knows why. */
import { CancellationError, l10n, ProgressLocation, window } from 'vscode';
import { randomUUID } from 'node:crypto';
import { LOCATE_REQUEST, type LocateParams, type LocateReply } from '../../../../server/src/protocol/machines.ts';
import { SCAN_PROGRESS, type ScanProgress } from '../../../../server/src/protocol/scan.ts';
import type { Host } from '../../host.ts';
import { plainMessage } from '../scan/plain-message.ts';

/** `undefined` when it was cancelled, or the group is no more; that is said. */
export async function locate(host: Host, params: Omit<LocateParams, 'token'>): Promise<LocateReply | undefined> {
  const token = randomUUID();
  const title = plainMessage(l10n.t('Finding {0}', params.machine ?? params.group));
  const location = ProgressLocation.Notification;
  try {
    return await window.withProgress({ location, title, cancellable: true }, async (progress, cancellation) => {
      const listening = host.client.onNotification(SCAN_PROGRESS, (said: ScanProgress) => {
        if (said.token === token) progress.report({ message: plainMessage(said.message) });
      });
      try {
        return await host.client.sendRequest<LocateReply>(LOCATE_REQUEST, { ...params, token }, cancellation);
      } catch (error) {
        if (cancellation.isCancellationRequested) throw new CancellationError();
        throw error;
      } finally {
        listening.dispose();
      }
    });
  } catch (error) {
    if (!(error instanceof CancellationError))
      void window.showErrorMessage(plainMessage(error instanceof Error ? error.message : String(error)));
    return undefined;
  }
}
