/** What is asked of the server about results. */
import { workspace } from 'vscode';
import {
  RESULT_EXPORT_REQUEST,
  RESULT_REPORT_REQUEST,
  RESULTS_COMPARE_REQUEST,
  RESULTS_DELETE_REQUEST,
  RESULTS_REQUEST,
  type ExportFormat,
  type ResultName,
  type ResultRequests,
} from '../../../../server/src/protocol/results.ts';
import type { Host } from '../../host.ts';

type Client = Pick<Host, 'client'>;
type Reply<M extends keyof ResultRequests> = Promise<ResultRequests[M]['reply']>;

function ask<M extends keyof ResultRequests>(
  { client }: Client,
  method: M,
  params: ResultRequests[M]['params'],
): Reply<M> {
  return client.sendRequest<ResultRequests[M]['reply']>(method, params);
}

/** What an untrusted workspace names is not looked at. */
const trusted = (): { readonly trusted: boolean } => ({ trusted: workspace.isTrusted });

export function listResults(client: Client): Reply<typeof RESULTS_REQUEST> {
  return ask(client, RESULTS_REQUEST, trusted());
}

export function reportOf(client: Client, name: ResultName): Reply<typeof RESULT_REPORT_REQUEST> {
  return ask(client, RESULT_REPORT_REQUEST, { name, ...trusted() });
}

export function exportOf(client: Client, name: ResultName, format: ExportFormat): Reply<typeof RESULT_EXPORT_REQUEST> {
  return ask(client, RESULT_EXPORT_REQUEST, { name, format, ...trusted() });
}

export function comparisonOf(
  client: Client,
  left: ResultName,
  right: ResultName,
): Reply<typeof RESULTS_COMPARE_REQUEST> {
  return ask(client, RESULTS_COMPARE_REQUEST, { left, right, ...trusted() });
}

/** Takes results out of the editor's history. */
export async function deleteResults(client: Client, ids: readonly string[]): Promise<void> {
  await ask(client, RESULTS_DELETE_REQUEST, { ids });
}
