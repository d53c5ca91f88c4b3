/** Whether something listens: a connection that is closed as soon as it is there. Nothing is sent. */
import { connect } from 'node:net';
import { SMB_PORT } from '../machine-name.ts';

export const SESSION_PORT = 139;
/** Long enough for one packet to be lost: TCP asks again after a second (RFC 6298). */
const KNOCK_MS = 2000;

/** Whether SMB may be there: its port is open, or 445 is refused and the NetBIOS session's is open. */
export async function listens(
  { host, port }: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<boolean> {
  const direct = await knock({ host, port }, signal);
  if (direct !== 'refused' || port !== SMB_PORT) return direct === 'open';
  return (await knock({ host, port: SESSION_PORT }, signal)) === 'open';
}

/** Never rejects: what is cancelled is silent. */
export function knock(
  at: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<'open' | 'refused' | 'silent'> {
  return new Promise((resolve) => {
    const socket = connect(at);
    const answer = (how: 'open' | 'refused' | 'silent') => {
      signal.removeEventListener('abort', stop);
      socket.destroy();
      resolve(how);
    };
    const stop = () => answer('silent');
    signal.addEventListener('abort', stop, { once: true });
    socket.setTimeout(KNOCK_MS, stop);
    socket.once('connect', () => answer('open'));
    socket.on('error', (error) => answer('code' in error && error.code === 'ECONNREFUSED' ? 'refused' : 'silent'));
  });
}
