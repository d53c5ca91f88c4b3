/** The test of a connection: each step becomes a row beneath the machine as soon as it is done. */
import { l10n, window } from 'vscode';
import { randomUUID } from 'node:crypto';
import {
  CONNECTION_STEP,
  TEST_CONNECTION_REQUEST,
  type ConnectionStep,
  type TestConnectionParams,
} from '../../../../server/src/protocol/machines.ts';
import type { Host } from '../../host.ts';
import { plainMessage } from '../scan/plain-message.ts';
import { requestWithProgress, type Progressed } from '../scan/request-with-progress.ts';
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
  const told = (step: ConnectionStep): Progressed => {
    steps.push(step);
    show([...steps]);
    return { message: step.name };
  };
  const isDone = await requestWithProgress<boolean, ConnectionStep>(host, {
    ...{ title: l10n.t('Testing {0}', machine), method: TEST_CONNECTION_REQUEST, params },
    progress: { token, said: CONNECTION_STEP, told },
  });
  const logon = steps.find(({ name }) => name === 'logon and C$');
  if (logon?.status === 'ok') await settle({ loggedOn: true, failed: null });
  else if (logon?.code !== undefined) await settle({ loggedOn: false, failed: { step: 2, code: logon.code } });
  if (isDone === undefined) {
    window.setStatusBarMessage(l10n.t('$(circle-slash) Test of {0} cancelled', machine), 10_000);
    return;
  }
  const bad = steps.find(({ status }) => status === 'failed');
  const text = bad
    ? l10n.t('{0} cannot be scanned: {1}: {2}', machine, bad.name, bad.said)
    : l10n.t('{0} can be scanned.', machine);
  void (bad ? window.showWarningMessage(plainMessage(text)) : window.showInformationMessage(plainMessage(text)));
}
