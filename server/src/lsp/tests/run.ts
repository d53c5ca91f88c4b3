/** Runs tests over content as it stands in the editor, and says where what they tell stands. */
import type { Location } from '../../model/source.ts';
import type { RunTestsParams, TestFailure, TestOutcome } from '../../protocol/tests.ts';
import type { Place } from '../../protocol/scan.ts';
import { inert } from '../../results/report/inert.ts';
import { runTests, type TestProblem } from '../../scan/content-tests/run.ts';
import { contentFor } from '../scan-scope.ts';
import { nameOfUri } from '../uris.ts';
import type { Workspace } from '../workspace.ts';
import { testsIn } from './list.ts';

/** In the order of the tests; what is asked for and is not there is left out. */
export async function runInEditor(
  workspace: Workspace,
  wanted: RunTestsParams['tests'],
  signal: AbortSignal,
): Promise<readonly TestOutcome[]> {
  const { linked } = workspace.analyse();
  const files = new Map([...new Set(wanted.map(({ uri }) => uri))].map((uri) => [uri, inFile(workspace, uri)]));
  const found = wanted.flatMap(({ uri, id }) => {
    const test = files.get(uri)?.find((one) => one.id === id)?.test;
    return test ? [{ uri, id, test }] : [];
  });
  const runs = await runTests({
    tests: found.map(({ test }) => test),
    contentOf: (ids) => contentFor(linked, ids),
    ...{ signal, accounts: false },
  });
  return found.flatMap(({ uri, id, test }) =>
    runs
      .filter((run) => run.test === test)
      .map(({ machine, status, ms, problems }) => ({
        ...{ uri, id, status, ms, machine: machine === null ? null : inert(machine) },
        failures: problems.map((one) => failure(workspace, one)),
      })),
  );
}

function inFile(workspace: Workspace, uri: string): ReturnType<typeof testsIn> {
  const document = workspace.documentOfUri(uri);
  return document ? testsIn(nameOfUri(uri), document.getText()) : [];
}

function failure(workspace: Workspace, { at, message, expected, seen, because }: TestProblem): TestFailure {
  return {
    message: inert(message),
    place: placeOf(workspace, at) ?? { uri: '', line: 0, character: 0 },
    ...(expected !== undefined && { expected: inert(expected) }),
    ...(seen !== undefined && { seen: inert(seen) }),
    because: because.map(({ text, at: where }) => {
      const place = where && placeOf(workspace, where);
      return { text: inert(text), ...(place && { place }) };
    }),
  };
}

function placeOf(workspace: Workspace, { file, start }: Location): Place | undefined {
  const document = workspace.placed(file);
  return document && { uri: document.uri, ...document.positionAt(start) };
}
