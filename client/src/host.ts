/** What the features share: handed to each, never reached for. */
import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

export interface Host {
  readonly context: ExtensionContext;
  /** The extension's own log; nothing secret is ever written to it. */
  readonly log: LogOutputChannel;
  readonly client: LanguageClient;
}
