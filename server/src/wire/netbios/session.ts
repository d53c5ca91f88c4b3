/** The NetBIOS session service (RFC 1002 4.3, 5.3): what SMB stands on at port 139, where 445 is closed. */
import type { Socket } from 'node:net';
import { protocolError, socketError, timeoutError, WireError } from '../failure.ts';
import type { Call } from '../smb/call.ts';
import { openSocket, Transport, type Endpoint } from '../smb/transport.ts';
import { ANY_SERVER, encodeName, isNetbiosName, SUFFIX } from './name.ts';

const TYPE = { REQUEST: 0x81, POSITIVE: 0x82, NEGATIVE: 0x83, RETARGET: 0x84 } as const;
const NOT_PRESENT: ReadonlySet<number> = new Set([0x80, 0x82]);
const REASONS: Readonly<Record<number, string>> = {
  0x80: 'it does not listen for that name',
  0x81: 'it does not listen for this computer',
  0x82: 'it does not have that name',
  0x83: 'it has no room for another session',
  0x8f: 'it does not say why',
};
const CALLING = 'PATCHLAB';
const DEADLINE_MS = 5000;

/** A session request (4.3.2). */
export function sessionRequest(called: string): Buffer {
  const names = Buffer.concat([encodeName(called, SUFFIX.SERVER), encodeName(CALLING, SUFFIX.WORKSTATION)]);
  return Buffer.concat([Buffer.from([TYPE.REQUEST, 0, 0, names.length]), names]);
}

/** Opens a session, by any name first and then by the machine's. A retarget to another host is never followed. */
export async function openNetbiosSession(endpoint: Endpoint, host: string, call: Call): Promise<Transport> {
  const label = host.split('.')[0] ?? '';
  const own = isNetbiosName(label) && /[^\d]/.test(label) ? [label] : [];
  let code = 0x8f;
  for (const name of [ANY_SERVER, ...own]) {
    const socket = await openSocket(endpoint, call);
    const answer = await requestSession(socket, name, call).catch((error: unknown) => {
      socket.destroy();
      throw error;
    });
    if (answer === 'open') return new Transport(socket, 'netbios');
    socket.destroy();
    code = answer;
    if (!NOT_PRESENT.has(code)) break;
  }
  throw refused(REASONS[code] ?? `code ${code}`);
}

/** `open`, or the code of the refusal. */
function requestSession(socket: Socket, name: string, call: Call): Promise<'open' | number> {
  return new Promise((resolve, reject) => {
    call.signal?.throwIfAborted();
    let received = Buffer.alloc(0);
    const settle = (act: () => void) => {
      clearTimeout(timer);
      call.signal?.removeEventListener('abort', abort);
      socket.removeAllListeners();
      socket.on('error', () => undefined);
      act();
    };
    const fail = (error: WireError) => settle(() => reject(error));
    const abort = () => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a signal's reason may be anything
      settle(() => reject(call.signal?.reason));
    };
    const deadline = call.deadlineMs ?? DEADLINE_MS;
    const timer = setTimeout(
      () => fail(timeoutError('REQUEST_TIMEOUT', `no answer to the session request within ${deadline} ms`)),
      deadline,
    );
    call.signal?.addEventListener('abort', abort, { once: true });
    socket.on('error', (error) => fail(socketError(error)));
    socket.on('close', () => fail(refused('it closed the connection')));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      const answer = readAnswer(received);
      if (answer === 'more') return;
      if (answer instanceof WireError) fail(answer);
      else settle(() => resolve(answer));
    });
    socket.write(sessionRequest(name));
  });
}

/** Reads the answer to a session request (4.3.3 to 4.3.5). */
function readAnswer(bytes: Buffer): 'open' | 'more' | number | WireError {
  if (bytes.length < 4) return 'more';
  const length = bytes.readUIntBE(1, 3);
  if (bytes[0] === TYPE.RETARGET) return refused('it sends us to another machine, which is never followed');
  if (bytes[0] === TYPE.POSITIVE && length === 0 && bytes.length === 4) return 'open';
  if (bytes[0] !== TYPE.NEGATIVE || length !== 1) return refused('it does not speak the session protocol');
  return bytes[4] ?? 'more';
}

function refused(why: string): WireError {
  return protocolError('NETBIOS_SESSION_REFUSED', `no NetBIOS session: ${why}`);
}
