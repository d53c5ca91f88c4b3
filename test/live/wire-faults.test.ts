import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Observation, ObservationRequest } from '../../server/src/model/observation.ts';
import { ADMINISTRATOR, startMachine, type LabMachine } from '../lab/lab.ts';
import { startProxy, type ProxyFaults } from '../lab/proxy.ts';
import { leavesNothingOn } from './faults-check.ts';
import { startMeddler, type Meddling } from './meddler.ts';
import { failureOf, logOn, openAll, valueOf, type Wishes } from './wire-connect.ts';

const KEY = 'SOFTWARE\\Random';
const secret = randomUUID();
const forever = () => new AbortController().signal;
const valueRequest = { kind: 'value', hive: 'HKLM', path: KEY, name: 'Secret' } as const satisfies ObservationRequest;
const fileRequest = { kind: 'file', path: 'C:\\Windows\\there.txt' } as const satisfies ObservationRequest;

let machine: LabMachine;
beforeAll(async () => {
  machine = await startMachine({
    name: 'faults',
    users: [{ name: 'locked', password: 'fake-Passw0rd!', state: 'disabled' }],
    registry: { [`HKLM\\${KEY}`]: { Secret: secret } },
    files: { 'C:\\Windows\\there.txt': 'text' },
    services: { Spooler: { displayName: 'Print Spooler', state: 'running', start: 2, path: 'spoolsv.exe' } },
  });
});
afterAll(() => machine.stop());
leavesNothingOn(() => machine);

async function through<T>(
  faults: ProxyFaults,
  work: (place: { address: string; port: number }) => Promise<T>,
): Promise<T> {
  const proxy = await startProxy(machine, faults);
  try {
    return await work(proxy);
  } finally {
    await proxy.close();
  }
}

describe('a phase that fails gives the code beneath it', () => {
  it('of a wrong password', async () => {
    const failure = failureOf(await logOn(machine, 'not the password'));
    expect(failure).toMatchObject({ kind: 'ntstatus', code: 'STATUS_LOGON_FAILURE', number: 0xc000006d });
    expect(JSON.stringify(failure)).not.toContain('not the password');
  });

  it('of a disabled account', async () => {
    const wishes = { credential: { user: 'locked', password: 'fake-Passw0rd!' } };
    expect(failureOf(await logOn(machine, '', wishes)).code).toBe('STATUS_ACCOUNT_DISABLED');
  });

  it('of a port where nothing listens', async () => {
    expect(failureOf(await logOn({ address: machine.address, port: 9 }, 'x'))).toMatchObject({
      kind: 'socket',
      code: 'ECONNREFUSED',
    });
  });

  it('of a name that nobody has', async () => {
    expect(failureOf(await logOn({ address: 'no-such-host.invalid', port: 445 }, 'x')).kind).toBe('socket');
  });

  it('of a missing C$, and the registry is still there', async () => {
    await machine.setShares({ c: false });
    try {
      const connection = valueOf(await logOn(machine, machine.password));
      expect(failureOf(await connection.openShare('C$'))).toMatchObject({
        code: 'STATUS_BAD_NETWORK_NAME',
        number: 0xc00000cc,
      });
      valueOf(await connection.openRegistry());
      const observed = await connection.machine().observe([valueRequest, fileRequest], forever());
      expect(observed).toEqual([
        { state: 'present', value: { type: 'REG_SZ', data: secret } },
        expect.objectContaining({ state: 'unreadable', raw: 'STATUS_BAD_NETWORK_NAME (0xC00000CC)' }),
      ]);
      await connection.close();
    } finally {
      await machine.setShares({ c: true });
    }
  });

  it('of a stopped registry service, and files are still there', async () => {
    machine.setServiceState('RemoteRegistry', 'stopped');
    try {
      const connection = valueOf(await logOn(machine, machine.password));
      valueOf(await connection.openShare('C$'));
      expect(failureOf(await connection.openRegistry()).code).toMatch(
        /STATUS_OBJECT_NAME_NOT_FOUND|STATUS_PIPE_NOT_AVAILABLE/,
      );
      const observed = await connection.machine().observe([valueRequest, fileRequest], forever());
      expect(observed.map((each) => each.state)).toEqual(['unreadable', 'present']);
      await connection.close();
    } finally {
      machine.setServiceState('RemoteRegistry', 'running');
    }
  });

  it('but not of a registry service that starts when its pipe is asked for', async () => {
    machine.setServiceState('RemoteRegistry', 'stopped');
    const connection = valueOf(await logOn(machine, machine.password));
    const opened = connection.openRegistry();
    setTimeout(() => machine.setServiceState('RemoteRegistry', 'running'), 100);
    valueOf(await opened);
    await connection.close();
  });
});

