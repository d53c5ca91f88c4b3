/** A small editor: starts the bundled server as the extension does, over stdio, and keeps what the server says. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type CompletionItem,
  type Diagnostic,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
} from 'vscode-languageserver/node';

/** What the editor can do, and how it would like to be served. */
export interface StartOptions extends ClientCapabilities {
  readonly initializationOptions?: unknown;
}

export class LspClient {
  readonly connection: ProtocolConnection;
  /** What the server said that it can do. */
  initialized: InitializeResult | undefined;
  readonly #child: ChildProcess;
  readonly #diagnostics = new Map<string, readonly Diagnostic[]>();
  readonly #waiting = new Set<() => void>();

  private constructor(child: ChildProcess, connection: ProtocolConnection) {
    this.#child = child;
    this.connection = connection;
    connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) => {
      this.#diagnostics.set(String(uri), diagnostics as readonly Diagnostic[]);
      for (const wake of this.#waiting) wake();
    });
    connection.onRequest('client/registerCapability', () => null);
  }

  /** Starts a server for one workspace folder and shakes hands. */
  static async start(bundle: string, folder: string, options: StartOptions = {}): Promise<LspClient> {
    const args = [bundle, 'lsp', '--stdio', `--clientProcessId=${process.pid}`];
    // What the server keeps from one start to the next stays out of the folders of whoever runs the tests.
    const env = { ...process.env, XDG_CACHE_HOME: path.join(tmpdir(), 'patchlab-test-cache') };
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'], env });
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.listen();
    const client = new LspClient(child, connection);
    client.initialized = await connection.sendRequest<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: null,
      initializationOptions: options.initializationOptions,
      capabilities: {
        ...options,
        workspace: { ...options.workspace, didChangeWatchedFiles: { dynamicRegistration: true } },
      },
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'workspace' }],
    });
    await connection.sendNotification('initialized', {});
    return client;
  }

  open(uri: string, text: string): Promise<void> {
    const textDocument = { uri, languageId: 'detect', version: 1, text };
    return this.connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  change(uri: string, version: number, text: string): Promise<void> {
    return this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
  }

  /** What the server says of a file, once it fulfils a condition. */
  async diagnostics(
    uri: string,
    isRight: (diagnostics: readonly Diagnostic[]) => boolean,
  ): Promise<readonly Diagnostic[]> {
    for (;;) {
      const said = this.#diagnostics.get(uri) ?? [];
      if (isRight(said)) return said;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
  }

  async completion(uri: string, position: Position): Promise<readonly CompletionItem[]> {
    return this.connection.sendRequest<CompletionItem[]>('textDocument/completion', {
      textDocument: { uri },
      position,
    });
  }

  /** Leaves as an editor does; the exit code of the server. */
  async stop(): Promise<number | null> {
    const exited = once(this.#child, 'exit') as Promise<[number | null]>;
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const [code] = await exited;
    this.connection.dispose();
    return code;
  }
}
