/** The way to a directory server: TCP, and TLS whose certificate is checked, before anything secret is said. */
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { RawFailure } from '../failure.ts';
import { DirectoryError } from './failure.ts';
import { LdapSession, type SessionOptions } from './session.ts';

/** From the first packet; from the first message; or not at all. */
export type DirectorySecurity = 'ldaps' | 'starttls' | 'plain';

/** One server, where it was found. */
export interface DirectoryServer {
  /** The name that its certificate must have. */
  readonly host: string;
  readonly address: string;
  readonly port: number;
}

export interface Protection {
  readonly security: DirectorySecurity;
  /** Certificates of the authorities that are trusted instead of this computer's, as PEM. */
  readonly ca?: string | undefined;
}

export interface SocketOptions extends SessionOptions {
  /** For TCP and for TLS each, milliseconds. */
  readonly connectMs: number;
}

/** Connects and protects. Throws a DirectoryError; rejects with the signal's reason when cancelled. */
export async function openSession(
  server: DirectoryServer,
  protection: Protection,
  options: SocketOptions,
): Promise<LdapSession> {
  const plain = await within(connect({ host: server.address, port: server.port, noDelay: true }), 'connect', options);
  if (protection.security === 'plain') return new LdapSession(plain, options);
  if (protection.security === 'starttls') {
    const session = new LdapSession(plain, options);
    try {
      await session.startTls();
    } catch (error) {
      plain.destroy();
      throw error;
    }
  }
  return new LdapSession(await protect(plain, server, { protection, options }), options);
}

async function protect(
  socket: Socket,
  { host }: DirectoryServer,
  { protection: { ca }, options }: { readonly protection: Protection; readonly options: SocketOptions },
): Promise<Socket> {
  const secure = connectTls({
    ...{ socket, host, minVersion: 'TLSv1.2', rejectUnauthorized: true },
    // A name only: addresses have no place in SNI (RFC 6066 3).
    ...(isIP(host) === 0 && { servername: host }),
    ...(ca !== undefined && { ca }),
  });
  return await within(secure, 'secureConnect', options);
}

/** Waits for a socket; whatever ends it before is a failure with the system's code. */
function within<S extends Socket>(
  socket: S,
  event: 'connect' | 'secureConnect',
  { signal, connectMs }: SocketOptions,
): Promise<S> {
  return new Promise((resolve, reject) => {
    const end = (act: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.off(event, ready).off('error', fail).off('close', closed);
      act();
    };
    const lose = (failure: RawFailure) => {
      end(() => {
        socket.on('error', () => undefined).destroy();
        reject(new DirectoryError(failure));
      });
    };
    const ready = () => {
      end(() => resolve(socket));
    };
    const fail = (error: NodeJS.ErrnoException) => lose(failureOfSocket(error, event));
    const closed = () => lose({ kind: 'socket', code: 'ECONNRESET', message: 'the directory closed the connection' });
    const abort = () => {
      end(() => {
        socket.on('error', () => undefined).destroy();
        reject(signal.reason instanceof Error ? signal.reason : new Error('cancelled'));
      });
    };
    const timer = setTimeout(() => {
      lose({ kind: 'timeout', code: 'ETIMEDOUT', message: `no connection within ${connectMs} ms` });
    }, connectMs);
    signal.addEventListener('abort', abort, { once: true });
    socket.on(event, ready).on('error', fail).on('close', closed);
    if (signal.aborted) abort();
  });
}

/** In a handshake every code that is not the network's is about TLS: certificates, versions, what is no TLS at all. */
function failureOfSocket(error: NodeJS.ErrnoException, event: 'connect' | 'secureConnect'): RawFailure {
  const code = error.code ?? 'ERROR';
  const isNetwork = event === 'connect' || /^E(CONN|PIPE|HOST|NET|TIMEDOUT)/.test(code);
  return { kind: isNetwork ? 'socket' : 'tls', code, message: error.message };
}
