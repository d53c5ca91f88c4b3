/** The connection to a machine, at whichever of its addresses takes it: direct, and where that is refused, a NetBIOS session. */
import { openNetbiosSession } from '../../wire/netbios/session.ts';
import { WireError } from '../../wire/failure.ts';
import type { Call } from '../../wire/smb/call.ts';
import { openTransport, type Transport } from '../../wire/smb/transport.ts';

/** Where a machine may be reached. */
export interface Whereabouts {
  readonly host: string;
  readonly port?: number;
  /** In the order in which they are tried; without them the system looks the host up. */
  readonly addresses?: readonly string[];
  /** Of the NetBIOS session service; 139 beside 445, and none beside a port of one's own, where it is not said. */
  readonly sessionPort?: number;
}

const DIRECT_PORT = 445;
const SESSION_PORT = 139;

/** A machine has a few addresses; a name service that gives hundreds is not believed. */
const MOST_ADDRESSES = 4;

/** Connects, each address with the deadline; the first failure of the direct port is told. */
export async function reach(where: Whereabouts, call: Call): Promise<Transport> {
  const { host, port = DIRECT_PORT, addresses = [host] } = where;
  const { sessionPort = port === DIRECT_PORT ? SESSION_PORT : undefined } = where;
  const tried = addresses.slice(0, MOST_ADDRESSES);
  let first: WireError | undefined;
  for (const address of tried) {
    const opened = await orFailure(openTransport({ host: address, port }, call));
    if (!(opened instanceof WireError)) return opened;
    first ??= opened;
  }
  // Refused: the machine is up. Where nothing answers at all, 139 would only take as long again.
  if (sessionPort !== undefined && first?.failure.code === 'ECONNREFUSED') {
    for (const address of tried) {
      const opened = await orFailure(openNetbiosSession({ host: address, port: sessionPort }, host, call));
      if (!(opened instanceof WireError)) return opened;
      // Who listens on 139 and refuses a session says more than a closed port.
      if (opened.failure.kind === 'protocol') throw opened;
    }
  }
  throw first ?? new WireError({ kind: 'socket', code: 'ENODATA', message: 'no address' });
}

async function orFailure(opening: Promise<Transport>): Promise<Transport | WireError> {
  try {
    return await opening;
  } catch (error) {
    if (error instanceof WireError) return error;
    throw error;
  }
}