describe('a guest', () => {
  it('is not what we become when the machine knows no such user', async () => {
    const open = await startMachine({ name: 'guest', smb: { lines: ['map to guest = bad user'] } });
    try {
      const wishes = { credential: { user: `nobody-${randomUUID()}`, password: 'fake-Passw0rd!' } };
      expect(failureOf(await logOn(open, '', wishes))).toMatchObject({ kind: 'protocol', code: 'GUEST_REFUSED' });
    } finally {
      await open.stop();
    }
  });

  it.each([[{ user: '', password: '' }], [{ user: ADMINISTRATOR, password: '' }]])(
    'or nobody is not what we log on as: %j',
    async (credential) => {
      expect(failureOf(await logOn(machine, '', { credential })).code).toBe('ANONYMOUS_REFUSED');
    },
  );
});

describe('a machine that does not answer', () => {
  it('costs no more than the deadline when it is silent from the start', async () => {
    await through({ silent: true }, async (place) => {
      const started = performance.now();
      const failure = failureOf(await logOn(place, machine.password, { deadlines: { requestMs: 300 } }));
      expect(failure).toMatchObject({ kind: 'timeout', code: 'REQUEST_TIMEOUT' });
      expect(performance.now() - started).toBeLessThan(2000);
    });
  });

  it('costs one deadline, not one for each reading, when it falls silent in between', async () => {
    const proxy = await startProxy(machine);
    try {
      const connection = await openAll(proxy, machine.password, { deadlines: { requestMs: 400 } });
      proxy.setFaults({ stallAfter: 1 });
      const requests = Array.from({ length: 200 }, (_, index) => ({ ...valueRequest, path: `${KEY}\\${index}` }));
      const started = performance.now();
      const observed = await connection.machine().observe([...requests, fileRequest], forever());
      expect(new Set(observed.map((each) => each.state))).toEqual(new Set(['unreadable']));
      expect(await connection.machine().observe([fileRequest], forever())).toMatchObject([{ state: 'unreadable' }]);
      expect(performance.now() - started).toBeLessThan(2500);
      await connection.close();
    } finally {
      await proxy.close();
    }
  });

  it('but for its registry alone is still there for everything else', async () => {
    const hanging = await startMachine({
      name: 'hanging',
      smb: { lines: ['rpcd_winreg:num_workers = 0'] },
      files: { 'C:\\Windows\\there.txt': 'text' },
    });
    try {
      const connection = valueOf(await logOn(hanging, hanging.password, { deadlines: { requestMs: 700 } }));
      valueOf(await connection.openShare('C$'));
      expect(failureOf(await connection.openRegistry())).toMatchObject({ kind: 'timeout', code: 'REQUEST_TIMEOUT' });
      const observed = await connection.machine().observe([fileRequest, valueRequest], forever());
      expect(observed.map((each) => each.state)).toEqual(['present', 'unreadable']);
      await connection.close();
    } finally {
      await hanging.stop();
    }
  });

  it('is read whole when it is only slow', async () => {
    await through({ delay: 40 }, async (place) => {
      const connection = await openAll(place, machine.password, { deadlines: { requestMs: 1000 } });
      const observed = await connection.machine().observe([valueRequest, fileRequest], forever());
      expect(observed.map((each) => each.state)).toEqual(['present', 'present']);
      await connection.close();
    });
  });

  it('is left at once when the user cancels, with the reason', async () => {
    const proxy = await startProxy(machine);
    try {
      const connection = await openAll(proxy, machine.password);
      proxy.setFaults({ stallAfter: 1 });
      const abort = new AbortController();
      setTimeout(() => abort.abort(new Error('the user said so')), 50);
      await expect(connection.machine().observe([valueRequest, fileRequest], abort.signal)).rejects.toThrow(
        'the user said so',
      );
      await connection.close();
    } finally {
      await proxy.close();
    }
  });

  it('is not even connected to when the user has cancelled before', async () => {
    const aborted = AbortSignal.abort(new Error('never mind'));
    const { connectLive } = await import('../../server/src/machine/live/live.ts');
    const options = { host: machine.address, port: machine.port, credential: { user: ADMINISTRATOR, password: 'x' } };
    await expect(connectLive(options, aborted)).rejects.toThrow('never mind');
  });
});

