/** What is asked of the server about results. */
import { workspace } from 'vscode';
import {
  RESULT_EXPORT_REQUEST,
  RESULT_REPORT_REQUEST,
  RESULTS_COMPARE_REQUEST,
  RESULTS_DELETE_REQUEST,
  RESULTS_REQUEST,
  type CompareParams,
  type CompareReply,
  type DeleteParams,
  type ExportFormat,
  type ExportParams,
  type ExportReply,
  type ReportReply,
  type ResultName,
  type ResultParams,
  type ResultsParams,
  type ResultsReply,
} from '../../../../server/src/protocol/results.ts';
import type { Host } from '../../host.ts';

type Client = Pick<Host, 'client'>;

/** What an untrusted workspace names is not looked at. */
const trusted = (): { readonly trusted: boolean } => ({ trusted: workspace.isTrusted });

export function listResults({ client }: Client): Promise<ResultsReply> {
  return client.sendRequest<ResultsReply>(RESULTS_REQUEST, trusted() satisfies ResultsParams);
}

export function reportOf({ client }: Client, name: ResultName): Promise<ReportReply> {
  return client.sendRequest<ReportReply>(RESULT_REPORT_REQUEST, { name, ...trusted() } satisfies ResultParams);
}

export function exportOf({ client }: Client, name: ResultName, format: ExportFormat): Promise<ExportReply> {
  return client.sendRequest<ExportReply>(RESULT_EXPORT_REQUEST, { name, format, ...trusted() } satisfies ExportParams);
}

export function comparisonOf({ client }: Client, left: ResultName, right: ResultName): Promise<CompareReply> {
  return client.sendRequest<CompareReply>(RESULTS_COMPARE_REQUEST, {
    ...{ left, right },
    ...trusted(),
  } satisfies CompareParams);
}

/** Takes results out of the editor's history. */
export async function deleteResults({ client }: Client, ids: readonly string[]): Promise<void> {
  await client.sendRequest(RESULTS_DELETE_REQUEST, { ids } satisfies DeleteParams);
}
