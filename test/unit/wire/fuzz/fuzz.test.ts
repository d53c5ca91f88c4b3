import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { NODE_CRYPTO } from '../../../../server/src/wire/crypto/suite.ts';
import { checkBindAck, packetLength, readResponse } from '../../../../server/src/wire/dcerpc/pdu.ts';
import type { RpcCaller } from '../../../../server/src/wire/dcerpc/pipe.ts';
import { sharePath } from '../../../../server/src/wire/dcerpc/srvsvc.ts';
import * as services from '../../../../server/src/wire/dcerpc/svcctl.ts';
import * as registry from '../../../../server/src/wire/dcerpc/winreg.ts';
import { WireError } from '../../../../server/src/wire/failure.ts';
import { readChallenge } from '../../../../server/src/wire/ntlm/messages.ts';
import { PeDamaged } from '../../../../server/src/wire/pe/reading.ts';
import { SmbConnection } from '../../../../server/src/wire/smb/connection.ts';
import { COMMAND, FLAG, HEADER_LENGTH, type Command } from '../../../../server/src/wire/smb/header.ts';
import * as messages from '../../../../server/src/wire/smb/messages.ts';
import { readNegotiateReply } from '../../../../server/src/wire/smb/negotiate.ts';
import { isSignatureRight, signMessage, type Signer } from '../../../../server/src/wire/smb/signing.ts';
import { readMechanisms, readNegTokenResp } from '../../../../server/src/wire/smb/spnego.ts';
import { random } from '../../patchxml/mutations.ts';
import { readBuffer } from '../pe/read-buffer.ts';
import { FakeChannel } from '../smb/fake-channel.ts';

/** What a lab machine answered (test/lab/capture-frames.ts). */
const CAPTURED = (
  JSON.parse(readFileSync(new URL('captured-frames.json', import.meta.url), 'utf8')) as {
    readonly command: Command;
    readonly message: string;
  }[]
).map(({ command, message }) => ({ command, message: Buffer.from(message, 'base64') }));

/** The key that both sides would have: what is changed is signed again, and gets past the signature. */
const SIGNER: Signer = { suite: NODE_CRYPTO, algorithm: 'HMAC-SHA256', key: Buffer.alloc(16, 7) };
const SEED = Number(process.env.PATCHLAB_SEED ?? 1);
const CALL = { deadlineMs: 10_000 };
/** What no case may take. */
const LONGEST = 5000;
const MOST_MEMORY = 64 * 1024 * 1024;

/** What lengths, counts, offsets, flags and states are changed to. */
const VALUES = [0, 1, 2, 3, 7, 8, 0x10, 0x40, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0x20000];
const LARGE = [0x00ffffff, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff];

let cases = 0;

