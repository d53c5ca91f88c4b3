/** Serves the view of machines. What goes to the network is loaded when it is first asked for. */
import type { CancellationToken, Connection } from 'vscode-languageserver/node';
import {
  CHANGE_CONFIGURATION_REQUEST,
  CONFIGURATIONS_REQUEST,
  CONNECTION_STEP,
  DIRECTORY_LOGON_REQUEST,
  GROUP_MEMBERS_REQUEST,
  GROUP_SCAN_REQUEST,
  LOCATE_REQUEST,
  MACHINE_SCANNED,
  TEST_CONNECTION_REQUEST,
  type ChangeConfigurationParams,
  type ChangeConfigurationReply,
  type ConfigurationsParams,
  type GroupMembersParams,
  type GroupScanParams,
  type LocateParams,
  type LogonCredential,
  type TestConnectionParams,
} from '../../protocol/machines.ts';
import { SCAN_PROGRESS, type ScanProgress } from '../../protocol/scan.ts';
import type { ScanResult } from '../../scan/result.ts';
import { abortable } from '../abortable.ts';
import type { Workspace } from '../workspace.ts';

const AT_ONCE = (): Promise<void> => Promise.resolve();

/** `keep` is told of the results of a group that go to no arrivals. */
export function serveMachines(
  connection: Connection,
  workspace: Workspace,
  ready: () => Promise<void>,
  keep: (result: ScanResult) => void,
): void {
  connection.onRequest(CONFIGURATIONS_REQUEST, async ({ folders }: ConfigurationsParams) => {
    const { configurationRow } = await import('./rows.ts');
    return await Promise.all(folders.map(({ uri, name }) => configurationRow(uri, name)));
  });
  connection.onRequest(GROUP_MEMBERS_REQUEST, async ({ uri, group }: GroupMembersParams) =>
    (await import('./rows.ts')).groupMembers(uri, group),
  );
  connection.onRequest(CHANGE_CONFIGURATION_REQUEST, async (params: ChangeConfigurationParams) => {
    const { editFor } = await import('../../scan/configuration/edit.ts');
    const edit = editFor(params.text, params.change);
    return (typeof edit === 'string' ? { problem: edit } : { edit }) satisfies ChangeConfigurationReply;
  });
  connection.onRequest(LOCATE_REQUEST, (params: LocateParams, cancellation: CancellationToken) =>
    abortable(AT_ONCE, cancellation, async (signal) => {
      const { locateGroup } = await import('./locate.ts');
      const { token } = params;
      return await locateGroup(params, {
        signal,
        tell: (message) => {
          const said: ScanProgress = { token, step: 1, steps: 7, message };
          void connection.sendNotification(SCAN_PROGRESS, said);
        },
        logon: (asked) => connection.sendRequest<LogonCredential | null>(DIRECTORY_LOGON_REQUEST, asked),
      });
    }),
  );
  connection.onRequest(TEST_CONNECTION_REQUEST, (params: TestConnectionParams, cancellation: CancellationToken) =>
    abortable(AT_ONCE, cancellation, async (signal) => {
      const { testConnection } = await import('./connection.ts');
      const tell = (step: object): void => void connection.sendNotification(CONNECTION_STEP, step);
      return await testConnection(params, { signal, tell });
    }),
  );
  connection.onRequest(GROUP_SCAN_REQUEST, (params: GroupScanParams, cancellation: CancellationToken) =>
    abortable(ready, cancellation, async (signal) => {
      const { scanGroup } = await import('./scan-group.ts');
      const tell = (scanned: object): void => void connection.sendNotification(MACHINE_SCANNED, scanned);
      return await scanGroup(params, { workspace, signal, tell, keep });
    }),
  );
}
