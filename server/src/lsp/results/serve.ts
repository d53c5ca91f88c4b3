/** Answers for results: their list, their reports, comparison and export. */
import type { CancellationToken, ResponseError } from 'vscode-languageserver/node';
import {
  RESULT_EXPORT_REQUEST,
  RESULT_REPORT_REQUEST,
  RESULTS_COMPARE_REQUEST,
  RESULTS_DELETE_REQUEST,
  RESULTS_REQUEST,
  type CompareReport,
  type ExportFormat,
  type ResultName,
  type ResultRequests,
} from '../../protocol/results.ts';
import type { ScanResult } from '../../scan/result.ts';
import { sourcesOf } from '../scan-sources.ts';
import { onWorkspace, type Session } from '../session.ts';
import { reportOf } from './report.ts';
import type { Results } from './results.ts';

export function serveResults(session: Session, results: Results): void {
  const { connection, workspace } = session;
  const on = <M extends keyof ResultRequests>(
    method: M,
    answer: (params: ResultRequests[M]['params']) => Promise<ResultRequests[M]['reply']>,
  ): void => {
    type Params = ResultRequests[M]['params'];
    type Reply = ResultRequests[M]['reply'];
    const handler = onWorkspace<Params, Reply>(session, ({ params }) => answer(params));
    connection.onRequest(method, (params: Params, token: CancellationToken): Promise<Reply | ResponseError<never>> =>
      handler(params, token),
    );
  };
  on(RESULTS_REQUEST, ({ trusted }) => results.list(trusted));
  on(RESULTS_DELETE_REQUEST, (params) => results.forget(params).then(() => true));
  on(RESULT_REPORT_REQUEST, async ({ name, trusted }) => {
    const read = await results.read(name, trusted);
    if (!read.ok) return { why: unreadable(name, read.why) };
    const { linked } = workspace.analyse();
    return { value: await reportOf({ workspace, linked }, read.value, name) };
  });
  on(RESULT_EXPORT_REQUEST, async ({ name, trusted, format }) => {
    const read = await results.read(name, trusted);
    return read.ok ? { value: await exported(read.value, format) } : { why: unreadable(name, read.why) };
  });
  on(RESULTS_COMPARE_REQUEST, async ({ left, right, trusted }) => {
    const [one, other] = [await results.read(left, trusted), await results.read(right, trusted)];
    if (!one.ok) return { why: unreadable(left, one.why) };
    if (!other.ok) return { why: unreadable(right, other.why) };
    return { value: await compared(session, one.value, other.value) };
  });
}

const unreadable = ({ id }: ResultName, why: string): string => `The result ${id} cannot be read: ${why}.`;

async function compared({ workspace }: Session, left: ScanResult, right: ScanResult): Promise<CompareReport> {
  const { compareResults } = await import('../../results/compare/compare.ts');
  const { comparisonRows, renderComparisonHead } = await import('../../results/report/html/comparison.ts');
  const comparison = compareResults(left, right);
  const sources = sourcesOf(workspace, workspace.analyse().linked);
  const rows = comparisonRows(comparison, sources);
  const names = new Set([left.machine.name, right.machine.name]);
  return { title: [...names].join(' / '), html: renderComparisonHead(comparison), rows, sources: sources.places };
}

/** The whole of a result in another form: as it lies in arrivals, as a table, or as a page without scripts. */
async function exported(result: ScanResult, format: ExportFormat): Promise<string> {
  switch (format) {
    case 'json':
      return (await import('../../results/arrivals.ts')).arrivedText(result);
    case 'csv':
      return (await import('../../results/report/csv.ts')).renderCsv([result]);
    case 'html':
      return (await import('../../results/report/html.ts')).renderHtmlPage([result]);
  }
}
