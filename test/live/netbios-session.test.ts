/** SMB over a NetBIOS session, where the direct port is closed: with a real server, and with ones that refuse or lie. */
import { randomInt } from 'node:crypto';
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectLive } from '../../server/src/machine/live/live.ts';
import { findFreeAddress, isFree } from '../lab/free-address.ts';
import { startMachine, type LabMachine } from '../lab/lab.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { leavesNothingOn } from './faults-check.ts';
import { runCli } from '../unit/cli/run-cli.ts';

let machine: LabMachine;
beforeAll(async () => {
  const isRoot = process.getuid?.() === 0;
  const address = await findFreeAddress(139);
  const port = isRoot && (await isFree(address, 139)) ? 139 : randomInt(20_000, 30_000);
  machine = await startMachine(ws01, { address, port });
});
afterAll(() => machine.stop());
leavesNothingOn(() => machine);

async function connect(address: string, sessionPort: number, host = address) {
  const credential = { user: machine.user, password: machine.password };
  const deadlines = { connectMs: 300 };
  return connectLive({ host, addresses: [address], port: 445, sessionPort, credential, deadlines });
}

describe('a machine with only the session port', () => {
  it('is logged on to and read', async () => {
    const connected = await connect(machine.address, machine.port);
    if (!connected.ok) throw new Error(connected.failure.message);
    const connection = connected.value;
    try {
      expect([connection.framing, connection.agreed.dialect]).toEqual(['netbios', '3.1.1']);
      const bytes = Buffer.alloc(300_000, 'x');
      machine.writeFile('C:\\Windows\\large.txt', bytes);
      expect((await connection.openShare('C$')).ok).toBe(true);
      expect((await connection.openRegistry()).ok).toBe(true);
      const [hash, service] = await connection.machine().observe(
        [
          { kind: 'sha256', path: 'C:\\Windows\\large.txt' },
          { kind: 'service', name: 'RemoteRegistry' },
        ],
        new AbortController().signal,
      );
      const digest = await crypto.subtle.digest('SHA-256', bytes);
      expect(hash).toMatchObject({ state: 'present' });
      expect(JSON.stringify(hash).toLowerCase()).toContain(Buffer.from(digest).toString('hex'));
      expect(service).toMatchObject({ state: 'present', value: { state: 'running' } });
    } finally {
      await connection.close();
    }
  });

  it('is scanned by its address alone, and the doctor says which way it went', async () => {
    const env = { PATCHLAB_PASSWORD: machine.password };
    const target = machine.port === 139 ? machine.address : machine.target;
    const args = ['scan', '--content', 'samples', '--machine', target, '--user', machine.user, '--format', 'json'];
    expect((await runCli(args, { env })).code).toBe(0);
    const { code, out } = await runCli(['doctor', target, '--user', machine.user], { env });
    expect(code).toBe(0);
    expect(out).toMatch(machine.port === 139 ? /TCP port 445 +ECONNREFUSED; the NetBIOS[^]*over a NetBIOS/ : /SMB/);
  });
});

async function fake(answer: (name: string) => Buffer | 'close' | 'silent') {
  const asked: string[] = [];
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (request) => {
      const letters = [...request.subarray(5, 37)].map((letter) => letter - 0x41);
      const name = Array.from({ length: 15 }, (_, at) =>
        String.fromCharCode(((letters[at * 2] ?? 0) << 4) | (letters[at * 2 + 1] ?? 0)),
      );
      asked.push(name.join('').trim());
      const said = answer(asked.at(-1) ?? '');
      if (said === 'close') socket.end();
      else if (said !== 'silent') socket.write(said);
    });
  });
  const address = await findFreeAddress(445);
  await new Promise<void>((resolve) => server.listen({ host: address, port: 0 }, resolve));
  const { port } = server.address() as net.AddressInfo;
  return { address, port, asked, close: () => server.close() };
}

describe('a session service', () => {
  it.each([
    ['that refuses', () => Buffer.from([0x83, 0, 0, 1, 0x83]), 'NETBIOS_SESSION_REFUSED', /no room/],
    [
      'that sends us elsewhere',
      () => Buffer.from([0x84, 0, 0, 6, 127, 0, 0, 9, 0, 139]),
      'NETBIOS_SESSION_REFUSED',
      /never followed/,
    ],
    ['that speaks something else', () => Buffer.from('HTTP/1.1 400'), 'NETBIOS_SESSION_REFUSED', /does not speak/],
    [
      'that says more than it should',
      () => Buffer.from([0x82, 0, 0, 0, 1]),
      'NETBIOS_SESSION_REFUSED',
      /does not speak/,
    ],
    ['that hangs up', () => 'close' as const, 'NETBIOS_SESSION_REFUSED', /closed/],
    ['that is silent', () => 'silent' as const, 'ECONNREFUSED', /ECONNREFUSED/],
  ])('%s ends in a coded failure', async (_, answer, code, message) => {
    const server = await fake(answer);
    try {
      const connected = await connect(server.address, server.port);
      expect(connected.ok ? undefined : connected.failure.code).toBe(code);
      expect(connected.ok ? undefined : connected.failure.message).toMatch(message);
    } finally {
      server.close();
    }
  });

  it('that wants to be called by its name is', async () => {
    const server = await fake(() => Buffer.from([0x83, 0, 0, 1, 0x82]));
    try {
      await connect(server.address, server.port, 'ws01.lab.example');
      expect(server.asked).toEqual(['*SMBSERVER', 'WS01']);
    } finally {
      server.close();
    }
  });
});
