/** The language server: wires the protocol to the workspace, one capability a file. */
import {
  createConnection,
  DidChangeWatchedFilesNotification,
  TextDocuments,
  TextDocumentSyncKind,
  type ClientCapabilities,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import path from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { RESULTS_CHANGED } from '../protocol/results.ts';
import { cacheFolder } from './closed/store.ts';
import { serveCodeActions } from './code-actions/code-actions.ts';
import { serveCodeLenses } from './code-lens.ts';
import { serveCompletion } from './completion/completion.ts';
import { serveDefinition } from './definition.ts';
import { publishDiagnostics } from './diagnostics.ts';
import { serveExplorer } from './explorer/explorer.ts';
import { serveFolding } from './folding.ts';
import { serveFormatting } from './formatting.ts';
import { serveHighlights } from './highlight.ts';
import { serveHover } from './hover.ts';
import { serveInlayHints } from './inlay-hints.ts';
import { serveLinks } from './links.ts';
import { serveMachines } from './machines/machines.ts';
import { servePulledDiagnostics } from './pull-diagnostics.ts';
import { serveReferences } from './references.ts';
import { refreshViews } from './refresh.ts';
import { Results } from './results/results.ts';
import { serveResults } from './results/serve.ts';
import { serveRename } from './rename.ts';
import { serveScans } from './scan.ts';
import { serveSelectionRanges } from './selection.ts';
import { serveSemanticTokens } from './semantic/semantic-tokens.ts';
import type { Session } from './session.ts';
import { serveSignatures } from './signature.ts';
import { serveSymbols } from './symbols.ts';
import { serveTypeHierarchy } from './type-hierarchy.ts';
import { serveTests } from './tests/serve.ts';
import { pathOfUri } from './uris.ts';
import { serveWorkspaceSymbols } from './workspace-symbols.ts';
import { Workspace } from './workspace.ts';
import { serveLinkedEditing } from './xml/linked-editing.ts';

const WATCHED = ['**/*.detect', '**/*.patches.xml', '**/patchlab.json'];

export interface ServerOptions {
  /** The folder in which what is known of a workspace is kept; `false` keeps nothing. Counts before what the editor wants. */
  readonly index?: string | false;
}

/** Serves the editor that started this process, over stdio or Node's IPC as the process arguments say, until it leaves. */
export function startServer(options: ServerOptions = {}): void {
  serve(createConnection(), options);
}

/** Serves one connection. */
export function serve(connection: Connection, options: ServerOptions = {}): void {
  const workspace = new Workspace();
  const documents = new TextDocuments(TextDocument);
  let folders: readonly string[] = [];
  let mayRegister = false;
  let client: ClientCapabilities = {};
  let wantsPush = false;
  // Nothing is said of a workspace before all of it is known: names of other files would seem unknown.
  let ready = Promise.resolve();
  const isReady = (): Promise<void> => ready;
  const session: Session = { connection, workspace, ready: isReady, client: () => client };
  // Whoever pulls is not told as well, or would show everything twice.
  const diagnostics = publishDiagnostics(session, () => !wantsPush && client.textDocument?.diagnostic !== undefined);

  const results = new Results({
    folders: () => folders.flatMap((uri) => pathOfUri(uri) ?? []),
    log: (text) => connection.console.error(text),
    onChange: () => void connection.sendNotification(RESULTS_CHANGED),
  });

  const views = refreshViews(session);

  function tellSoon(): void {
    diagnostics.schedule();
    views.schedule();
  }

  function refresh(work: () => Promise<void>): void {
    ready = ready.then(work).catch((error: unknown) => connection.console.error(String(error)));
    void ready.then(tellSoon);
  }

  /** Whoever has no place to keep anything starts a little slower. */
  const keep = (): Promise<void> =>
    workspace.keep().catch((error: unknown) => connection.console.log(`The index is not kept: ${String(error)}`));
  workspace.onChangedOnDisk = (file) => refresh(() => workspace.readFile(file));

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    folders = params.workspaceFolders?.map((folder) => folder.uri) ?? [];
    client = params.capabilities;
    workspace.cache = cacheAsked(options, params.initializationOptions);
    wantsPush = asksForPush(params.initializationOptions);
    results.folder = historyAsked(params.initializationOptions);
    mayRegister = client.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    return {
      serverInfo: { name: 'patchlab' },
      capabilities: wantsPush ? { ...CAPABILITIES, ...pushing } : { ...CAPABILITIES, ...offered },
    };
  });

  connection.onInitialized(() => {
    refresh(() => workspace.setFolders(folders));
    if (!mayRegister) return;
    const watchers = WATCHED.map((globPattern) => ({ globPattern }));
    void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(removed.map(({ uri }) => uri));
      folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
      refresh(() => workspace.setFolders(folders));
    });
  });

  connection.onDidChangeWatchedFiles(({ changes }) => {
    refresh(async () => {
      for (const { uri } of changes) {
        const file = pathOfUri(uri);
        if (file?.endsWith('patchlab.json')) await workspace.readSettings();
        else if (file) await workspace.readFile(file);
      }
    });
  });
  // A folder that moved or went away is one event, without its files.
  connection.workspace.onDidRenameFiles(() => refresh(() => workspace.readDisk()));
  connection.workspace.onDidDeleteFiles(() => refresh(() => workspace.readDisk()));

  documents.onDidChangeContent(({ document }) => {
    workspace.edit(document);
    void ready.then(tellSoon);
  });
  documents.onDidClose(({ document }) => {
    workspace.close(document.uri);
    void ready.then(tellSoon);
  });
  const offered = Object.assign({}, ...CAPABILITY_FILES.map((serveOne) => serveOne(session))) as ServerCapabilities;
  const { diagnosticProvider: _, ...pushing } = offered;
  diagnostics.onWhole = () => void keep();
  const explorer = serveExplorer(session);
  connection.onShutdown(async () => {
    await explorer.close();
    diagnostics.dispose();
    views.dispose();
    await keep();
  });

  serveResults(session, results);
  serveScans(connection, workspace, isReady, (result) => results.keep(result));
  serveTests(session);
  serveMachines(connection, workspace, isReady, (result) => results.keep(result));
  documents.listen(connection);
  connection.listen();
}

