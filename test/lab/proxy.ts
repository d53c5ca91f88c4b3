/** A TCP proxy before a lab machine that counts bytes, and delays, stalls or cuts what passes. */
import { once } from 'node:events';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { findFreeAddress } from './free-address.ts';

/** What the proxy does to connections; changed while it runs, it acts on what comes next. Byte counts are of one connection. */
export interface ProxyFaults {
  /** Milliseconds that every chunk waits, in each direction: half of the added round trip. */
  readonly delay?: number;
  /** After this many bytes from the server, a connection stays open and silent. */
  readonly stallAfter?: number;
  /** After exactly this many bytes from the server, a connection is cut. */
  readonly cutAfter?: number;
  /** Connections are accepted and nothing is ever said. */
  readonly silent?: boolean;
}

export interface LabProxy {
  readonly address: string;
  readonly port: number;
  /** `ADDRESS:PORT` */
  readonly target: string;
  /** Bytes since the start or the last `reset`, over all connections. */
  readonly toServer: number;
  readonly toClient: number;
  readonly connections: number;
  /**
   * Round trips that clients waited for, one after another: connecting, and everything that they sent at least one round trip
   * after what was counted before. Nothing that waits for an answer can be sent earlier, and however long the server works, that
   * counts as nothing. With a delay alone: without one it counts whatever is sent.
   */
  readonly rounds: number;
  reset(): void;
  setFaults(faults: ProxyFaults): void;
  /** Cuts every connection that passes through it now. */
  cut(): Promise<void>;
  close(): Promise<void>;
}

/** One direction of one connection: chunks leave in order, each after its delay. */
function forward(to: net.Socket, delay: () => number): (chunk: Buffer) => void {
  return (chunk) => {
    const wait = delay();
    const write = () => {
      if (!to.destroyed) to.write(chunk);
    };
    if (wait === 0) write();
    else setTimeout(write, wait);
  };
}

/** Starts a proxy on an address of its own, with the machine's port. */
export async function startProxy(
  machine: { readonly address: string; readonly port: number },
  initial: ProxyFaults = {},
): Promise<LabProxy> {
  let faults = initial;
  const count = { toServer: 0, toClient: 0, connections: 0, rounds: 0 };
  let countedAt = -Infinity;
  const open = new Set<net.Socket>();

  const server = net.createServer({ noDelay: true }, (client) => {
    count.connections++;
    count.rounds++;
    const upstream = net.connect({ host: machine.address, port: machine.port, noDelay: true });
    const delay = () => faults.delay ?? 0;
    const toServer = forward(upstream, delay);
    const toClient = forward(client, delay);
    let fromServer = 0;
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', end);
      socket.on('close', () => {
        open.delete(socket);
        setTimeout(end, delay());
      });
    }
    client.on('data', (chunk) => {
      if (faults.silent) return;
      count.toServer += chunk.length;
      // A timer may be a millisecond early.
      const now = performance.now();
      if (now - countedAt >= 2 * delay() - 1) {
        count.rounds++;
        countedAt = now;
      }
      toServer(chunk);
    });
    upstream.on('data', (chunk) => {
      const limit = Math.min(faults.cutAfter ?? Infinity, faults.stallAfter ?? Infinity);
      const passing = chunk.subarray(0, Math.max(0, Math.min(chunk.length, limit - fromServer)));
      fromServer += passing.length;
      count.toClient += passing.length;
      if (passing.length > 0) toClient(passing);
      if (fromServer >= (faults.cutAfter ?? Infinity)) setTimeout(() => client.end(end), delay());
    });
  });

  const address = await findFreeAddress(machine.port);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address, port: machine.port }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    address,
    port,
    target: `${address}:${port}`,
    get toServer() {
      return count.toServer;
    },
    get toClient() {
      return count.toClient;
    },
    get connections() {
      return count.connections;
    },
    get rounds() {
      return count.rounds;
    },
    reset: () => {
      Object.assign(count, { toServer: 0, toClient: 0, connections: 0, rounds: 0 });
      countedAt = -Infinity;
    },
    setFaults: (next) => {
      faults = next;
    },
    cut: async () => {
      const ended = [...open].map((socket) => once(socket, 'close'));
      for (const socket of open) socket.destroy();
      await Promise.all(ended);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of open) socket.destroy();
      }),
  };
}
