import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NdrReader, NdrWriter } from '../../../../server/src/wire/dcerpc/ndr.ts';
import type { RpcCaller } from '../../../../server/src/wire/dcerpc/pipe.ts';
import { sharePath } from '../../../../server/src/wire/dcerpc/srvsvc.ts';
import {
  enumServices,
  openManager,
  openService,
  queryDisplayName,
  queryServiceState,
} from '../../../../server/src/wire/dcerpc/svcctl.ts';
import {
  enumKey,
  enumValue,
  openHive,
  openKey,
  queryInfoKey,
  queryValue,
} from '../../../../server/src/wire/dcerpc/winreg.ts';
import { WireError } from '../../../../server/src/wire/failure.ts';

const HANDLE = Buffer.alloc(20, 1);
const answering = (reply: Uint8Array): RpcCaller => ({ call: () => Promise.resolve(Buffer.from(reply)) });

type Operation = (pipe: RpcCaller) => Promise<{ readonly code: number }>;
const OPERATIONS: Readonly<Record<string, Operation>> = {
  openHive: (pipe) => openHive(pipe, 'HKLM', {}),
  openKey: (pipe) => openKey(pipe, { root: HANDLE, path: 'SOFTWARE' }, {}),
  queryValue: (pipe) => queryValue(pipe, { key: HANDLE, name: 'x', room: 64 }, {}),
  enumValue: (pipe) => enumValue(pipe, { key: HANDLE, index: 0, room: 64 }, {}),
  enumKey: (pipe) => enumKey(pipe, { key: HANDLE, index: 0 }, {}),
  queryInfoKey: (pipe) => queryInfoKey(pipe, HANDLE, {}),
  openManager: (pipe) => openManager(pipe, {}),
  openService: (pipe) => openService(pipe, { manager: HANDLE, name: 'x' }, {}),
  queryServiceState: (pipe) => queryServiceState(pipe, HANDLE, {}),
  queryDisplayName: (pipe) => queryDisplayName(pipe, HANDLE, {}),
  enumServices: (pipe) => enumServices(pipe, { manager: HANDLE, resume: 0, room: 64 }, {}),
  sharePath: (pipe) => sharePath(pipe, 'ADMIN$', {}),
};

describe('answers to remote calls', () => {
  it('give a value with its type, its bytes and a code', async () => {
    const reply = new NdrWriter().pointer().u32(4).pointer().u32(4).u32(0).u32(4).u32(7);
    reply.pointer().u32(4).pointer().u32(4).u32(0);
    expect(await queryValue(answering(reply.finish()), { key: HANDLE, name: 'x', room: 64 }, {})).toEqual({
      code: 0,
      value: { type: 4, data: Buffer.from([7, 0, 0, 0]), size: 4 },
    });
  });

  it('give the room that a value needs where it did not fit', async () => {
    const reply = new NdrWriter().pointer().u32(1).null().pointer().u32(70_000).pointer().u32(0).u32(234);
    expect(await queryValue(answering(reply.finish()), { key: HANDLE, name: 'x', room: 64 }, {})).toMatchObject({
      code: 234,
      value: { size: 70_000 },
    });
  });

  it('are refused where a subkey is called like a way elsewhere', async () => {
    const reply = new NdrWriter().unicodeString('..\\..\\SAM').null().null().u32(0);
    await expect(enumKey(answering(reply.finish()), { key: HANDLE, index: 0 }, {})).rejects.toBeInstanceOf(WireError);
  });

  it('give the path behind a share', async () => {
    const reply = new NdrWriter()
      .u32(2)
      .pointer()
      .pointer()
      .u32(0x80000000)
      .pointer()
      .bytes(Buffer.alloc(12))
      .pointer()
      .null();
    reply.wideString('ADMIN$').align(4).wideString('Remote Admin').align(4).wideString('D:\\Windows').align(4).u32(0);
    expect(await sharePath(answering(reply.finish()), 'ADMIN$', {})).toEqual({ code: 0, value: 'D:\\Windows' });
  });

  it('give what a list of services says of each, and none that lies outside', async () => {
    const entry = Buffer.alloc(36);
    entry.writeUInt32LE(36, 0);
    entry.writeUInt32LE(36 + 2 * 'Spooler\0'.length, 4);
    entry.writeUInt32LE(4, 12);
    const buffer = Buffer.concat([entry, Buffer.from('Spooler\0Print Spooler\0', 'utf16le')]);
    const list = (bytes: Buffer, count: number) =>
      new NdrWriter().u32(bytes.length).bytes(bytes).align(4).u32(0).u32(count).pointer().u32(0).u32(0).finish();
    const ask = (reply: Buffer) => enumServices(answering(reply), { manager: HANDLE, resume: 0, room: 64 }, {});
    const [listed] = (await ask(list(buffer, 1))).value.services;
    expect([listed?.name, listed?.state, listed?.displayName()]).toEqual(['Spooler', 4, 'Print Spooler']);
    await expect(ask(list(buffer, 1000))).rejects.toBeInstanceOf(WireError);
    buffer.writeUInt32LE(4_000_000, 0);
    await expect(ask(list(buffer, 1))).rejects.toBeInstanceOf(WireError);
  });

  it.each(Object.keys(OPERATIONS))('to %s are read or refused as malformed, whatever their bytes are', async (name) => {
    const operation = OPERATIONS[name];
    if (!operation) throw new Error(name);
    const word = fc.constantFrom(0, 1, 2, 4, 36, 0x20000, 0x7fffffff, 0x80000000, 0xffffffff);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(word, fc.nat(300)), { maxLength: 24 }), fc.nat(3), async (words, cut) => {
        const bytes = Buffer.concat(words.map((each) => new NdrWriter().u32(each).finish()));
        try {
          const { code } = await operation(answering(bytes.subarray(0, Math.max(0, bytes.length - cut))));
          expect(code).toBeGreaterThanOrEqual(0);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('hold a length against what is there before anything is made of it', () => {
    const reader = new NdrReader(new NdrWriter().u32(0xffffffff).finish(), 'a test');
    expect(() => reader.conformantArray(8)).toThrow(WireError);
  });
});
