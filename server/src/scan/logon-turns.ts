/**
 * Who may log on when, in a scan of several machines: one after another, and after the first refusal nobody any more, for a
 * wrong password that is tried on many machines locks an account.
 */
import type { LogonTurn } from '../machine/live/live.ts';
import { protocolError, type WireFailure } from '../wire/failure.ts';
import type { Credential, ScanTarget } from './options.ts';

/** What a refused credential looks like. */
const REFUSED = /^STATUS_(LOGON_FAILURE|WRONG_PASSWORD|ACCOUNT_|PASSWORD_|NO_SUCH_USER)/;

/** A machine that has not answered a logon by then does not keep the others waiting. */
const PATIENCE_MS = 2000;

/** Whether a machine refused the credential, by the failure's code. */
export function isRefusal(code: string): boolean {
  return REFUSED.test(code);
}

/** The turns of one credential. */
export class LogonTurns {
  readonly #patience: number;
  #refused = false;
  #last: Promise<void> = Promise.resolve();

  constructor(patience = PATIENCE_MS) {
    this.#patience = patience;
  }

  /** A machine refused the credential. */
  get refused(): boolean {
    return this.#refused;
  }

  /** Tells that somebody else refused the credential: a directory. */
  refuse(): void {
    this.#refused = true;
  }

  /** Waits for its turn; rejects with a WireError once the credential was refused. */
  readonly take: LogonTurn = async (signal) => {
    const before = this.#last;
    let pass = (): void => undefined;
    this.#last = new Promise((resolve) => (pass = resolve));
    await before;
    if (this.#refused || signal?.aborted === true) {
      pass();
      signal?.throwIfAborted();
      throw protocolError('CREDENTIAL_WITHHELD', 'another machine of this scan refused the credential');
    }
    const timer = setTimeout(pass, this.#patience);
    return (failure?: WireFailure) => {
      clearTimeout(timer);
      if (failure && isRefusal(failure.code)) this.#refused = true;
      pass();
    };
  };
}

/** For each user the turns in which its machines log on. */
export class TurnsByUser {
  readonly #byUser = new Map<string, LogonTurns>();
  readonly #refusals: { isRefused(credential: Credential): boolean };

  /** Whoever was refused already logs on nowhere. */
  constructor(refusals: { isRefused(credential: Credential): boolean }) {
    this.#refusals = refusals;
  }

  /** The option of a scan of the target; none for what nobody logs on to. */
  turnOf(target: ScanTarget): { logonTurn: LogonTurn } | undefined {
    const turns = this.#of(target);
    return turns && { logonTurn: turns.take };
  }

  /** Tells of some targets whether every user of them has been refused. */
  refusalOf(targets: readonly ScanTarget[]): () => boolean {
    const all = targets.flatMap((target) => this.#of(target) ?? []);
    return () => all.length > 0 && all.every(({ refused }) => refused);
  }

  #of(target: ScanTarget): LogonTurns | undefined {
    if (target.kind !== 'machine' || target.resolved?.ok === false) return undefined;
    const user = target.credential.user.toLowerCase();
    let turns = this.#byUser.get(user);
    if (!turns) {
      this.#byUser.set(user, (turns = new LogonTurns()));
      if (this.#refusals.isRefused(target.credential)) turns.refuse();
    }
    return turns;
  }
}
