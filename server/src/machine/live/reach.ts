/** The TCP connection to a machine, at whichever of its addresses takes it. */
import { WireError } from '../../wire/failure.ts';
import type { Call } from '../../wire/smb/call.ts';
import { openTransport, type Transport } from '../../wire/smb/transport.ts';

/** Where a machine may be reached. */
export interface Whereabouts {
  readonly host: string;
  readonly port?: number;
  /** In the order in which they are tried; without them the system looks the host up. */
  readonly addresses?: readonly string[];
}

/** A machine has a few addresses; a name service that gives hundreds is not believed. */
const MOST_ADDRESSES = 4;

/** Connects, each address with the deadline; the first address's failure is told. */
export async function reach({ host, port = 445, addresses = [host] }: Whereabouts, call: Call): Promise<Transport> {
  let first: WireError | undefined;
  for (const address of addresses.slice(0, MOST_ADDRESSES)) {
    try {
      return await openTransport({ host: address, port }, call);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      first ??= error;
    }
  }
  throw first ?? new WireError({ kind: 'socket', code: 'ENODATA', message: 'no address' });
}
