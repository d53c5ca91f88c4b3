/** The name service against responders that answer for real over UDP on loopback: honest, silent, and lying ones. */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { WireError } from '../../../../server/src/wire/failure.ts';
import { decodeName, encodeName, isNetbiosName, SUFFIX } from '../../../../server/src/wire/netbios/name.ts';
import { nameQuery, readNameReply, readNodeStatus } from '../../../../server/src/wire/netbios/name-packets.ts';
import { askNames, findByName, type NameServer } from '../../../../server/src/wire/netbios/name-service.ts';

const signal = new AbortController().signal;
const quick = { signal, attemptMs: 40 };
const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

type Reply = (query: Buffer, from: RemoteInfo, socket: Socket) => readonly Buffer[];

async function responder(reply: Reply, address = '127.0.0.1'): Promise<NameServer> {
  const socket = createSocket('udp4');
  open.push(socket);
  socket.on('message', (query, from) => {
    for (const packet of reply(query, from, socket)) socket.send(packet, from.port, from.address);
  });
  socket.bind(0, address);
  await once(socket, 'listening');
  return { address, port: socket.address().port };
}

interface Parts {
  readonly id?: number;
  readonly flags?: number;
  readonly questions?: number;
  readonly answers?: number;
  readonly name?: Buffer;
  readonly type?: number;
  readonly cls?: number;
  readonly length?: number;
  readonly data?: Buffer;
}

/** An answer to a name query, whole and right unless a part says otherwise (RFC 1002 4.2.13). */
function answer(query: Buffer, parts: Parts = {}): Buffer {
  const data = parts.data ?? entry('127.0.0.9');
  const head = Buffer.alloc(12);
  head.writeUInt16BE(parts.id ?? query.readUInt16BE(0), 0);
  head.writeUInt16BE(parts.flags ?? 0x8580, 2);
  head.writeUInt16BE(parts.questions ?? 0, 4);
  head.writeUInt16BE(parts.answers ?? 1, 6);
  const tail = Buffer.alloc(10);
  tail.writeUInt16BE(parts.type ?? 0x20, 0);
  tail.writeUInt16BE(parts.cls ?? 1, 2);
  tail.writeUInt16BE(parts.length ?? data.length, 8);
  return Buffer.concat([head, parts.name ?? query.subarray(12, 46), tail, data]);
}

function entry(address: string, flags = 0x0400): Buffer {
  return Buffer.from([flags >> 8, flags & 255, ...address.split('.').map(Number)]);
}

describe('a NetBIOS name', () => {
  it('is the same after writing and reading', () => {
    const name = fc.stringMatching(/^[A-Z0-9_-]{1,15}$/);
    fc.assert(
      fc.property(name, fc.integer({ min: 0, max: 255 }), (text, suffix) => {
        expect(decodeName(encodeName(text, suffix), 0)).toEqual({ name: text, suffix, next: 34 });
      }),
    );
  });

  it('is encoded as RFC 1001 shows', () => {
    // 14.1: "The NetBIOS name" with its sixteen characters.
    const bytes = encodeName('FRED', 0x20);
    expect(bytes.subarray(1, 33).toString()).toBe('EGFCEFEECACACACACACACACACACACACA');
    expect([
      isNetbiosName('ws01'),
      isNetbiosName('ws01.lab'),
      isNetbiosName('a'.repeat(16)),
      isNetbiosName('*'),
    ]).toEqual([true, false, false, false]);
  });
});

