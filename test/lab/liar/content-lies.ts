/** Named lies about registry, services, files and folders: what a hostile server says once it is believed to be itself. */
import { NdrWriter } from '../../../server/src/wire/dcerpc/ndr.ts';
import { usualImage } from './image.ts';
import type { Lies } from './liar.ts';
import { body } from './lies.ts';
import { BODY, directoryEntries, ERROR_BODY } from './messages.ts';
import { dataAnswer, enumKeyAnswer, fragment, infoAnswer, type RpcCall } from './pipes.ts';
import { COMMAND } from './requests.ts';

const PROBE = 'software\\probe';
const WINREG = { ENUM_KEY: 9, ENUM_VALUE: 10, INFO: 16, QUERY: 17 } as const;
const MORE_DATA = 234;
const MILLION = 1_000_000;

/** Lies about one operation on the probed key. */
function probed(operation: number, answer: (call: RpcCall) => Buffer): Lies {
  return {
    rpc: (call, path) =>
      call.pipe === 'winreg' && call.operation === operation && path === PROBE ? answer(call) : undefined,
  };
}

const isProbe = (call: RpcCall): boolean =>
  call.pipe === 'winreg' && call.operation === WINREG.QUERY && call.stub.includes(Buffer.from('Text', 'utf16le'));

/** Packets of the probed value's answer. */
function packets(change: (honest: readonly Buffer[], call: RpcCall) => readonly Buffer[]): Lies {
  return { packets: (honest, call) => (isProbe(call) ? change(honest, call) : honest) };
}

const indexOf = (call: RpcCall): number => call.stub.readUInt32LE(20);

const MEBIBYTE = 1 << 20;

export const REGISTRY_LIES = {
  'every value a megabyte': {
    rpc: (call, path) =>
      call.pipe === 'winreg' && call.operation === WINREG.QUERY && path === PROBE
        ? dataAnswer({ type: 1, data: Buffer.alloc(MEBIBYTE, 'x\0'), size: MEBIBYTE }, 0)
        : undefined,
  },
  'a value that claims a gigabyte': probed(WINREG.QUERY, () =>
    dataAnswer({ type: 3, data: Buffer.alloc(0), size: 1 << 30 }, MORE_DATA),
  ),
  'a value whose array claims a gigabyte': probed(WINREG.QUERY, () =>
    new NdrWriter()
      .pointer()
      .u32(3)
      .pointer()
      .u32(1 << 30)
      .u32(0)
      .u32(1 << 30)
      .bytes(Buffer.alloc(64))
      .finish(),
  ),
  'a value whose array begins beyond its end': probed(WINREG.QUERY, () =>
    new NdrWriter().pointer().u32(3).pointer().u32(8).u32(0xfffffff0).u32(8).bytes(Buffer.alloc(64)).finish(),
  ),
  'a value that always has more than there is room for': probed(WINREG.QUERY, () =>
    dataAnswer({ type: 3, data: Buffer.alloc(0), size: 5000 }, MORE_DATA),
  ),
  'an answer of no bytes': probed(WINREG.QUERY, () => Buffer.alloc(0)),
  'a key that claims a million children': probed(WINREG.INFO, () => infoAnswer(MILLION, {})),
  'a key whose children never end': {
    ...probed(WINREG.ENUM_KEY, (call) => enumKeyAnswer(`child ${indexOf(call)}`)),
  },
  'a key whose children have names of thirty thousand letters': {
    rpc: (call, path) => {
      if (call.pipe !== 'winreg' || path !== PROBE) return undefined;
      if (call.operation === WINREG.INFO) return infoAnswer(60_000, {});
      return call.operation === WINREG.ENUM_KEY ? enumKeyAnswer('x'.repeat(30_000)) : undefined;
    },
  },
  'a key whose values have names of thirty thousand letters': {
    rpc: (call, path) => {
      if (call.pipe !== 'winreg' || path !== PROBE) return undefined;
      if (call.operation === WINREG.INFO) return infoAnswer(0, {}, { values: 60_000, longest: 4 });
      if (call.operation !== WINREG.ENUM_VALUE) return undefined;
      const name = new NdrWriter().unicodeString(`${indexOf(call)}${'x'.repeat(30_000)}`).align(4);
      return name
        .pointer()
        .u32(4)
        .pointer()
        .u32(4)
        .u32(0)
        .u32(4)
        .u32(1)
        .pointer()
        .u32(4)
        .pointer()
        .u32(4)
        .u32(0)
        .finish();
    },
  },
  'a subkey whose name leads elsewhere': probed(WINREG.ENUM_KEY, () => enumKeyAnswer('..\\..\\sam')),
  'subkeys with NULs and control characters in their names': probed(WINREG.ENUM_KEY, (call) =>
    enumKeyAnswer(indexOf(call) < 2 ? ['a\0b\\c', '\u001b[2J\u0007\r\n\u202e'][indexOf(call)] : undefined),
  ),
  'fragments without end and without content': {
    ...packets((_, call) => [fragment(call.callId, 1, Buffer.alloc(0))]),
    more: (call) => Buffer.concat(Array.from({ length: 2500 }, () => fragment(call.callId, 0, Buffer.alloc(0)))),
  },
  'fragments without end of one byte each': {
    ...packets((_, call) => [fragment(call.callId, 1, Buffer.alloc(1))]),
    more: (call) => Buffer.concat(Array.from({ length: 2500 }, () => fragment(call.callId, 0, Buffer.alloc(1)))),
  },
  'fragments without end': {
    ...packets((_, call) => [fragment(call.callId, 1, Buffer.alloc(4000))]),
    more: (call) => fragment(call.callId, 0, Buffer.alloc(4000)),
  },
  'an answer that comes byte by byte': {
    ...packets((_, call) => [fragment(call.callId, 3, Buffer.alloc(60_000)).subarray(0, 20)]),
    more: () => Buffer.alloc(1),
  },
  'a pipe that ends in the middle of an answer': packets((honest) => honest.map((each) => each.subarray(0, 30))),
  'a fragment of another call': packets((_, call) => [fragment(call.callId + 1, 3, Buffer.alloc(64))]),
  'a fragment shorter than its header': packets(() => [
    Buffer.concat([Buffer.from([5, 0, 2, 3, 0x10, 0, 0, 0, 4, 0]), Buffer.alloc(30)]),
  ]),
  'two billion services': {
    rpc: (call) =>
      call.pipe === 'svcctl' && call.operation === 14
        ? new NdrWriter().u32(0).u32(0).u32(0x7fffffff).null().u32(0).finish()
        : undefined,
  },
  'a list of services that does not end': {
    rpc: (call) =>
      call.pipe === 'svcctl' && call.operation === 14
        ? new NdrWriter().u32(0).u32(4096).u32(0).pointer().u32(1).u32(MORE_DATA).finish()
        : undefined,
  },
} satisfies Readonly<Record<string, Lies>>;

