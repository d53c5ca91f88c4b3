/** A server that nobody is meant to talk to: it takes connections and keeps what it hears. */
import net from 'node:net';
import { findFreeAddress } from '../lab/free-address.ts';

export interface Trap {
  readonly address: string;
  readonly port: number;
  /** Connections that came, and all that was said on them. */
  readonly connections: () => number;
  readonly heard: () => Buffer;
  readonly close: () => Promise<void>;
}

/** Listens on one port of an address of its own, or of the given one. */
export async function startTrap(port: number, at?: string): Promise<Trap> {
  const address = at ?? (await findFreeAddress(port));
  const chunks: Buffer[] = [];
  const open = new Set<net.Socket>();
  let connections = 0;
  const server = net.createServer((socket) => {
    connections++;
    open.add(socket);
    socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen({ host: address, port }, resolve));
  return {
    ...{ address, port, connections: () => connections, heard: () => Buffer.concat(chunks) },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of open) socket.destroy();
      }),
  };
}
