import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { NODE_CRYPTO } from '../../../../server/src/wire/crypto/suite.ts';
import { WireError } from '../../../../server/src/wire/failure.ts';
import { loadStatusTable, NT } from '../../../../server/src/wire/nt-status.ts';
import { SmbConnection } from '../../../../server/src/wire/smb/connection.ts';
import { COMMAND } from '../../../../server/src/wire/smb/header.ts';
import { FakeChannel, fakeReply } from './fake-channel.ts';

const ECHO = { command: COMMAND.ECHO, body: Buffer.from([4, 0, 0, 0]) };
const KEY = Buffer.alloc(16, 1);
const SIGNED = 8;

function connect(deadlineMs = 1000): { channel: FakeChannel; connection: SmbConnection } {
  const channel = new FakeChannel();
  return { channel, connection: new SmbConnection(channel, deadlineMs) };
}

/** A connection with credits for several requests. */
async function warm(deadlineMs?: number): Promise<{ channel: FakeChannel; connection: SmbConnection }> {
  const pair = connect(deadlineMs);
  const first = pair.connection.request(ECHO);
  pair.channel.say(fakeReply({ messageId: 0, command: COMMAND.ECHO, credits: 10 }));
  await first;
  return pair;
}

async function failureOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (error) {
    return error instanceof WireError ? error.failure.code : String(error);
  }
}

