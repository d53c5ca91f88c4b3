/** Networks that do not lead to a machine: without a route, out of reach, swallowing, refusing. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { describe, expect, it } from 'vitest';
import { findFreeAddress } from '../lab/free-address.ts';
import { scan, withNames } from './resolve-run.ts';

withNames();

describe('a network', () => {
  it('to which there is no route', async () => {
    // No TCP ever goes to a multicast address: the kernel has no route for it, wherever this runs.
    const { code, error, ms } = await scan('224.0.0.77');
    expect([code, error]).toMatchObject([3, { code: '230', raw: 'ENETUNREACH' }]);
    expect([error?.meaning, error?.remedy]).toEqual([
      expect.stringContaining('no route') as string,
      expect.stringContaining('Check the network') as string,
    ]);
    expect(ms).toBeLessThan(10_000);
  });

  it.each([
    ['unreachable', { code: '235', raw: 'EHOSTUNREACH' }, /host is unreachable/, /open TCP port 445/],
    ['prohibit', { code: '230', raw: 'EACCES' }, /does not allow/, /Check the network/],
  ] as const)('that says of a host that it is out of reach: %s', async (route, expected, says, remedy) => {
    // In a network of its own, which has the loopback and this route alone.
    const setUp = `ip link set lo up && ip route add ${route} 192.0.2.0/24 && exec "$@"`;
    const { code, error, ms } = await scan('192.0.2.77', ['unshare', '--net', 'sh', '-c', setUp, 'sh']);
    expect([code, error]).toMatchObject([3, expected]);
    expect([error?.meaning, error?.remedy]).toEqual([
      expect.stringMatching(says) as string,
      expect.stringMatching(remedy) as string,
    ]);
    expect(ms).toBeLessThan(10_000);
  });

  it('that swallows every packet', async () => {
    const full = await silentPort();
    try {
      const { code, error, ms } = await scan(full.target);
      expect([code, error]).toMatchObject([3, { code: '235', raw: expect.stringContaining('ETIMEDOUT') as string }]);
      expect(error?.remedy).toContain(`open TCP port ${full.port}`);
      expect(error?.validate).toContain(`Test-NetConnection ${full.address} -Port ${full.port}`);
      expect(ms).toBeLessThan(20_000);
    } finally {
      full.close();
    }
  });

  it('where nothing listens', async () => {
    const address = await findFreeAddress(4450);
    expect(await scan(`${address}:4450`)).toMatchObject({ code: 3, error: { code: '261', raw: 'ECONNREFUSED' } });
  });
});

/** A port whose queue is full: its process listens and never accepts, so the kernel drops whatever comes, as a firewall does. */
async function silentPort() {
  const address = await findFreeAddress(4460);
  const script = `require('node:net').createServer().listen({ host: '${address}', port: 4460, backlog: 1 }, () => {
    process.stdout.write('up');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  })`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  const clients = Array.from({ length: 4 }, () =>
    net.connect({ host: address, port: 4460 }).on('error', () => undefined),
  );
  await new Promise((resolve) => setTimeout(resolve, 200));
  return {
    ...{ address, port: 4460, target: `${address}:4460` },
    close: () => {
      for (const client of clients) client.destroy();
      child.kill('SIGKILL');
    },
  };
}
