/** Answers for the graph view. What draws and judges is loaded with its first question. */
import type { CancellationToken, Connection, ResponseError } from 'vscode-languageserver/node';
import {
  GRAPH_PATCH_REQUEST,
  GRAPH_REQUEST,
  type GraphParams,
  type GraphPatchParams,
  type GraphPatchReply,
  type GraphReply,
} from '../../protocol/graph.ts';
import type { Place } from '../../protocol/scan.ts';
import type { Location } from '../../model/source.ts';
import type { Judged } from '../../scan/kept.ts';
import type { Truth } from '../truth.ts';
import type { Workspace } from '../workspace.ts';
import type { Returned } from './exclusion.ts';

export interface GraphServing {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly truth: Truth;
  /** Waits for all files, and answers until the request is cancelled. */
  readonly answer: <T>(
    cancellation: CancellationToken,
    work: (signal: AbortSignal) => Promise<T>,
  ) => Promise<T | ResponseError<never>>;
}

export function serveGraph(serving: GraphServing): void {
  const { connection, answer } = serving;
  connection.onRequest(GRAPH_REQUEST, (params: GraphParams, cancellation: CancellationToken) =>
    answer(cancellation, (signal) => draw(serving, params, signal)),
  );
  connection.onRequest(GRAPH_PATCH_REQUEST, (params: GraphPatchParams, cancellation: CancellationToken) =>
    answer(cancellation, (signal) => tell(serving, params, signal)),
  );
}

async function draw(serving: GraphServing, params: GraphParams, signal: AbortSignal): Promise<GraphReply> {
  const [{ drawingOf }, { gravest }] = await Promise.all([import('./drawing.ts'), import('./exclusion.ts')]);
  const now = await serving.truth.judged(signal);
  const returned = await returnedFrom(serving, params.excluded, { judged: now?.judged, signal });
  return drawingOf({
    content: serving.workspace.analyse().linked.content,
    product: params.product,
    scanned: now && { machine: now.name, statuses: gravest(now.judged.patches) },
    returned,
  });
}

async function tell(
  serving: GraphServing,
  { id, excluded }: GraphPatchParams,
  signal: AbortSignal,
): Promise<GraphPatchReply | null> {
  const { patchOf } = await import('./patch.ts');
  const now = await serving.truth.judged(signal);
  const returned = await returnedFrom(serving, excluded, { judged: now?.judged, signal });
  const { content } = serving.workspace.analyse().linked;
  const told = patchOf(id, { content, judged: now?.judged, returned });
  const declared = content.patches.get(id.toLowerCase());
  return told && declared ? { ...told, source: placeOf(serving.workspace, declared.nameAt) } : null;
}

async function returnedFrom(
  { truth }: GraphServing,
  excluded: readonly string[],
  { judged, signal }: { readonly judged: Judged | undefined; readonly signal: AbortSignal },
): Promise<readonly Returned[]> {
  if (judged === undefined || excluded.length === 0) return [];
  const without = await truth.judgedWithout(new Set(excluded.map((id) => id.toLowerCase())), signal);
  const { returnedBy } = await import('./exclusion.ts');
  return without ? returnedBy(judged.patches, without.patches) : [];
}

function placeOf(workspace: Workspace, { file, start }: Location): Place | null {
  const document = workspace.placed(file);
  if (!document) return null;
  return { uri: document.uri, ...document.positionAt(start) };
}
