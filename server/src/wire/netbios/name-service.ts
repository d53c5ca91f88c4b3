/**
 * The NetBIOS name service over UDP (RFC 1002 5.1): asks name servers and the local networks who has a name, and a machine
 * for its names. Whoever is on the network can answer: an answer is a rumour, and nobody logs on because of it alone.
 */
import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { WireError } from '../failure.ts';
import { SUFFIX } from './name.ts';
import { nameQuery, nodeStatusQuery, readNameReply, readNodeStatus, type NodeName } from './name-packets.ts';

export const NAME_SERVICE_PORT = 137;

/** Where a question is sent. */
export interface NameServer {
  readonly address: string;
  /** 137 where it is not said. */
  readonly port?: number;
  /** A network's broadcast address: then anybody there may answer. */
  readonly broadcast?: boolean;
}

export type NameAnswer =
  | { readonly kind: 'found'; readonly addresses: readonly string[]; readonly from: string }
  /** A name server knows that there is no such name. */
  | { readonly kind: 'negative' }
  | { readonly kind: 'silent' }
  /** Different machines claim the name for different addresses. */
  | { readonly kind: 'conflict'; readonly claims: readonly string[] };

export interface AskOptions {
  readonly signal: AbortSignal;
  /** For each of the three attempts, milliseconds; 250 where it is not said (RFC 1002 6, BCAST_REQ_RETRY_TIMEOUT). */
  readonly attemptMs?: number;
}

const ATTEMPTS = 3;
const ATTEMPT_MS = 250;
/** How long a second claimant may take after the first. */
const RIVAL_MS = 60;
const MOST_PACKETS = 256;

/** The broadcast addresses of this computer's own networks. */
export function localBroadcasts(): readonly NameServer[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const own = all.filter(
    ({ family, internal, netmask }) => family === 'IPv4' && !internal && netmask !== '255.255.255.255',
  );
  const broadcasts = own.map(({ address, netmask }) => {
    const mask = netmask.split('.').map(Number);
    return address.split('.').map((part, at) => (Number(part) | (~(mask[at] ?? 255) & 255)).toString());
  });
  return [...new Set(broadcasts.map((parts) => parts.join('.')))].map((address) => ({ address, broadcast: true }));
}

/** Asks for the file server of that name. Rejects only with the signal's reason. */
export async function findByName(
  name: string,
  servers: readonly NameServer[],
  options: AskOptions,
): Promise<NameAnswer> {
  const claims = new Map<string, { readonly addresses: readonly string[]; readonly from: string }>();
  const negatives = new Set<NameServer>();
  const ids = new Map(servers.map((server) => [server, randomInt(0x10000)]));
  await exchange(servers, options, {
    packetFor: (server) =>
      nameQuery(ids.get(server) ?? 0, { name, suffix: SUFFIX.SERVER, broadcast: server.broadcast ?? false }),
    receive: (packet, server, from) => {
      const reply = readNameReply(packet, { id: ids.get(server) ?? 0, name, suffix: SUFFIX.SERVER });
      if (reply.kind === 'negative') {
        // On a network a "no" is nobody's to say.
        if (server.broadcast !== true) negatives.add(server);
        return negatives.size === servers.length ? 'done' : 'more';
      }
      const addresses = reply.addresses.filter((address) => isUsable(address, from));
      if (addresses.length === 0) return 'more';
      claims.set([...addresses].sort().join(' '), { addresses, from });
      return 'soon';
    },
  });
  const [first, rival] = [...claims.values()];
  if (first && rival) return { kind: 'conflict', claims: [...claims.keys()].sort() };
  if (first) return { kind: 'found', ...first };
  return { kind: negatives.size > 0 ? 'negative' : 'silent' };
}

/** The names that a machine has registered; undefined where it does not answer. Rejects only with the signal's reason. */
export async function askNames(server: NameServer, options: AskOptions): Promise<readonly NodeName[] | undefined> {
  const id = randomInt(0x10000);
  let names: readonly NodeName[] | undefined;
  await exchange([server], options, {
    packetFor: () => nodeStatusQuery(id),
    receive: (packet) => {
      names = readNodeStatus(packet, { id });
      return 'done';
    },
  });
  return names;
}

/** No machine has such an address; and only a machine on this computer has one of its loopback. */
function isUsable(address: string, from: string): boolean {
  const first = Number(address.split('.')[0]);
  if (first === 0 || first >= 224) return false;
  return first !== 127 || from.startsWith('127.');
}

interface Dialogue {
  readonly packetFor: (server: NameServer) => Buffer;
  /** `soon`: an answer is there, and a rival may speak for a moment. Throws where the packet is no answer: then it is as if it never came. */
  readonly receive: (packet: Buffer, server: NameServer, from: string) => 'done' | 'soon' | 'more';
}

async function exchange(servers: readonly NameServer[], options: AskOptions, dialogue: Dialogue): Promise<void> {
  options.signal.throwIfAborted();
  if (servers.length === 0) return;
  const socket = createSocket('udp4');
  const timers = new Set<NodeJS.Timeout>();
  let abort = (): void => undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const later = (ms: number, act: () => void) => timers.add(setTimeout(act, ms));
      abort = () => {
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a signal's reason may be anything
        reject(options.signal.reason);
      };
      options.signal.addEventListener('abort', abort, { once: true });
      let packets = 0;
      socket.on('message', (packet, { address, port }) => {
        if (++packets > MOST_PACKETS) return;
        for (const server of servers.filter((one) => isFrom(one, address, port))) {
          const outcome = read(() => dialogue.receive(packet, server, address));
          if (outcome === 'done') resolve();
          if (outcome === 'soon') later(RIVAL_MS, resolve);
        }
      });
      // A network that cannot be reached is as silent as one where nobody answers.
      socket.on('error', () => undefined);
      socket.bind(0, () => {
        socket.setBroadcast(true);
        const every = options.attemptMs ?? ATTEMPT_MS;
        const send = () => {
          for (const server of servers)
            socket.send(dialogue.packetFor(server), server.port ?? NAME_SERVICE_PORT, server.address, () => undefined);
        };
        send();
        for (let attempt = 1; attempt < ATTEMPTS; attempt++) later(every * attempt, send);
        later(every * ATTEMPTS, resolve);
      });
    });
  } finally {
    options.signal.removeEventListener('abort', abort);
    for (const timer of timers) clearTimeout(timer);
    socket.close();
  }
}

function isFrom(server: NameServer, address: string, port: number): boolean {
  if (port !== (server.port ?? NAME_SERVICE_PORT) || !isIPv4(address)) return false;
  return server.broadcast === true || server.address === address;
}

function read(receive: () => 'done' | 'soon' | 'more'): 'done' | 'soon' | 'more' {
  try {
    return receive();
  } catch (error) {
    if (error instanceof WireError) return 'more';
    throw error;
  }
}
