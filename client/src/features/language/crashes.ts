/** A language server that dies: it is started again, and the user is told; one that dies again and again is left alone. */
import { l10n, window, type LogOutputChannel } from 'vscode';
import { CloseAction, type ErrorHandler, type LanguageClient } from 'vscode-languageclient/node';

/** Times that the server is started again within three minutes. */
const RESTARTS = 4;

/** Restarts as the library does, and says so; `client` is asked for when there is one. */
export function restarting(log: LogOutputChannel, client: () => LanguageClient): ErrorHandler {
  let counting: ErrorHandler | undefined;
  const counted = (): ErrorHandler => (counting ??= client().createDefaultErrorHandler(RESTARTS));
  return {
    error: (error, message, count) => counted().error(error, message, count),
    closed: async () => {
      const { action } = await counted().closed();
      if (action === CloseAction.Restart) void sayRestarted(log);
      else void offerRestart(log, client());
      return { action, handled: true };
    },
  };
}

async function sayRestarted(log: LogOutputChannel): Promise<void> {
  log.error('The language server ended unexpectedly and is started again.');
  const show = l10n.t('Show Log');
  const text = l10n.t(
    'Patchlab’s language server ended unexpectedly and was started again. Your content is as you left it.',
  );
  if ((await window.showWarningMessage(text, show)) === show) log.show();
}

async function offerRestart(log: LogOutputChannel, client: LanguageClient): Promise<void> {
  log.error('The language server ended unexpectedly once too often and is not started again.');
  const [restart, show] = [l10n.t('Restart'), l10n.t('Show Log')];
  const text = l10n.t(
    'Patchlab’s language server ended unexpectedly again and again, and stays off. Your content is as you left it.',
  );
  const chosen = await window.showErrorMessage(text, restart, show);
  if (chosen === show) log.show();
  if (chosen === restart) await client.restart();
}
