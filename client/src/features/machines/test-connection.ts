/** The test of a connection: each step becomes a row beneath the machine as soon as it is done. */
import { l10n, ProgressLocation, window } from 'vscode';
import { randomUUID } from 'node:crypto';
import {
  CONNECTION_STEP,
  TEST_CONNECTION_REQUEST,
  type ConnectionStep,
  type TestConnectionParams,
} from '../../../../server/src/protocol/machines.ts';
import type { Host } from '../../host.ts';
import { plainMessage } from '../scan/plain-message.ts';
import type { Logon } from './logons.ts';

/** Tests as far as it goes; with a cancel that leaves what was seen. */
export async function testConnection(
  host: Host,
  { host: machine, user, password, found, settle }: Logon,
  show: (steps: readonly ConnectionStep[]) => void,
): Promise<void> {
  const token = randomUUID();
  const steps: ConnectionStep[] = [];
  show([]);
  const params: TestConnectionParams = { token, machine, credential: { user, password }, ...(found && { found }) };
  const title = plainMessage(l10n.t('Testing {0}', machine));
  const location = ProgressLocation.Notification;
  await window.withProgress({ location, title, cancellable: true }, async (progress, cancellation) => {
    const listening = host.client.onNotification(CONNECTION_STEP, (step: ConnectionStep) => {
      if (step.token !== token) return;
      steps.push(step);
      progress.report({ message: step.name });
      show([...steps]);
    });
    try {
      await host.client.sendRequest<boolean>(TEST_CONNECTION_REQUEST, params, cancellation);
    } catch (error) {
      if (!cancellation.isCancellationRequested) throw error;
    } finally {
      listening.dispose();
    }
  });
  const logon = steps.find(({ name }) => name === 'logon and C$');
  if (logon?.status === 'ok') await settle({ loggedOn: true, failed: null });
  else if (logon?.code !== undefined) await settle({ loggedOn: false, failed: { step: 2, code: logon.code } });
  const bad = steps.find(({ status }) => status === 'failed');
  const text = bad
    ? l10n.t('{0} cannot be scanned: {1}: {2}', machine, bad.name, bad.said)
    : l10n.t('{0} can be scanned.', machine);
  void (bad ? window.showWarningMessage(plainMessage(text)) : window.showInformationMessage(plainMessage(text)));
}
