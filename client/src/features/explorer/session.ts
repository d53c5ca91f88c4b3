/** The session with the current target: opened when someone looks, as whom the user says, and again when it has ended. */
import { CancellationError, l10n, type CancellationToken } from 'vscode';
import {
  EXPLORER_CLOSE,
  EXPLORER_OPEN,
  type ExplorerFailure,
  type ExplorerOpenParams,
  type ExplorerOpenReply,
  type ExplorerReply,
  type ExplorerSession,
} from '../../../../server/src/protocol/explorer.ts';
import type { ScanReply } from '../../../../server/src/protocol/scan.ts';
import type { Host } from '../../host.ts';
import type { Machines } from '../machines/index.ts';
import type { Logon } from '../machines/logons.ts';

type Opened = { readonly session: ExplorerSession } | { readonly failure: ExplorerFailure };

/** What was asked for, or why it could not be had. */
export type Asked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: ExplorerFailure };

export class TargetSession {
  readonly #host: Host;
  readonly #machines: Machines;
  readonly #onOpened: (session: ExplorerSession) => void;
  #opening: Promise<Opened> | undefined;

  constructor(host: Host, machines: Machines, onOpened: (session: ExplorerSession) => void) {
    this.#host = host;
    this.#machines = machines;
    this.#onOpened = onOpened;
  }

  /** Asks the machine; a session that has ended meanwhile is opened again, once. A refused logon is not tried again unseen. */
  async ask<T>(request: string, params: object, token?: CancellationToken): Promise<Asked<T>> {
    try {
      return await this.#ask(request, params, token);
    } catch (error) {
      if (token?.isCancellationRequested) throw new CancellationError();
      this.#host.log.error(error instanceof Error ? error : String(error));
      // A server that was started again knows no session.
      this.#opening = undefined;
      return { ok: false, failure: { meaning: l10n.t('The language server did not answer. The log says more.') } };
    }
  }

  async #ask<T>(request: string, params: object, token?: CancellationToken): Promise<Asked<T>> {
    for (let tries = 0; ; tries++) {
      const opening = (this.#opening ??= this.#open());
      const opened = await opening;
      if ('failure' in opened) return { ok: false, failure: opened.failure };
      const asked = { ...params, session: opened.session.session };
      // An `undefined` in place of the token would be sent as a second parameter.
      const reply = await this.#host.client.sendRequest<ExplorerReply<T>>(request, asked, ...(token ? [token] : []));
      if (reply.state === 'ok') return { ok: true, value: reply.value };
      if (reply.state === 'failed') return { ok: false, failure: reply.failure };
      if (tries > 0) return { ok: false, failure: { meaning: l10n.t('The machine ended the connection.') } };
      if (this.#opening === opening) this.#opening = undefined;
    }
  }

  /** Ends it: another target, or another attempt. */
  end(): void {
    if (!this.#opening) return;
    this.#opening = undefined;
    void this.#host.client.sendRequest(EXPLORER_CLOSE).catch(() => undefined);
  }

  async #open(): Promise<Opened> {
    const target = this.#machines.current.get();
    if (!target) return { failure: { meaning: l10n.t('No target is chosen.') } };
    if (target.kind === 'snapshot') return await this.#request({ target });
    const logon = await this.#machines.logonTo(target);
    if (!logon) return { failure: { meaning: l10n.t('No credential was given.') } };
    const { host, user, password, found } = logon;
    return await this.#request({ target: { kind: 'machine', host, user, password, ...(found && { found }) } }, logon);
  }

  async #request(params: ExplorerOpenParams, logon?: Logon): Promise<Opened> {
    try {
      const { reply, failedStep } = await this.#host.client.sendRequest<ExplorerOpenReply>(EXPLORER_OPEN, params);
      await logon?.settle(summaryOf(reply, failedStep));
      if (reply.state === 'ok') {
        this.#onOpened(reply.value);
        return { session: reply.value };
      }
      return { failure: reply.state === 'failed' ? reply.failure : { meaning: l10n.t('It was ended meanwhile.') } };
    } catch (error) {
      this.#host.log.error(error instanceof Error ? error : String(error));
      return { failure: { meaning: l10n.t('The machine could not be opened. The log says more.') } };
    }
  }
}

/** What keeps or forgets a credential: the machine took it where a later step than the logon failed, or none. */
function summaryOf(
  reply: ExplorerReply<ExplorerSession>,
  step: number | undefined,
): Pick<ScanReply['summary'], 'loggedOn' | 'failed'> {
  if (reply.state !== 'failed') return { loggedOn: reply.state === 'ok', failed: null };
  const { code = '', meaning, raw = '', remedy = '', validate = '' } = reply.failure;
  const failed = { step: step ?? 0, name: '', code, meaning, raw, remedy, validate };
  return { loggedOn: (step ?? 0) > 2, failed };
}