describe('requests on a connection', () => {
  it('are answered in whatever order the replies come', async () => {
    const { channel, connection } = await warm();
    const [one, two] = [connection.request(ECHO), connection.request(ECHO)];
    channel.say(fakeReply({ messageId: 2, command: COMMAND.ECHO, status: NT.ACCESS_DENIED }));
    channel.say(fakeReply({ messageId: 1, command: COMMAND.ECHO }));
    expect([(await one).status, (await two).status]).toEqual([0, NT.ACCESS_DENIED]);
  });

  it('wait for credits and go on when a reply grants some', async () => {
    const { channel, connection } = connect();
    const requests = [connection.request(ECHO), connection.request(ECHO), connection.request(ECHO)];
    expect(channel.sent).toHaveLength(1);
    channel.say(fakeReply({ messageId: 0, command: COMMAND.ECHO, credits: 2 }));
    expect(channel.sent).toHaveLength(3);
    channel.say(fakeReply({ messageId: 1, command: COMMAND.ECHO }));
    channel.say(fakeReply({ messageId: 2, command: COMMAND.ECHO }));
    expect(await Promise.all(requests)).toHaveLength(3);
  });

  it('fail at once where the machine grants no credit to go on', async () => {
    const { channel, connection } = connect();
    const requests = [connection.request(ECHO), connection.request(ECHO)];
    channel.say(fakeReply({ messageId: 0, command: COMMAND.ECHO, credits: 0 }));
    expect(await failureOf(requests[0] ?? Promise.resolve())).toBe('none');
    expect(await failureOf(requests[1] ?? Promise.resolve())).toBe('NO_CREDITS');
  });

  it('of a compound are chained, related and each answered', async () => {
    const { channel, connection } = await warm();
    const both = connection.exchange([ECHO, ECHO]);
    const frame = channel.sent[1] ?? Buffer.alloc(0);
    expect([frame.readUInt32LE(20), frame.readUInt32LE(72 + 16) & 4]).toEqual([72, 4]);
    channel.say(
      fakeReply({ messageId: 1, command: COMMAND.ECHO, nextCommand: 72 }),
      fakeReply({ messageId: 2, command: COMMAND.ECHO, status: NT.END_OF_FILE }),
    );
    expect((await both).map((reply) => reply.status)).toEqual([0, NT.END_OF_FILE]);
  });

  it('survive an interim reply and take the final one', async () => {
    const { channel, connection } = await warm();
    const asked = connection.request(ECHO);
    channel.say(fakeReply({ messageId: 1, command: COMMAND.ECHO, status: NT.PENDING, flags: 3, asyncId: 77n }));
    channel.say(fakeReply({ messageId: 1, command: COMMAND.ECHO, flags: 3, asyncId: 77n }));
    expect((await asked).status).toBe(0);
  });

  it('that miss their deadline are cancelled by their async id, and the connection ends where nothing came at all', async () => {
    vi.useFakeTimers();
    try {
      const { channel, connection } = await warm(500);
      const asked = failureOf(connection.request(ECHO));
      channel.say(fakeReply({ messageId: 1, command: COMMAND.ECHO, status: NT.PENDING, flags: 3, asyncId: 77n }));
      vi.advanceTimersByTime(400);
      const other = failureOf(connection.request(ECHO));
      vi.advanceTimersByTime(150);
      expect(await asked).toBe('REQUEST_TIMEOUT');
      const cancel = channel.sent[3] ?? Buffer.alloc(0);
      expect([cancel.readUInt16LE(12), cancel.readBigUInt64LE(24), cancel.readBigUInt64LE(32)]).toEqual([
        COMMAND.CANCEL,
        1n,
        77n,
      ]);
      expect(channel.ended).toBe(false);
      vi.advanceTimersByTime(400);
      expect(await other).toBe('REQUEST_TIMEOUT');
      expect(channel.ended).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  it('that were cancelled reject with the reason, and their late reply is dropped', async () => {
    const { channel, connection } = await warm();
    const abort = new AbortController();
    const asked = failureOf(connection.request(ECHO, { signal: abort.signal }));
    abort.abort('enough');
    expect(await asked).toBe('enough');
    expect(channel.asked(2)).toEqual({ id: 1, command: COMMAND.CANCEL });
    channel.say(fakeReply({ messageId: 1, command: COMMAND.ECHO, status: NT.CANCELLED }));
    expect(connection.failure).toBeUndefined();
  });

  it('all fail, now and later, once the connection is lost', async () => {
    const { channel, connection } = await warm();
    const asked = failureOf(connection.request(ECHO));
    channel.say(Buffer.from('this is not SMB, and is longer than a header would have to be, by far.'));
    expect(await asked).toBe('MALFORMED_REPLY');
    expect(await failureOf(connection.request(ECHO))).toBe('MALFORMED_REPLY');
    expect(channel.ended).toBe(true);
  });
});

describe('replies that a safe server does not give', () => {
  it.each([
    ['one to nothing that was asked', { messageId: 99, command: COMMAND.ECHO }, 'UNEXPECTED_REPLY'],
    ['one to another command', { messageId: 1, command: COMMAND.READ }, 'UNEXPECTED_REPLY'],
    ['our own request sent back', { messageId: 1, command: COMMAND.ECHO, flags: 0 }, 'UNEXPECTED_REPLY'],
    ['one whose chain leads into itself', { messageId: 1, command: COMMAND.ECHO, nextCommand: 8 }, 'MALFORMED_REPLY'],
    ['one whose chain leads outside', { messageId: 1, command: COMMAND.ECHO, nextCommand: 800 }, 'MALFORMED_REPLY'],
  ])('end the connection: %s', async (_what, reply, code) => {
    const { channel, connection } = await warm();
    const asked = failureOf(connection.request(ECHO));
    channel.say(fakeReply(reply));
    expect([await asked, channel.ended]).toEqual([code, true]);
  });

  it.each([
    ['without a signature', 1, 'UNSIGNED_REPLY'],
    ['with a wrong signature', 1 | SIGNED, 'BAD_SIGNATURE'],
  ])('end a signed session: %s', async (_what, flags, code) => {
    const { channel, connection } = await warm();
    const signer = { suite: NODE_CRYPTO, algorithm: 'AES-CMAC', key: KEY } as const;
    connection.protect({ sessionId: 5n, signer, signAll: true, seal: undefined });
    const asked = failureOf(connection.request(ECHO));
    channel.say(fakeReply({ messageId: 1, command: COMMAND.ECHO, flags }));
    expect([await asked, channel.ended]).toEqual([code, true]);
  });

  it('are told as the end of the session where they say so, and end the connection as well', async () => {
    const { channel, connection } = await warm();
    const signer = { suite: NODE_CRYPTO, algorithm: 'AES-CMAC', key: KEY } as const;
    connection.protect({ sessionId: 5n, signer, signAll: true, seal: undefined });
    const asked = failureOf(connection.request(ECHO));
    await loadStatusTable();
    channel.say(fakeReply({ messageId: 1, command: COMMAND.ECHO, status: NT.USER_SESSION_DELETED }));
    expect([await asked, channel.ended]).toEqual(['STATUS_USER_SESSION_DELETED', true]);
  });

  it('end an encrypted session when they are plain, signed or not', async () => {
    const { channel, connection } = await warm();
    const seal = { suite: NODE_CRYPTO, cipher: 'AES-128-GCM', key: KEY, sessionId: 5n } as const;
    const signer = { suite: NODE_CRYPTO, algorithm: 'AES-CMAC', key: KEY } as const;
    connection.protect({ sessionId: 5n, signer, signAll: true, seal: { out: seal, in: seal } });
    const asked = failureOf(connection.request(ECHO));
    expect(channel.sent[1]?.readUInt32LE(0)).toBe(0x424d53fd);
    channel.say(fakeReply({ messageId: 1, command: COMMAND.ECHO }));
    expect([await asked, channel.ended]).toEqual(['PLAINTEXT_REPLY', true]);
  });

  it('never throw, whatever their bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, header) => {
        const { channel, connection } = connect();
        connection.request(ECHO).catch(() => undefined);
        const good = fakeReply({ messageId: 0, command: COMMAND.ECHO });
        const frame = header ? Buffer.concat([good.subarray(0, 8), bytes]) : Buffer.from(bytes);
        channel.say(frame);
        connection.end({ kind: 'socket', code: 'CLOSED', message: 'the test is over' });
      }),
      { numRuns: 2000 },
    );
  });
});
