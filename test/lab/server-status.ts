/** What a lab machine's server says of the clients that are connected: the dialect, signing and encryption they really use. */
import { runOrThrow } from './run-program.ts';

export interface ServerSession {
  /** The Windows account's unix account. */
  readonly user: string;
  /** `SMB3_11`, `SMB2_10`. */
  readonly dialect: string;
  /** `AES-128-GMAC`, `AES-128-CMAC`, `HMAC-SHA256`; empty where nothing is signed. */
  readonly signing: string;
  /** `AES-128-GCM`; empty where the session is not encrypted. */
  readonly cipher: string;
  /** Shares that the session has connected. */
  readonly shares: readonly string[];
}

interface Protection {
  readonly cipher?: string;
  readonly degree?: string;
}
interface StatusDocument {
  readonly sessions?: Readonly<
    Record<
      string,
      {
        readonly session_id: string;
        readonly username?: string;
        readonly session_dialect?: string;
        readonly encryption?: Protection;
        readonly signing?: Protection;
      }
    >
  >;
  readonly tcons?: Readonly<Record<string, { readonly service?: string; readonly session_id?: string }>>;
}

function cipherOf(protection: Protection | undefined): string {
  const cipher = protection?.cipher ?? '';
  return protection?.degree === 'none' || cipher === '-' ? '' : cipher;
}

/** The sessions that are open now, by `smbstatus --json`. */
export async function serverSessions(conf: string): Promise<readonly ServerSession[]> {
  const status = JSON.parse(await runOrThrow('smbstatus', ['-s', conf, '--json'])) as StatusDocument;
  const connections = Object.values(status.tcons ?? {});
  return Object.values(status.sessions ?? {}).map((session) => ({
    user: session.username ?? '',
    dialect: session.session_dialect ?? '',
    signing: cipherOf(session.signing),
    cipher: cipherOf(session.encryption),
    shares: connections
      .filter((connection) => connection.session_id === session.session_id)
      .map((connection) => connection.service ?? ''),
  }));
}
