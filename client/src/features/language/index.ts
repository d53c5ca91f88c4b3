/** The language server: its client is loaded and started beside the activation, which waits for neither. */
import { workspace, type ExtensionContext, type LogOutputChannel } from 'vscode';
import { registerCommand } from '../../commands.ts';
import type { Server } from '../../host.ts';
import { showReferences } from './references.ts';
import { serverOf, type Loaded } from './server.ts';

/** Starts the server; `ready` settles when it answers, and never rejects: a failure is shown with its remedy. */
export function activateLanguage(
  context: ExtensionContext,
  log: LogOutputChannel,
): { client: Server; ready: Promise<void> } {
  const loading = load(context, log);
  const client = serverOf(loading);
  context.subscriptions.push(
    { dispose: () => loading.then((loaded) => loaded.client.dispose()) },
    registerCommand('showReferences', async (argument) => showReferences((await loading).client, argument)),
    registerCommand('restartServer', async () => (await loading).client.restart()),
    workspace.onDidGrantWorkspaceTrust(() => log.info('The workspace is trusted now: scanning is allowed.')),
  );
  return { client, ready: begin(loading, log) };
}

/** The program is read and compiled when the activation is over, not within it. */
async function load(context: ExtensionContext, log: LogOutputChannel): Promise<Loaded> {
  await new Promise((resolve) => setImmediate(resolve));
  const { createClient, State } = await import('./start.ts');
  return { client: createClient(context, log), isUp: (state) => state === State.Running };
}

async function begin(loading: Promise<Loaded>, log: LogOutputChannel): Promise<void> {
  try {
    const { client } = await loading;
    const { startClient } = await import('./start.ts');
    await startClient(client, log);
  } catch (error) {
    // Of a package that is whole it can be loaded.
    log.error(error instanceof Error ? error : String(error));
  }
}
