import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { WireError } from '../../../../server/src/wire/failure.ts';
import { openTransport, type Transport } from '../../../../server/src/wire/smb/transport.ts';

const servers: net.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A transport to a server that does this to who connects. */
async function connectedTo(serve: (socket: net.Socket) => void): Promise<Transport> {
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    serve(socket);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  return await openTransport({ host: '127.0.0.1', port }, { deadlineMs: 5000 });
}

/** What it says to whom listens: texts of frames, and the code of its loss. */
function heard(transport: Transport): Promise<readonly string[]> {
  return new Promise((resolve) => {
    const said: string[] = [];
    transport.listen({
      frame: (message) => said.push(message.toString()),
      lost: ({ failure }: WireError) => resolve([...said, failure.code]),
    });
  });
}

const frame = (text: string): Buffer => Buffer.concat([Buffer.from([0, 0, 0, text.length]), Buffer.from(text)]);

describe('a transport', () => {
  it('tells that the machine has closed the connection', async () => {
    expect(await heard(await connectedTo((socket) => setTimeout(() => socket.end(), 30)))).toEqual(['ECONNRESET']);
  });

  it.each([
    ['closed', (socket: net.Socket) => socket.end(), ['ECONNRESET']],
    ['reset', (socket: net.Socket) => setTimeout(() => socket.resetAndDestroy(), 20), ['ECONNRESET']],
    ['spoken and closed', (socket: net.Socket) => socket.end(frame('early')), ['early', 'ECONNRESET']],
  ] as const)('tells to whoever listens later that the machine has %s before', async (_, serve, told) => {
    const transport = await connectedTo(serve);
    await sleep(50);
    expect(await heard(transport)).toEqual(told);
  });

  it('tells nothing once it was ended', async () => {
    const transport = await connectedTo((socket) => socket.end());
    await sleep(50);
    const told = heard(transport);
    transport.end();
    expect(await Promise.race([told, sleep(50, 'nothing')])).toBe('nothing');
  });
});
