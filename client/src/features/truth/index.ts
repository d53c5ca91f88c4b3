/** Inline truth: what the last scan saw beside each check, stale at once after an edit, judged anew right after it. */
import { CancellationTokenSource, window, workspace, type TextDocument, type TextDocumentChangeEvent } from 'vscode';
import { TRUTH_REQUEST, type TruthParams, type TruthReply } from '../../../../server/src/protocol/truth.ts';
import { registerCommand } from '../../commands.ts';
import type { Host } from '../../host.ts';
import { isOn } from '../../settings.ts';
import { CONTENT } from '../scan/declarations.ts';
import { Decorations } from './decorations.ts';
import { clearOnEdit } from './evaluated.ts';
import { madeStale, moved, takeAnswer, touchedBy, type KeptTruth, type LineChange } from './kept-truth.ts';
import { TruthSwitch } from './switch.ts';

/** The first keystroke is judged at once; those that follow each other faster than this are judged together. */
const APART_MS = 25;

const isScript = ({ languageId }: TextDocument): boolean => CONTENT.has(languageId);

/** `refresh` asks anew for what is open: a scan has ended. */
export function activateTruth(host: Host): { readonly refresh: () => void } {
  const decorations = new Decorations();
  const machines = new TruthSwitch(host);
  const files = new Map<string, KeptTruth>();
  let machine: string | null = null;
  let earlier: TruthReply['earlier'];
  let scanned = false;
  let timer: NodeJS.Timeout | undefined;
  let asking: CancellationTokenSource | undefined;
  let asked = -Infinity;

  function showAll(): void {
    const isShown = isOn('inlineTruth');
    for (const editor of window.visibleTextEditors) {
      const known = isShown ? files.get(editor.document.uri.toString()) : undefined;
      if (isScript(editor.document)) decorations.show(editor, known, { machine: machine ?? '', earlier });
    }
  }

  function schedule(): void {
    if (!scanned) return;
    asking?.cancel();
    clearTimeout(timer);
    // Not before the server was told of the edit, which happens beside this.
    timer = setTimeout(() => void ask(), Math.max(0, asked + APART_MS - performance.now()));
  }

  async function ask(): Promise<void> {
    if (!host.client.isRunning()) return;
    asked = performance.now();
    const documents = new Map(
      window.visibleTextEditors.map(({ document }) => [document.uri.toString(), document] as const),
    );
    const uris = [...documents].filter(([, document]) => isScript(document)).map(([uri]) => uri);
    const source = new CancellationTokenSource();
    asking = source;
    const params: TruthParams = { uris };
    let reply: TruthReply;
    try {
      reply = await host.client.sendRequest<TruthReply>(TRUTH_REQUEST, params, source.token);
    } catch (error) {
      if (!source.token.isCancellationRequested) host.log.error(error instanceof Error ? error : String(error));
      return;
    } finally {
      source.dispose();
    }
    if (source.token.isCancellationRequested) return;
    take(reply, documents);
  }

  function take(reply: TruthReply, documents: ReadonlyMap<string, TextDocument>): void {
    if (reply.machine === null || reply.machine !== machine) files.clear();
    machine = reply.machine;
    earlier = reply.earlier;
    scanned = machine !== null;
    for (const file of reply.files) {
      // What is said of a text that has changed since is not shown: the next answer is on its way.
      if (documents.get(file.uri)?.version === file.version) files.set(file.uri, takeAnswer(files.get(file.uri), file));
    }
    showAll();
  }

  function edited({ document, contentChanges }: TextDocumentChangeEvent): void {
    if (!isScript(document) || contentChanges.length === 0 || !scanned) return;
    const changes = contentChanges.map(({ range, text }): LineChange => {
      return { startLine: range.start.line, endLine: range.end.line, text };
    });
    const uri = document.uri.toString();
    const known = files.get(uri);
    const touched = known && touchedBy(known, changes);
    if (known) files.set(uri, moved(known, changes));
    for (const [name, truth] of files) files.set(name, madeStale(truth, touched));
    showAll();
    schedule();
  }

  function refresh(): void {
    scanned = true;
    schedule();
    void machines.refresh();
  }

  async function choose(): Promise<void> {
    if (await machines.choose()) refresh();
  }

  host.context.subscriptions.push(
    decorations,
    machines.item,
    clearOnEdit(),
    registerCommand('switchTruth', choose),
    workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('patchlab.inlineTruth') && showAll()),
    workspace.onDidChangeTextDocument(edited),
    workspace.onDidCloseTextDocument((document) => files.delete(document.uri.toString())),
    window.onDidChangeVisibleTextEditors(() => {
      showAll();
      schedule();
    }),
    // A server that was started again knows of no scan: what is shown is taken away.
    host.client.onDidChangeState((isRunning) => {
      if (!isRunning) return;
      schedule();
      void machines.refresh();
    }),
    { dispose: () => clearTimeout(timer) },
  );
  return { refresh };
}
