/** Tests of content in the editor's test explorer, and *Run Test* above each. They are listed when somebody looks at them. */
import type { Uri } from 'vscode';
import {
  CancellationTokenSource,
  commands,
  l10n,
  TestRunProfileKind,
  TestRunRequest,
  tests,
  window,
  workspace,
  type CancellationToken,
  type Disposable,
} from 'vscode';
import { TESTS_REQUEST, type TestPlace, type TestsParams } from '../../../../server/src/protocol/tests.ts';
import { registerCommand } from '../../commands.ts';
import type { Host } from '../../host.ts';
import { mayScan } from '../machines/trust.ts';
import { plainLabel } from '../scan/plain-message.ts';
import { TestItems } from './items.ts';
import { runItems, type RunEnd } from './run.ts';

const CONTROLLER = 'patchlab';
/** How long nothing is typed before a file's tests are listed anew. */
const QUIET_MS = 400;
const SAID_MS = 8000;

export function activateTests(host: Host, ready: Promise<unknown>): void {
  const controller = tests.createTestController(CONTROLLER, 'Patchlab');
  const items = new TestItems(controller);
  let areListed = false;
  let said: Disposable | undefined;

  const placesOf = async (params: TestsParams): Promise<readonly TestPlace[]> => {
    await ready;
    return host.client.sendRequest<readonly TestPlace[]>(TESTS_REQUEST, params);
  };

  async function listAll(): Promise<void> {
    areListed = true;
    items.replaceAll(await placesOf({}));
  }

  async function listFile(uri: string): Promise<void> {
    items.replaceFile(uri, await placesOf({ uri }));
  }

  /** Of files that are looked at, and once all are listed of every one. */
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  function listSoon(uri: Uri): void {
    const key = uri.toString();
    clearTimeout(waiting.get(key));
    const list = (): void => {
      waiting.delete(key);
      // A server that is gone lists nothing: what is known stays.
      if (host.client.isRunning()) listFile(key).catch((error: unknown) => host.log.error(String(error)));
    };
    waiting.set(key, setTimeout(list, QUIET_MS));
  }
  const listVisible = (): void => {
    for (const { document } of window.visibleTextEditors) if (document.languageId === 'detect') listSoon(document.uri);
  };

  async function run(request: TestRunRequest, token: CancellationToken): Promise<RunEnd | undefined> {
    if (!(await mayScan())) return undefined;
    said?.dispose();
    if (!request.include && !areListed) await listAll();
    const left = new Set(request.exclude ?? []);
    const wanted = items.all(request.include).filter((item) => !left.has(item));
    return runItems(host, controller.createTestRun(request), { items: wanted, token });
  }

  /** The test that a lens stands above, or that the cursor is in. */
  async function runTest(argument: unknown): Promise<void> {
    const at = testArgument(argument) ?? (await atCursor(placesOf));
    if (!at) return;
    await listFile(at.uri);
    const item = items.at(at.uri, at.line);
    if (!item) return;
    const cancelling = new CancellationTokenSource();
    const ended = await run(new TestRunRequest([item]), cancelling.token);
    cancelling.dispose();
    if (ended === 'passed') said = window.setStatusBarMessage(plainLabel(l10n.t('Passed: {0}', item.label)), SAID_MS);
    else if (ended === 'failed')
      await commands.executeCommand('vscode.peekTestError', [CONTROLLER, at.uri, item.id].join('\0'));
  }

  controller.resolveHandler = async (item) => {
    if (!item) await listAll();
  };
  controller.refreshHandler = listAll;
  controller.createRunProfile(
    l10n.t('Run'),
    TestRunProfileKind.Run,
    async (request, token) => {
      await run(request, token);
    },
    true,
  );

  const watcher = workspace.createFileSystemWatcher('**/*.detect');
  const changedOnDisk = (uri: Uri): void => {
    if (areListed) listSoon(uri);
  };
  host.context.subscriptions.push(
    ...[controller, watcher],
    watcher.onDidCreate(changedOnDisk),
    watcher.onDidChange(changedOnDisk),
    watcher.onDidDelete((uri) => items.replaceFile(uri.toString(), [])),
    window.onDidChangeVisibleTextEditors(listVisible),
    workspace.onDidChangeTextDocument(({ document }) => document.languageId === 'detect' && listSoon(document.uri)),
    registerCommand('runTest', runTest),
  );
  void ready.then(listVisible);
}

interface TestAt {
  readonly uri: string;
  /** The line that it begins on, or one above that. */
  readonly line: number;
}

/** Commands can be called by anyone: what they were given is looked at. */
function testArgument(argument: unknown): TestAt | undefined {
  if (typeof argument !== 'object' || argument === null || !('uri' in argument) || !('line' in argument))
    return undefined;
  const { uri, line } = argument;
  return typeof uri === 'string' && typeof line === 'number' ? { uri, line } : undefined;
}

async function atCursor(placesOf: (params: TestsParams) => Promise<readonly TestPlace[]>): Promise<TestAt | undefined> {
  const editor = window.activeTextEditor;
  const uri = editor?.document.uri.toString() ?? '';
  const places = editor?.document.languageId === 'detect' ? await placesOf({ uri }) : [];
  const above = places.findLast(({ line }) => line <= (editor?.selection.active.line ?? 0)) ?? places[0];
  if (!above) void window.showInformationMessage(l10n.t('Open a script and put the cursor into one of its tests.'));
  return above && { uri, line: above.line };
}
