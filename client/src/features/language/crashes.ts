/** A language server that dies: it is started again, and the user is told; one that dies again and again is left alone. */
import { l10n, window, type LogOutputChannel } from 'vscode';
import {
  CloseAction,
  LanguageClient,
  State,
  type CloseHandlerResult,
  type ErrorHandler,
  type ErrorHandlerResult,
} from 'vscode-languageclient/node';

/** Times that the server is started again within three minutes. */
const RESTARTS = 4;
const TURN_MS = 10;
const MOST_TURNS = 500;
/** A server that runs so long is back. */
const BACK_MS = 1000;

/** A client that says nothing of its own of a server that died: that is told already. */
export class TerseClient extends LanguageClient {
  readonly #crashes: Crashes;

  constructor(crashes: Crashes, ...rest: ConstructorParameters<typeof LanguageClient>) {
    super(...rest);
    this.#crashes = crashes;
  }

  override error(message: string, data?: unknown, showNotification?: boolean | 'force'): void {
    super.error(message, data, this.isDeathTold ? false : showNotification);
  }

  /** Whether what fails now fails because the server died. */
  get isDeathTold(): boolean {
    return this.#crashes.isTold;
  }

  /** Starts the server again, whether it runs or not; what was before counts no more. */
  override async restart(): Promise<void> {
    this.#crashes.forget();
    if (this.needsStop()) await super.restart();
    else await this.start();
  }
}

/** Restarts as the library does, and says so; `client` is asked for when there is one. */
export class Crashes implements ErrorHandler {
  readonly #log: LogOutputChannel;
  readonly #client: () => LanguageClient;
  #counting: ErrorHandler | undefined;
  #isTold = false;
  #deaths = 0;

  constructor(log: LogOutputChannel, client: () => LanguageClient) {
    this.#log = log;
    this.#client = client;
  }

  /** Whether what fails now fails because the server died, which the user is told. */
  get isTold(): boolean {
    return this.#isTold;
  }

  error(...said: Parameters<ErrorHandler['error']>): ErrorHandlerResult | Promise<ErrorHandlerResult> {
    return this.#counted().error(...said);
  }

  async closed(): Promise<CloseHandlerResult> {
    this.#isTold = true;
    this.#deaths++;
    await this.#startHasFailed();
    this.#isTold = false;
    const { action } = await this.#counted().closed();
    if (action === CloseAction.Restart) void this.#sayBack(this.#deaths);
    else void this.#offerRestart();
    return { action, handled: true };
  }

  /** A server that dies while it starts: the library forgets the start that comes next where the one before has not failed yet. */
  async #startHasFailed(): Promise<void> {
    const client = this.#client();
    for (let turns = 0; client.state === State.Starting && turns < MOST_TURNS; turns++)
      await new Promise((resolve) => setTimeout(resolve, TURN_MS));
  }

  #counted(): ErrorHandler {
    return (this.#counting ??= this.#client().createDefaultErrorHandler(RESTARTS));
  }

  /** Says so once it stays: of messages that come in fast succession the editor shows the first alone, and not the one that counts. */
  async #sayBack(deaths: number): Promise<void> {
    this.#log.error('The language server ended unexpectedly and is started again.');
    await new Promise((resolve) => setTimeout(resolve, BACK_MS));
    if (deaths !== this.#deaths) return;
    const show = l10n.t('Show Log');
    const text = l10n.t(
      'Patchlab’s language server ended unexpectedly and was started again. Your content is as you left it.',
    );
    if ((await window.showWarningMessage(text, show)) === show) this.#log.show();
  }

  async #offerRestart(): Promise<void> {
    this.#log.error('The language server ended unexpectedly once too often and is not started again.');
    const [restart, show] = [l10n.t('Restart'), l10n.t('Show Log')];
    const text = l10n.t(
      'Patchlab’s language server ended unexpectedly again and again, and stays off. Your content is as you left it.',
    );
    const chosen = await window.showErrorMessage(text, restart, show);
    if (chosen === show) this.#log.show();
    if (chosen === restart) await this.#client().restart();
  }

  /** Begins to count anew. */
  forget(): void {
    this.#counting = undefined;
  }
}
