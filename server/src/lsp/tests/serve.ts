/** Tests of content in the editor: listed, and run over the texts as they stand there. What runs them is loaded with the first run. */
import type { CancellationToken } from 'vscode-languageserver/node';
import {
  RUN_TESTS_REQUEST,
  TESTS_REQUEST,
  type RunTestsParams,
  type RunTestsReply,
  type TestPlace,
  type TestsParams,
} from '../../protocol/tests.ts';
import { abortable } from '../abortable.ts';
import { otherMessages, type Session } from '../session.ts';
import { inert } from '../../results/report/inert.ts';
import { nameOfUri } from '../uris.ts';
import type { Workspace } from '../workspace.ts';
import { testsIn } from './list.ts';

export function serveTests({ connection, workspace, ready }: Session): void {
  connection.onRequest(TESTS_REQUEST, ({ uri }: TestsParams, cancellation: CancellationToken) =>
    abortable(ready, cancellation, (signal) => list(workspace, uri, signal)),
  );
  connection.onRequest(RUN_TESTS_REQUEST, (params: RunTestsParams, cancellation: CancellationToken) =>
    abortable(ready, cancellation, async (signal): Promise<RunTestsReply> => {
      const { runInEditor } = await import('./run.ts');
      return { outcomes: await runInEditor(workspace, params.tests, signal) };
    }),
  );
}

/** After so many files other messages are read. */
const AT_ONCE = 50;

async function list(workspace: Workspace, uri: string | undefined, signal: AbortSignal): Promise<readonly TestPlace[]> {
  const places: TestPlace[] = [];
  for (const [index, name] of (uri === undefined ? workspace.names() : [nameOfUri(uri)]).entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) await otherMessages();
    signal.throwIfAborted();
    const document = workspace.document(name);
    for (const { id, test } of document ? testsIn(name, document.getText()) : []) {
      const { line } = document?.positionAt(test.titleAt.start) ?? { line: 0 };
      places.push({ uri: document?.uri ?? '', id, title: inert(test.title), line });
    }
  }
  return places;
}
