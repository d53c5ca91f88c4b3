/** The proxy before a lab machine: what it counts, and what it does to connections. */
import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensurePrerequisites } from '../../scripts/prerequisites.ts';
import { smbclient } from '../lab/foreign.ts';
import { startMachine } from '../lab/lab.ts';
import type { LabMachine } from '../lab/lab.ts';
import { findFreeAddress } from '../lab/free-address.ts';
import { startProxy } from '../lab/proxy.ts';

beforeAll(() => {
  ensurePrerequisites(['samba', 'impacket', 'gcc']);
});

describe('faults of the network, at the proxy', () => {
  let machine: LabMachine;
  beforeAll(async () => {
    machine = await startMachine({ name: 'far', files: { 'C:\\big.bin': new Uint8Array(300_000) } });
  });
  afterAll(() => machine.stop());

  it('counts the round trips that somebody waits for, and not how long they take', async () => {
    // An echo of what comes, which thinks longer than a round trip takes.
    const echo = net.createServer((socket) => socket.on('data', (chunk) => setTimeout(() => socket.write(chunk), 200)));
    const address = await findFreeAddress(4450);
    await new Promise<void>((resolve) => echo.listen({ host: address, port: 4450 }, resolve));
    const proxy = await startProxy({ address, port: 4450 }, { delay: 25 });
    try {
      const client = net.connect({ host: proxy.address, port: proxy.port });
      await once(client, 'connect');
      for (let round = 0; round < 5; round++) {
        // Two at once are one; so is what is sent while the answer is on its way.
        client.write('one');
        await sleep(10);
        client.write('two');
        let back = '';
        while (back.length < 6) back += String(((await once(client, 'data')) as [Buffer])[0]);
      }
      expect(proxy.rounds).toBe(1 + 5);
      client.destroy();
    } finally {
      await proxy.close();
      echo.close();
    }
  });

  it('counts what passes, delays it, cuts it after so many bytes, or falls silent', async () => {
    const proxy = await startProxy(machine);
    const through = { ...machine, address: proxy.address, port: proxy.port };
    const get = 'get big.bin /dev/null';
    try {
      expect((await smbclient(through, get)).ok).toBe(true);
      expect(proxy.toClient).toBeGreaterThan(300_000);
      expect(proxy.toClient).toBeLessThan(320_000);

      proxy.setFaults({ delay: 30 });
      const began = performance.now();
      expect((await smbclient(through, 'ls')).ok).toBe(true);
      expect(performance.now() - began).toBeGreaterThan(6 * 60);

      proxy.reset();
      proxy.setFaults({ cutAfter: 100_000 });
      expect((await smbclient(through, get)).ok).toBe(false);
      expect(proxy.toClient).toBe(100_000);

      for (const faults of [{ stallAfter: 400 }, { silent: true }]) {
        proxy.setFaults(faults);
        const client = smbclient(through, 'ls', { lines: ['client ipc min protocol=SMB2_02'] });
        expect(await Promise.race([client.then(() => 'answered'), sleep(1_000, 'silent')])).toBe('silent');
        await proxy.cut();
        expect((await client).ok).toBe(false);
      }
    } finally {
      await proxy.close();
    }
  });
});
