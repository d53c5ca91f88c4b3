/** One run of tests: the server does it, the editor's test explorer, its margin and its results show what it came to. */
import {
  Location,
  l10n,
  Position,
  TestMessage,
  TestMessageStackFrame,
  Uri,
  type CancellationToken,
  type TestItem,
  type TestRun,
} from 'vscode';
import {
  RUN_TESTS_REQUEST,
  type RunTestsParams,
  type RunTestsReply,
  type TestFailure,
  type TestOutcome,
} from '../../../../server/src/protocol/tests.ts';
import type { Host } from '../../host.ts';

/** `error` where nothing is known, because the server could not tell or nobody waited for it. */
export type RunEnd = 'passed' | 'failed' | 'error';

/** Runs tests and shows how each came out. */
export async function runItems(
  { client }: Host,
  run: TestRun,
  { items, token }: { readonly items: readonly TestItem[]; readonly token: CancellationToken },
): Promise<RunEnd> {
  for (const item of items) run.started(item);
  const params: RunTestsParams = { tests: items.map((item) => ({ uri: item.parent?.id ?? '', id: item.id })) };
  try {
    const { outcomes } = await client.sendRequest<RunTestsReply>(RUN_TESTS_REQUEST, params, token);
    const wrong = items.filter((item) => !show(run, item, outcomes));
    return wrong.length === 0 ? 'passed' : 'failed';
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (!token.isCancellationRequested) for (const item of items) run.errored(item, new TestMessage(text));
    return 'error';
  } finally {
    run.end();
  }
}

/** Gives whether it passed, or is gone. */
function show(run: TestRun, item: TestItem, all: readonly TestOutcome[]): boolean {
  const outcomes = all.filter(({ uri, id }) => uri === item.parent?.id && id === item.id);
  if (outcomes.length === 0) {
    run.skipped(item);
    return true;
  }
  const ms = outcomes.reduce((sum, one) => sum + one.ms, 0);
  for (const one of outcomes) run.appendOutput(outputOf(item, one), undefined, item);
  const messages = outcomes.flatMap(({ failures }) => failures.map(messageOf));
  if (messages.length === 0) run.passed(item, ms);
  else if (outcomes.some(({ status }) => status === 'failed')) run.failed(item, messages, ms);
  else run.errored(item, messages, ms);
  return messages.length === 0;
}

/** Not as two texts beside each other: the editor would show these alone, and no reason. */
function messageOf({ message, because, place }: TestFailure): TestMessage {
  const why = because.map(({ text }) => l10n.t('because {0}', text));
  const made = new TestMessage([message, ...why].join('\n'));
  if (place.uri !== '') made.location = new Location(Uri.parse(place.uri, true), new Position(place.line, 0));
  made.stackTrace = because.flatMap(({ text, place: at }) =>
    at ? [new TestMessageStackFrame(text, Uri.parse(at.uri, true), new Position(at.line, at.character))] : [],
  );
  return made;
}

/** What the results say of one machine; a terminal begins its lines in the first column only after both characters. */
function outputOf({ label }: TestItem, { machine, status, failures }: TestOutcome): string {
  const mark = status === 'passed' ? '✓' : '✗';
  const lines = [
    `${mark} ${label}${machine === null ? '' : ` (${machine})`}`,
    ...failures.flatMap(({ message, because }) => [
      `    ${message}`,
      ...because.map(({ text, place }) => {
        const where = place ? ` (${Uri.parse(place.uri, true).path.split('/').at(-1) ?? ''}:${place.line + 1})` : '';
        return `      ${l10n.t('because {0}', text)}${where}`;
      }),
    ]),
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}
