/** Somebody between client and server who changes what passes: whole SMB messages, without their frames. */
import net from 'node:net';
import { findFreeAddress } from '../lab/free-address.ts';

export interface Meddling {
  /** Gets each message on its way, and says what goes on instead. */
  readonly toServer?: (message: Buffer) => Buffer;
  /** May take its time: nothing overtakes it. */
  readonly toClient?: (message: Buffer) => Buffer | Promise<Buffer>;
  /** Answers the first bytes of the client with these, and never asks the server. */
  readonly instead?: Buffer;
}

export interface Meddler {
  readonly address: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Calls `pass` with every whole message. */
function messages(pass: (message: Buffer) => void): (chunk: Buffer) => void {
  let have = Buffer.alloc(0);
  return (chunk) => {
    have = Buffer.concat([have, chunk]);
    while (have.length >= 4 && have.length >= 4 + have.readUIntBE(1, 3)) {
      const length = have.readUIntBE(1, 3);
      pass(Buffer.from(have.subarray(4, 4 + length)));
      have = have.subarray(4 + length);
    }
  };
}

function frame(message: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(message.length);
  return Buffer.concat([head, message]);
}

export async function startMeddler(
  machine: { readonly address: string; readonly port: number },
  meddling: Meddling,
): Promise<Meddler> {
  const open = new Set<net.Socket>();
  const server = net.createServer({ noDelay: true }, (client) => {
    const upstream = net.connect({ host: machine.address, port: machine.port, noDelay: true });
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    const { toServer = (message: Buffer) => message, toClient = (message: Buffer) => message, instead } = meddling;
    if (instead) client.once('data', () => client.write(instead));
    else
      client.on(
        'data',
        messages((message) => upstream.write(frame(toServer(message)))),
      );
    let last = Promise.resolve();
    upstream.on(
      'data',
      messages((message) => {
        last = last.then(async () => {
          const changed = await toClient(message);
          if (!client.destroyed) client.write(frame(changed));
        });
      }),
    );
  });
  const address = await findFreeAddress(machine.port);
  await new Promise<void>((resolve) => server.listen({ host: address, port: machine.port }, resolve));
  return {
    address,
    port: machine.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of open) socket.destroy();
      }),
  };
}
