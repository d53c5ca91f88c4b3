/** A result as the editor shows it. */
import type { Linked } from '../../model/link.ts';
import type { Report, ResultName } from '../../protocol/results.ts';
import type { ScanResult } from '../../scan/result.ts';
import { summaryOf } from '../scan.ts';
import { sourcesOf } from '../scan-sources.ts';
import type { Workspace } from '../workspace.ts';

/** The report's parts, and the places in the scripts that it leads to. Its renderer is loaded with the first report. */
export async function reportOf(
  { workspace, linked }: { readonly workspace: Workspace; readonly linked: Linked },
  result: ScanResult,
  name: ResultName,
): Promise<Report> {
  const { renderHtmlParts } = await import('../../results/report/html.ts');
  const sources = sourcesOf(workspace, linked);
  const { html, patches } = renderHtmlParts(result, sources);
  return { name, html, patches, sources: sources.places, summary: summaryOf(result) };
}
