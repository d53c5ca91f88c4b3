/** The language server: the bundled command line's `lsp` verb, run by the editor's own runtime. */
import path from 'node:path';
import { l10n, window, workspace, type ExtensionContext, type LogOutputChannel } from 'vscode';
import { LanguageClient, TransportKind, type LanguageClientOptions, type NodeModule } from 'vscode-languageclient/node';
import { registerCommand } from '../../commands.ts';
import { isOn } from '../../settings.ts';
import { restarting } from './crashes.ts';
import { OFFERS_REFERENCES, showReferences } from './references.ts';
import { traceLog } from './trace.ts';
import { TRIGGERS } from './triggers.ts';

const SERVER = 'dist/patchlab.js';

/** Starts the server; `ready` settles when it answers, and never rejects: a failure is shown with its remedy. */
export function activateLanguage(
  context: ExtensionContext,
  log: LogOutputChannel,
): { client: LanguageClient; ready: Promise<void> } {
  const run: NodeModule = { module: context.asAbsolutePath(SERVER), args: ['lsp'], transport: TransportKind.stdio };
  const debug: NodeModule = { ...run, options: { execArgv: ['--inspect=6009'] } };
  const options: LanguageClientOptions = {
    // Files on disk and new ones; other schemes have no folder that the server could read.
    documentSelector: [
      ...['file', 'untitled'].map((scheme) => ({ scheme, language: 'detect' })),
      { scheme: 'file', pattern: '**/*.patches.xml' },
    ],
    // Told of every file of the workspace as soon as something changes, not asked for from time to time. What the server keeps
    // of a workspace goes with the extension: when it is uninstalled, so is that.
    initializationOptions: (): object => ({
      diagnostics: 'push',
      index: isOn('keepIndex') && path.join(context.globalStorageUri.fsPath, 'index'),
      // Outside of the workspace: nobody else is given them with it.
      results: path.join((context.storageUri ?? context.globalStorageUri).fsPath, 'results'),
    }),
    middleware: TRIGGERS,
    errorHandler: restarting(log, () => client),
    outputChannel: log,
    traceOutputChannel: traceLog(log),
  };
  const client: LanguageClient = new LanguageClient('patchlab', 'Patchlab', { run, debug }, options);
  client.registerFeature(OFFERS_REFERENCES);
  context.subscriptions.push(
    client,
    registerCommand('showReferences', (argument) => showReferences(client, argument)),
    registerCommand('restartServer', () => client.restart()),
    workspace.onDidGrantWorkspaceTrust(() => log.info('The workspace is trusted now: scanning is allowed.')),
  );
  return { client, ready: start(client, log) };
}

async function start(client: LanguageClient, log: LogOutputChannel): Promise<void> {
  try {
    await client.start();
  } catch (error) {
    log.error(error instanceof Error ? error : String(error));
    const show = l10n.t('Show Log');
    const chosen = await window.showErrorMessage(l10n.t('Patchlab’s language server did not start.'), show);
    if (chosen === show) log.show();
  }
}