describe('a name query', () => {
  it('finds a machine, in whatever case the answer is', async () => {
    const server = await responder((query) => [
      answer(query, { data: Buffer.concat([entry('127.0.0.9'), entry('127.0.0.9')]) }),
    ]);
    expect(await findByName('ws01', [server], quick)).toEqual({
      kind: 'found',
      addresses: ['127.0.0.9'],
      from: '127.0.0.1',
    });
  });

  it('takes a no from a name server', async () => {
    const server = await responder((query) => [
      answer(query, { flags: 0x8583, answers: 0, type: 0x0a, data: Buffer.alloc(0) }),
    ]);
    const begun = performance.now();
    expect(await findByName('ws01', [server], { signal })).toEqual({ kind: 'negative' });
    expect(performance.now() - begun).toBeLessThan(700);
  });

  it('asks again when a packet is lost', async () => {
    let asked = 0;
    const server = await responder((query) => (++asked < 3 ? [] : [answer(query)]));
    expect(await findByName('ws01', [server], quick)).toMatchObject({ kind: 'found' });
  });

  it('believes neither of two that disagree', async () => {
    const servers = await Promise.all(
      ['127.0.0.9', '127.0.0.8'].map((address) => responder((query) => [answer(query, { data: entry(address) })])),
    );
    expect(await findByName('ws01', servers, quick)).toEqual({ kind: 'conflict', claims: ['127.0.0.8', '127.0.0.9'] });
  });

  it('is not taken in by an answer from somewhere else', async () => {
    const stranger = createSocket('udp4');
    open.push(stranger);
    const server = await responder((query, from) => {
      stranger.send(answer(query), from.port, from.address);
      return [];
    });
    expect(await findByName('ws01', [server], quick)).toEqual({ kind: 'silent' });
  });

  const lies: readonly (readonly [string, (query: Buffer) => Buffer])[] = [
    ['to another question', (query) => answer(query, { id: query.readUInt16BE(0) ^ 1 })],
    ['that is a question', (query) => query],
    ['about another name', (query) => answer(query, { name: encodeName('ws02', SUFFIX.SERVER) })],
    ['about another service of it', (query) => answer(query, { name: encodeName('ws01', 0x1b) })],
    ['of another type', (query) => answer(query, { type: 0x21 })],
    ['of another class', (query) => answer(query, { cls: 3 })],
    ['that is truncated', (query) => answer(query, { flags: 0x8780 })],
    ['with no record', (query) => answer(query, { answers: 0 })],
    ['with a length beyond its end', (query) => answer(query, { length: 60_000 })],
    ['with half an address', (query) => answer(query, { data: entry('127.0.0.9').subarray(0, 5) })],
    [
      'with a thousand addresses',
      (query) => answer(query, { data: Buffer.concat(Array.from({ length: 1000 }, () => entry('127.0.0.9'))) }),
    ],
    ['with the name of a group', (query) => answer(query, { data: entry('127.0.0.9', 0x8000) })],
    ['with a name that points to itself', (query) => answer(query, { name: Buffer.from([0xc0, 0x0c]) })],
    ['with a name that points outside', (query) => answer(query, { name: Buffer.from([0xff, 0xff]) })],
    [
      'with a name of other letters',
      (query) => answer(query, { name: Buffer.from([32, ...Buffer.alloc(32, 0x7a), 0]) }),
    ],
    [
      'with a scope without an end',
      (query) => answer(query, { name: Buffer.concat([query.subarray(12, 45), Buffer.alloc(400, 1)]) }),
    ],
    ['with an address of nobody', (query) => answer(query, { data: entry('0.0.0.0') })],
    ['with a multicast address', (query) => answer(query, { data: entry('224.0.0.1') })],
    ['of three bytes', () => Buffer.from([1, 2, 3])],
    ['of nothing', () => Buffer.alloc(0)],
  ];
  it.each(lies)('ignores an answer %s', async (_, lie) => {
    const server = await responder((query) => [lie(query)]);
    expect(await findByName('ws01', [server], { signal, attemptMs: 15 })).toEqual({ kind: 'silent' });
  });

  it('hears the true answer among a flood of lies', async () => {
    const server = await responder((query) => [...lies.slice(0, 15).map(([, lie]) => lie(query)), answer(query)]);
    expect(await findByName('ws01', [server], quick)).toMatchObject({ kind: 'found', addresses: ['127.0.0.9'] });
  });

  it('ends at once when it is cancelled', async () => {
    const server = await responder(() => []);
    const cancel = new AbortController();
    const work = findByName('ws01', [server], { signal: cancel.signal });
    cancel.abort(new Error('stop'));
    await expect(work).rejects.toThrow('stop');
  });

  it('of nobody is silent at once', async () => {
    expect(await findByName('ws01', [], { signal })).toEqual({ kind: 'silent' });
  });
});

describe('a node status query', () => {
  const status = (query: Buffer, count: number, names: readonly Buffer[]) =>
    answer(query, {
      type: 0x21,
      flags: 0x8400,
      data: Buffer.concat([Buffer.from([count]), ...names, Buffer.alloc(46)]),
    });
  const named = (text: string, suffix: number, flags: number) =>
    Buffer.concat([Buffer.from(text.padEnd(15)), Buffer.from([suffix, flags >> 8, flags & 255])]);

  it('gives the names of a machine', async () => {
    const names = [named('WS01', 0, 0x0400), named('LAB', 0, 0x8400), named('WS01', 0x20, 0x0400)];
    const server = await responder((query) => [status(query, 3, names)]);
    expect(await askNames(server, quick)).toEqual([
      { name: 'WS01', suffix: 0, group: false },
      { name: 'LAB', suffix: 0, group: true },
      { name: 'WS01', suffix: 0x20, group: false },
    ]);
  });

  it('does not read names beyond the end', async () => {
    const server = await responder((query) => [status(query, 255, [])]);
    expect(await askNames(server, { signal, attemptMs: 15 })).toBeUndefined();
  });
});

describe('the readers', () => {
  it('throw nothing but a WireError, whatever bytes come', () => {
    const query = nameQuery(7, { name: 'WS01', suffix: SUFFIX.SERVER, broadcast: false });
    const whole = answer(query);
    const change = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 });
    fc.assert(
      fc.property(change, fc.nat(whole.length), (changes, length) => {
        const packet = Buffer.from(whole);
        for (const [at, byte] of changes) packet[at] = byte;
        for (const read of [
          () => readNameReply(packet.subarray(0, length), { id: 7, name: 'WS01', suffix: SUFFIX.SERVER }),
          () => readNodeStatus(packet.subarray(0, length), { id: 7 }),
        ]) {
          try {
            read();
          } catch (error) {
            expect(error).toBeInstanceOf(WireError);
          }
        }
      }),
      { numRuns: 3000 },
    );
  });
});
