/** Addresses of 127.0.0.0/8: all of them are this machine's, so each lab machine takes one of its own. */
import { randomInt } from 'node:crypto';
import net from 'node:net';

/** Whether nobody listens on the address and port, and we may. */
export function isFree(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen({ host: address, port, exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

/** A free address, drawn at random so that test runs beside each other do not meet. */
export async function findFreeAddress(port: number): Promise<string> {
  for (let tries = 0; tries < 50; tries++) {
    const address = `127.${randomInt(64, 128)}.${randomInt(0, 256)}.${randomInt(1, 255)}`;
    if (await isFree(address, port)) return address;
  }
  throw new Error(`no address of 127.64.0.0 to 127.127.255.255 is free on port ${port}`);
}