/** Every field of a message changed in turn, at each width that a field has; then several at random. */
function* changed(good: Buffer, from: number, seed: number): Generator<Buffer> {
  const next = random(Math.imul(SEED, 7919) + seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  const put = (bytes: Buffer, at: number, width: number, value: number): void => {
    if (at + width > bytes.length) return;
    if (width === 1) bytes.writeUInt8(value & 0xff, at);
    else if (width === 2) bytes.writeUInt16LE(value & 0xffff, at);
    else if (width === 4) bytes.writeUInt32LE(value >>> 0, at);
    else bytes.writeBigUInt64LE((BigInt(value >>> 0) << 32n) | BigInt(value >>> 0), at);
  };
  const all = [...VALUES, ...LARGE, good.length, good.length - 1, good.length + 1, good.length - HEADER_LENGTH];
  const fields = Math.min(good.length, from + 160);
  for (let at = from; at < fields; at++) {
    for (const width of [1, 2, 4, 8]) {
      if (at % Math.min(width, 4) !== 0) continue;
      // All values at every place would be too many: another few of them at each.
      for (let i = 0; i < 3; i++) {
        const bytes = Buffer.from(good);
        put(bytes, at, width, all[below(all.length)] ?? 0);
        yield bytes;
      }
    }
  }
  for (let i = 0; i < 150; i++) {
    let bytes = Buffer.from(good);
    for (let times = 1 + below(5); times > 0; times--)
      put(
        bytes,
        from + below(good.length - from),
        [1, 2, 4, 8][below(4)] ?? 1,
        all[below(all.length)] ?? below(2 ** 32),
      );
    if (below(3) === 0) bytes = bytes.subarray(0, from + below(good.length - from + 1));
    if (below(8) === 0) bytes = Buffer.concat([bytes, Buffer.alloc(below(3000), below(256))]);
    yield bytes;
  }
}

/** A case ends in a value or in a failure with a code, soon. */
async function held(bytes: Buffer, work: (bytes: Buffer) => unknown): Promise<'value' | 'refused'> {
  cases++;
  const began = performance.now();
  try {
    await work(bytes);
    return 'value';
  } catch (error) {
    if (error instanceof WireError && /^[A-Z0-9_x]+$/i.test(error.failure.code)) return 'refused';
    if (error instanceof PeDamaged) return 'refused';
    throw new Error(`PATCHLAB_SEED=${SEED}: ${String(error)}\n${bytes.toString('hex')}`, { cause: error });
  } finally {
    if (performance.now() - began > LONGEST) throw new Error(`too long: ${bytes.toString('hex')}`);
  }
}

/** As an answer to a request in a signed session, signed anew. */
async function answered(command: Command, bytes: Buffer): Promise<Buffer> {
  const channel = new FakeChannel();
  const connection = new SmbConnection(channel, CALL.deadlineMs);
  connection.multiCredit = true;
  connection.protect({ sessionId: 1n, signer: SIGNER, signAll: true, seal: undefined });
  const asked = connection.request({ command, body: Buffer.alloc(8) }, CALL);
  const failed = asked.catch((error: unknown) => error);
  const reply = Buffer.concat([bytes, Buffer.alloc(Math.max(0, HEADER_LENGTH - bytes.length))]);
  // What these fields hold is changed by tests of their own; here the answer is to get as far as it can.
  reply.writeUInt32LE((reply.readUInt32LE(16) | FLAG.SIGNED | FLAG.RESPONSE) >>> 0, 16);
  reply.writeBigUInt64LE(BigInt(channel.asked(0).id), 24);
  signMessage(SIGNER, reply);
  channel.say(reply);
  // A machine may also say "wait", or chain answers that nobody asked for: then the connection is ended.
  connection.end({ kind: 'protocol', code: 'ENDED', message: 'the test is over' });
  await failed;
  return (await asked).message;
}

const FILES_OF: Partial<Record<Command, (message: Buffer) => unknown>> = {
  [COMMAND.CREATE]: messages.readCreateReply,
  [COMMAND.READ]: messages.readReadReply,
  [COMMAND.IOCTL]: messages.readIoctlReply,
  [COMMAND.QUERY_DIRECTORY]: messages.readQueryDirectoryReply,
};

const OFFER = {
  dialects: ['2.0.2', '2.1', '3.0', '3.0.2', '3.1.1'],
  clientGuid: Buffer.alloc(16, 1),
  requireSigning: true,
  ciphers: ['AES-128-GCM'],
  signing: ['AES-CMAC'],
  salt: Buffer.alloc(32, 2),
} as unknown as Parameters<typeof readNegotiateReply>[1];

const HANDLE = Buffer.alloc(20, 1);
const OPERATIONS: readonly ((pipe: RpcCaller) => Promise<unknown>)[] = [
  (pipe) => registry.openHive(pipe, 'HKLM', {}),
  (pipe) => registry.openKey(pipe, { root: HANDLE, path: 'SOFTWARE' }, {}),
  (pipe) => registry.queryValue(pipe, { key: HANDLE, name: 'x', room: 64 }, {}),
  (pipe) => registry.enumValue(pipe, { key: HANDLE, index: 0, room: 64 }, {}),
  (pipe) => registry.enumKey(pipe, { key: HANDLE, index: 0 }, {}),
  (pipe) => registry.queryInfoKey(pipe, HANDLE, {}),
  (pipe) => services.openManager(pipe, {}),
  (pipe) => services.openService(pipe, { manager: HANDLE, name: 'x' }, {}),
  (pipe) => services.queryServiceState(pipe, HANDLE, {}),
  (pipe) => services.queryDisplayName(pipe, HANDLE, {}),
  (pipe) => services.enumServices(pipe, { manager: HANDLE, resume: 0, room: 64 }, {}),
  (pipe) => sharePath(pipe, 'ADMIN$', {}),
];

/** The RPC answers that lie in the captured frames: whole packets. */
const PACKETS = CAPTURED.flatMap(({ command, message }) => {
  const read = FILES_OF[command];
  if ((command !== COMMAND.IOCTL && command !== COMMAND.READ) || message.readUInt32LE(8) !== 0) return [];
  const data = read?.(message);
  return Buffer.isBuffer(data) && data.length > 24 && data[0] === 5 ? [data] : [];
});
const RPC_RESPONSE = 2;

describe('changed field by field and signed again', { timeout: 300_000 }, () => {
  it('the captured frames are of every command that a scan needs', () => {
    const commands = new Set(CAPTURED.map(({ command }) => command));
    for (const command of [COMMAND.NEGOTIATE, COMMAND.SESSION_SETUP, COMMAND.TREE_CONNECT, ...Object.keys(FILES_OF)])
      expect(commands).toContain(Number(command));
    expect(PACKETS.filter((packet) => packet[2] === RPC_RESPONSE).length).toBeGreaterThan(5);
    const whole = Buffer.from(CAPTURED.at(-1)?.message ?? []);
    signMessage(SIGNER, whole);
    expect(isSignatureRight(SIGNER, whole)).toBe(true);
  });

  it('answers about files and pipes are read or refused', async () => {
    const results = { value: 0, refused: 0 };
    for (const [index, { command, message }] of CAPTURED.entries()) {
      const read = FILES_OF[command];
      if (read === undefined) continue;
      for (const bytes of changed(message, HEADER_LENGTH, index))
        results[await held(bytes, async (one) => read(await answered(command, one)))]++;
    }
    // Both happen: the cases get past the signature, and not all of them are refused.
    expect(Math.min(results.value, results.refused)).toBeGreaterThan(500);
  });

  it('headers of answers are read or refused, or end the connection', async () => {
    for (const [index, { command, message }] of CAPTURED.entries()) {
      const short = message.subarray(0, Math.max(HEADER_LENGTH, Math.min(message.length, 200)));
      for (const bytes of changed(short, 0, 1000 + index)) {
        await held(bytes, async (one) => {
          const channel = new FakeChannel();
          const connection = new SmbConnection(channel, CALL.deadlineMs);
          connection.protect({ sessionId: 1n, signer: SIGNER, signAll: true, seal: undefined });
          const asked = connection.request({ command, body: Buffer.alloc(8) }, CALL);
          const failed = asked.catch((error: unknown) => error);
          if (one.length >= HEADER_LENGTH) signMessage(SIGNER, one);
          channel.say(one);
          connection.end({ kind: 'protocol', code: 'ENDED', message: 'the test is over' });
          await failed;
          await asked;
        });
      }
    }
  });

  it('negotiation and logon are read or refused', async () => {
    for (const [index, { command, message }] of CAPTURED.entries()) {
      if (command === COMMAND.NEGOTIATE)
        for (const bytes of changed(message, HEADER_LENGTH, 2000 + index))
          await held(bytes, (one) => readMechanisms(readNegotiateReply(one, OFFER).token));
      if (command === COMMAND.SESSION_SETUP)
        for (const bytes of changed(message.subarray(HEADER_LENGTH + 8), 0, 2500 + index))
          await held(bytes, (one) => {
            const { token } = readNegTokenResp(one);
            if (token !== undefined) readChallenge(token);
          });
    }
  });

  it('packets of RPC are read or refused', async () => {
    for (const [index, packet] of PACKETS.entries())
      for (const bytes of changed(packet.subarray(0, 400), 0, 3000 + index))
        await held(bytes, (one) => {
          // As a pipe does: nothing is looked at before a whole packet is there.
          const length = packetLength(one);
          if (length === undefined || one.length < length) return;
          const whole = one.subarray(0, length);
          if (whole[2] === RPC_RESPONSE) readResponse(whole, whole.readUInt32LE(12));
          else checkBindAck(whole);
        });
  });

  it('answers of the registry and the services are read or refused', async () => {
    const stubs = PACKETS.filter((packet) => packet[2] === RPC_RESPONSE).map((packet) => packet.subarray(24));
    for (const [index, stub] of stubs.entries()) {
      for (const bytes of changed(stub.subarray(0, 600), 0, 4000 + index)) {
        // Each answer is given to every call in turn: a machine may answer with anything.
        const operation = OPERATIONS[cases % OPERATIONS.length];
        await held(bytes, (one) => operation?.({ call: () => Promise.resolve(one) }));
      }
    }
  });

  it('files of programs are read or refused', async () => {
    const file = readFileSync(new URL('../../../../node_modules/sevenzip-new/win/ia32/7za.exe', import.meta.url));
    const section = file.indexOf('.rsrc');
    const resources = file.readUInt32LE(section + 20);
    const info = file.indexOf(Buffer.from('VS_VERSION_INFO', 'utf16le')) - 6;
    const next = random(SEED);
    const places = [
      [0, 0x400],
      [resources, 0x600],
      [info, 0x300],
    ] as const;
    for (let number = 0; number < 15_000; number++) {
      const [start, length] = places[number % places.length] ?? places[0];
      const undo: [number, number][] = [];
      for (let times = 1 + Math.floor(next() * 4); times > 0; times--) {
        const at = start + Math.floor(next() * length);
        const value = [...VALUES, ...LARGE][Math.floor(next() * 22)] ?? 0;
        undo.unshift([at, file.readUInt32LE(at)]);
        file.writeUInt32LE(value >>> 0, at);
      }
      await held(file.subarray(start, start + 64), () => {
        if (readBuffer(file).bytes > 64 * 1024) throw new Error('more of it was read than 64 KB');
      });
      for (const [at, value] of undo) file.writeUInt32LE(value, at);
    }
    expect(readBuffer(file).version.fileVersion).toBe('21.7.0.0');
  });

  it('more than fifty thousand of them, and nothing is left behind', () => {
    expect(cases).toBeGreaterThan(50_000);
    expect(process.memoryUsage().external).toBeLessThan(MOST_MEMORY);
  });

  afterAll(() => {
    console.info(`${cases} cases, PATCHLAB_SEED=${SEED}`);
  });
});
