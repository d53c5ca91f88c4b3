/** A result as the editor gets it: with its report, and the places that the report leads to. */
import type { Linked } from '../model/link.ts';
import type { ScanReply } from '../protocol/scan.ts';
import { renderHtmlParts } from '../results/report/html.ts';
import type { ScanResult } from '../scan/result.ts';
import { sourcesOf } from './scan-sources.ts';
import { summaryOf } from './scan-summary.ts';
import type { Workspace } from './workspace.ts';

export function replyOf(workspace: Workspace, linked: Linked, result: ScanResult): ScanReply {
  const sources = sourcesOf(workspace, linked);
  const { html, patches } = renderHtmlParts(result, sources);
  return {
    result,
    scanId: result.scanId,
    ...{ html, patches, sources: sources.places, summary: summaryOf(result) },
  };
}
