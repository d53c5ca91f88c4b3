/** A TCP relay before a lab machine that keeps what the client sent. */
import net from 'node:net';
import { findFreeAddress } from '../lab/free-address.ts';

export interface WireTap {
  /** `ADDRESS:PORT` */
  readonly target: string;
  /** Whether the client has sent this text, as UTF-16 or UTF-8; only on a connection that is not encrypted. */
  readonly sent: (text: string) => boolean;
  /** Everything that the client has sent. */
  readonly bytes: () => Buffer;
  /** SMB requests that the client has sent, each of a compound counted. */
  readonly requests: () => number;
  readonly reset: () => void;
  readonly close: () => Promise<void>;
}

export async function startWireTap(machine: { readonly address: string; readonly port: number }): Promise<WireTap> {
  let chunks: Buffer[] = [];
  const open = new Set<net.Socket>();
  const server = net.createServer((client) => {
    const upstream = net.connect({ host: machine.address, port: machine.port });
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (chunk) => {
      chunks.push(chunk);
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => client.write(chunk));
  });
  const host = await findFreeAddress(machine.port);
  await new Promise<void>((resolve) => server.listen({ host, port: machine.port }, resolve));
  return {
    target: `${host}:${machine.port}`,
    sent: (text) => {
      const all = Buffer.concat(chunks);
      return all.includes(Buffer.from(text, 'utf16le')) || all.includes(text);
    },
    bytes: () => Buffer.concat(chunks),
    // MS-SMB2 2.2.1: every request begins with 0xFE 'SMB'.
    requests: () => Buffer.concat(chunks).toString('latin1').split('\u00feSMB').length - 1,
    reset: () => {
      chunks = [];
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