describe('a connection that is cut', () => {
  it('makes every further reading unreadable, quickly, with the cause', async () => {
    const connection = await openAll(machine, machine.password);
    const live = connection.machine();
    expect((await live.observe([valueRequest], forever()))[0]?.state).toBe('present');
    await machine.cutConnections();
    const started = performance.now();
    const observed = await live.observe([valueRequest, fileRequest, { kind: 'service', name: 'Spooler' }], forever());
    expect(observed.map((each) => each.state)).toEqual(['unreadable', 'unreadable', 'unreadable']);
    expect(observed[0]).toMatchObject({ raw: 'ECONNRESET' });
    expect(performance.now() - started).toBeLessThan(1000);
    await connection.close();
  });

  it('at any byte never gives a wrong answer', async () => {
    const truth = new Map<string, Observation>([
      ['value', { state: 'present', value: { type: 'REG_SZ', data: secret } }],
      ['file', { state: 'present', value: expect.objectContaining({ size: 4 }) as unknown }],
    ]);
    for (let cut = 0; cut < 30; cut++) {
      const cutAfter = 200 + cut * 149;
      await through({ cutAfter }, async (place) => {
        const connected = await logOn(place, machine.password);
        if (!connected.ok) return;
        await connected.value.openShare('C$');
        await connected.value.openRegistry();
        const [value, file] = await connected.value.machine().observe([valueRequest, fileRequest], forever());
        for (const [kind, observed] of [['value', value] as const, ['file', file] as const]) {
          if (observed?.state !== 'unreadable') expect(observed).toEqual(truth.get(kind));
        }
        await connected.value.close();
      });
    }
  });
});

