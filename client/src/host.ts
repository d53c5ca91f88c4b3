/** What the features share: handed to each, never reached for. */
import type { CancellationToken, Disposable, ExtensionContext, LogOutputChannel } from 'vscode';

/** The language server, as features see it: it can be asked from the first moment, and answers when it has started. */
export interface Server {
  /** Whether it answers now. */
  isRunning(): boolean;
  /** Rejects where the server does not start, or ends before it has answered. */
  sendRequest<Reply>(method: string, params?: unknown, token?: CancellationToken): Promise<Reply>;
  onNotification<Said>(method: string, hear: (said: Said) => void): Disposable;
  onRequest<Asked>(method: string, answer: (asked: Asked) => unknown): Disposable;
  /** Calls back when it begins to answer, and when it no longer does. */
  onDidChangeState(changed: (isRunning: boolean) => void): Disposable;
}

export interface Host {
  readonly context: ExtensionContext;
  /** The extension's own log; nothing secret is ever written to it. */
  readonly log: LogOutputChannel;
  readonly client: Server;
}