/** `initializationOptions: { "index": false }`: nothing is kept; `{ "index": "/folder" }`: there, and else where the system keeps such. */
function cacheAsked({ index }: ServerOptions, options: unknown): string | undefined {
  const asked = typeof options === 'object' && options !== null && 'index' in options ? options.index : undefined;
  const wanted = index ?? asked;
  if (wanted === false) return undefined;
  return typeof wanted === 'string' && path.isAbsolute(wanted) ? wanted : cacheFolder(process.env);
}

/** `initializationOptions: { "results": "/folder" }`: results of scans are kept there, and nowhere where nothing is said. */
function historyAsked(options: unknown): string | undefined {
  const asked = typeof options === 'object' && options !== null && 'results' in options ? options.results : undefined;
  return typeof asked === 'string' && path.isAbsolute(asked) ? asked : undefined;
}

/** `initializationOptions: { "diagnostics": "push" }`: an editor that could pull would rather be told. */
function asksForPush(options: unknown): boolean {
  return typeof options === 'object' && options !== null && 'diagnostics' in options && options.diagnostics === 'push';
}

/** One capability each: registers its handlers and says what it offers. */
const CAPABILITY_FILES: readonly ((session: Session) => ServerCapabilities)[] = [
  serveSymbols,
  serveHover,
  serveDefinition,
  serveCompletion,
  serveReferences,
  serveHighlights,
  serveRename,
  serveWorkspaceSymbols,
  servePulledDiagnostics,
  serveFolding,
  serveLinkedEditing,
  serveSelectionRanges,
  serveLinks,
  serveTypeHierarchy,
  serveCodeLenses,
  serveSemanticTokens,
  serveSignatures,
  serveInlayHints,
  serveFormatting,
  serveCodeActions,
];

const FOLDERS = { filters: [{ scheme: 'file', pattern: { glob: '**', matches: 'folder' as const } }] };

const CAPABILITIES: InitializeResult['capabilities'] = {
  textDocumentSync: TextDocumentSyncKind.Incremental,
  workspace: {
    workspaceFolders: { supported: true, changeNotifications: true },
    fileOperations: { didRename: FOLDERS, didDelete: FOLDERS },
  },
};
