/** The administrative shares of a machine's drives, each connected once, when something on its drive is first asked for. */
import { WireError, type WireFailure } from '../../wire/failure.ts';
import type { Call } from '../../wire/smb/call.ts';
import type { SmbSession } from '../../wire/smb/session.ts';
import { connectTree, type Tree } from '../../wire/smb/tree.ts';

export class Shares {
  readonly #session: SmbSession;
  readonly #host: string;
  readonly #trees = new Map<string, Promise<Tree>>();

  constructor(session: SmbSession, host: string) {
    this.#session = session;
    this.#host = host;
  }

  /** Connects a share, again where an earlier attempt failed; perhaps one that stands for another: `C$`. */
  open(share: string, call: Call, instead = share): Promise<Tree> {
    const tree = connectTree(this.#session, { host: this.#host, share, type: 'DISK' }, call);
    tree.catch(() => undefined);
    this.#trees.set(instead.toUpperCase(), tree);
    return tree;
  }

  /** The tree that holds a drive, or why there is none. The failure is remembered. */
  async forDrive(letter: string, call: Call): Promise<Tree | WireFailure> {
    const share = `${letter.toUpperCase()}$`;
    try {
      return await (this.#trees.get(share) ?? this.open(share, call));
    } catch (error) {
      if (error instanceof WireError)
        return { ...error.failure, message: `not connected to ${share}: ${error.failure.message}` };
      this.#trees.delete(share);
      throw error;
    }
  }
}