/** A listing, block by block: `block` is given its number. */
function listing(block: (index: number) => Buffer | undefined): Lies {
  let asked = 0;
  return {
    reply: (reply, request) => {
      if (request.command !== COMMAND.QUERY_DIRECTORY) return reply;
      const data = block(asked++);
      return data ? { status: 0, body: BODY.directory(data) } : { status: 0x80000006, body: ERROR_BODY };
    },
  };
}

const MANY = 400;

/** A PE image whose resource directory's first entry is the directory itself. */
export function selfPointingImage(): Buffer {
  const file = Buffer.alloc(4096);
  file.write('MZ', 0, 'latin1');
  file.writeUInt32LE(128, 60);
  file.write('PE\0\0', 128, 'latin1');
  file.writeUInt16LE(0x8664, 132);
  file.writeUInt16LE(1, 134);
  file.writeUInt16LE(240, 148);
  const optional = 152;
  file.writeUInt16LE(0x20b, optional);
  file.writeUInt32LE(16, optional + 108);
  file.writeUInt32LE(0x1000, optional + 112 + 16);
  file.writeUInt32LE(2048, optional + 112 + 20);
  const section = optional + 240;
  file.writeUInt32LE(0x1000, section + 12);
  file.writeUInt32LE(2048, section + 16);
  file.writeUInt32LE(2048, section + 20);
  // One entry by number: type 16 (RT_VERSION), which is a directory, namely this one.
  file.writeUInt16LE(1, 2048 + 14);
  file.writeUInt32LE(16, 2048 + 16);
  file.writeUInt32LE(0x80000000, 2048 + 20);
  return file;
}

export const FILE_LIES = {
  'a folder that never ends': listing((index) =>
    directoryEntries(Array.from({ length: MANY }, (_, entry) => `file ${index} ${entry}.txt`)),
  ),
  'a folder that holds itself without end': listing(() => directoryEntries(['.', '..'])),
  'a folder with names of thirty thousand letters': listing((index) =>
    directoryEntries([`${index}${'x'.repeat(30_000)}`]),
  ),
  'a folder with a name that leads elsewhere': listing((index) =>
    index === 0 ? directoryEntries(['..\\x']) : undefined,
  ),
  'a folder with a NUL in a name': listing((index) => (index === 0 ? directoryEntries(['a\0b']) : undefined)),
  'a folder with control characters in names': listing((index) =>
    index === 0 ? directoryEntries(['\u001b[2J\u0007\r\n\u202e.txt', 'inner.txt']) : undefined,
  ),
  'a listing whose entries point into themselves': listing(() => {
    const entries = directoryEntries(['one', 'two']);
    entries.writeUInt32LE(1, 0);
    return entries;
  }),
  'a listing that claims four gigabytes': {
    reply: (reply, request) => {
      if (request.command !== COMMAND.QUERY_DIRECTORY) return reply;
      const claimed = BODY.directory(directoryEntries(['one']));
      claimed.writeUInt32LE(0xffffffff, 4);
      return { status: 0, body: claimed };
    },
  },
  'a file of an impossible size': body(COMMAND.CREATE, (bytes) => bytes.writeBigUInt64LE(1n << 62n, 48)),
  'a file that has more than was asked for': {
    reply: (reply, request) =>
      request.command === COMMAND.READ && request.treeId === 2
        ? { status: 0, body: BODY.read(Buffer.alloc(900_000)) }
        : reply,
  },
  'data that lies outside the reply': {
    reply: (reply, request) => {
      if (request.command !== COMMAND.READ || request.treeId !== 2 || reply.status !== 0) return reply;
      const changed = Buffer.from(reply.body);
      changed.writeUInt32LE(0xfffffff0, 4);
      return { ...reply, body: changed };
    },
  },
  'an output that lies outside the reply': body(COMMAND.IOCTL, (bytes) => bytes.writeUInt32LE(0xfffffff0, 32)),
  'a PE image whose resources point at themselves': {
    image: usualImage({ files: new Map([['probe\\probe.txt', selfPointingImage()]]) }),
  },
} satisfies Readonly<Record<string, Lies>>;