describe('somebody between us and the machine', () => {
  async function meddled<T>(
    meddling: Meddling,
    work: (place: { address: string; port: number }) => Promise<T>,
  ): Promise<T> {
    const meddler = await startMeddler(machine, meddling);
    try {
      return await work(meddler);
    } finally {
      await meddler.close();
    }
  }

  it.each([
    ['3.1.1', { ciphers: [] }],
    ['3.0', { ciphers: [], dialects: { max: '3.0' } }],
    ['2.1', { dialects: { max: '2.1' } }],
  ] as const)('who takes signatures away is found out in dialect %s', async (_dialect, wishes: Wishes) => {
    const removeSignatures: Meddling = {
      toClient: (message) => {
        if (message.readUInt32LE(0) === 0x424d53fe) message.writeUInt32LE(message.readUInt32LE(16) & ~8, 16);
        return message;
      },
    };
    await meddled(removeSignatures, async (place) => {
      expect(failureOf(await logOn(place, machine.password, wishes)).code).toBe('UNSIGNED_REPLY');
    });
  });

  it('who leaves us only the oldest dialect is found out', async () => {
    const downgrade: Meddling = {
      toServer: (message) => {
        if (message.readUInt16LE(12) !== 0 || message.readUInt32LE(0) !== 0x424d53fe) return message;
        // All five dialects become 2.0.2, in the first message alone: the session's own key cannot tell.
        const changed = Buffer.from(message);
        for (let index = 0; index < changed.readUInt16LE(66); index++) changed.writeUInt16LE(0x0202, 100 + index * 2);
        return changed;
      },
    };
    await meddled(downgrade, async (place) => {
      const failure = failureOf(await logOn(place, machine.password));

      // The server notices by our check, too, and then ends the connection (MS-SMB2 3.3.5.15.12).
      expect(['NEGOTIATE_TAMPERED', 'ECONNRESET', 'STATUS_ACCESS_DENIED']).toContain(failure.code);
    });
  });

  it.each([
    ['who hides from SMB 3.0 that the machine can encrypt', { dialects: { max: '3.0' } }, 'NEGOTIATE_TAMPERED'],
    ['who changes the negotiation of 3.1.1', {}, 'BAD_SIGNATURE'],
  ] as const)('%s is found out', async (_what, wishes: Wishes, code) => {
    const hideEncryption: Meddling = {
      toClient: (message) => {
        // Capabilities of the NEGOTIATE reply (MS-SMB2 2.2.4); the reply's own time of start is of no consequence.
        if (message.readUInt32LE(0) === 0x424d53fe && message.readUInt16LE(12) === 0) {
          message.writeUInt32LE(message.readUInt32LE(88) & ~0x40, 88);
          message.writeUInt32LE(message.readUInt32LE(112) ^ 1, 112);
        }
        return message;
      },
    };
    await meddled(hideEncryption, async (place) => {
      expect(failureOf(await logOn(place, machine.password, wishes)).code).toBe(code);
    });
  });

  it('who flips one bit anywhere never makes us believe something wrong, and never makes us hang', async () => {
    for (let round = 0; round < 60; round++) {
      let seen = 0;
      const target = 4 + round * 61;
      const flip: Meddling = {
        toClient: (message) => {
          const at = target - seen;
          seen += message.length;
          if (at < 0 || at >= message.length) return message;
          const changed = Buffer.from(message);
          changed[at] = (changed[at] ?? 0) ^ (1 << (round % 8));
          return changed;
        },
      };
      await meddled(flip, async (place) => {
        const wishes: Wishes = round % 2 ? { ciphers: [] } : {};
        const connected = await logOn(place, machine.password, { ...wishes, deadlines: { requestMs: 500 } });
        if (!connected.ok) return;
        await connected.value.openShare('C$');
        await connected.value.openRegistry();
        const [value] = await connected.value.machine().observe([valueRequest], forever());
        if (value?.state !== 'unreadable')
          expect(value).toEqual({ state: 'present', value: { type: 'REG_SZ', data: secret } });
        await connected.value.close();
      });
    }
  });

  it.each([
    ['a frame of 16 MB', Buffer.from([0, 255, 255, 255])],
    ['a NetBIOS answer', Buffer.from([0x83, 0, 0, 1, 0x80])],
    ['a frame of nothing', Buffer.from([0, 0, 0, 0])],
    ['a web page', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['SMB 1', Buffer.concat([Buffer.from([0, 0, 0, 70]), Buffer.from([0xff, 0x53, 0x4d, 0x42]), Buffer.alloc(66)])],
  ])('or a server that answers with %s is refused as no SMB', async (_what, bytes) => {
    await meddled({ instead: bytes }, async (place) => {
      const failure = failureOf(await logOn(place, machine.password, { deadlines: { requestMs: 500 } }));
      expect(failure).toMatchObject({ kind: 'protocol', code: 'MALFORMED_REPLY' });
    });
  });
});
