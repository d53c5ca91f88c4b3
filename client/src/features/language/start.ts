/**
 * The client of the language server, in a bundle of its own: it is five times as large as all the rest of the extension, and
 * loaded when that is active. The server is the bundled command line's `lsp` verb, run by the editor's own runtime.
 */
import path from 'node:path';
import { l10n, window, type ExtensionContext, type LogOutputChannel } from 'vscode';
import { TransportKind, type LanguageClientOptions, type NodeModule } from 'vscode-languageclient/node';
import { isOn } from '../../settings.ts';
import { Crashes, TerseClient } from './crashes.ts';
import { OFFERS_REFERENCES } from './references.ts';
import { traceLog } from './trace.ts';
import { TRIGGERS } from './triggers.ts';

export { State } from 'vscode-languageclient/node';

const SERVER = 'dist/patchlab.js';

export function createClient(context: ExtensionContext, log: LogOutputChannel): TerseClient {
  const run: NodeModule = { module: context.asAbsolutePath(SERVER), args: ['lsp'], transport: TransportKind.stdio };
  const debug: NodeModule = { ...run, options: { execArgv: ['--inspect=6009'] } };
  const crashes: Crashes = new Crashes(log, () => client);
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
    errorHandler: crashes,
    // Whoever starts it says that it did not come up.
    initializationFailedHandler: () => false,
    outputChannel: log,
    traceOutputChannel: traceLog(log),
  };
  const client: TerseClient = new TerseClient(crashes, 'patchlab', 'Patchlab', { run, debug }, options);
  client.registerFeature(OFFERS_REFERENCES);
  return client;
}

/** Never rejects: a failure is shown with its remedy. */
export async function startClient(client: TerseClient, log: LogOutputChannel): Promise<void> {
  try {
    await client.start();
  } catch (error) {
    log.error(error instanceof Error ? error : String(error));
    if (client.isDeathTold) return;
    const show = l10n.t('Show Log');
    const chosen = await window.showErrorMessage(l10n.t('Patchlab’s language server did not start.'), show);
    if (chosen === show) log.show();
  }
}
