/** Calls over named pipes as a server answers them: the honest machine behind winreg, svcctl and srvsvc. */
import { u16le, u32le } from '../../../server/src/wire/bytes.ts';
import { NdrReader, NdrWriter, type Handle } from '../../../server/src/wire/dcerpc/ndr.ts';
import type { LiarImage, LiarKey } from './image.ts';

export interface RpcCall {
  /** `winreg`, `svcctl`, `srvsvc`. */
  readonly pipe: string;
  readonly operation: number;
  readonly stub: Buffer;
  readonly callId: number;
}

const ROOM = 4280 - 24;
const FRAGMENT = { FIRST: 1, LAST: 2 } as const;
const TYPE = { RESPONSE: 2, FAULT: 3, BIND_ACK: 12 } as const;

/** One RPC packet (C706 12.6.4). */
export function rpcPacket(at: { type: number; flags: number; callId: number }, body: Buffer): Buffer {
  const head = Buffer.from([5, 0, at.type, at.flags, 0x10, 0, 0, 0]);
  return Buffer.concat([head, u16le(16 + body.length), u16le(0), u32le(at.callId), body]);
}

/** A fragment of a response; `flags` as on the wire. */
export function fragment(callId: number, flags: number, stub: Buffer): Buffer {
  return rpcPacket({ type: TYPE.RESPONSE, flags, callId }, Buffer.concat([u32le(stub.length), Buffer.alloc(4), stub]));
}

export function responsePackets(callId: number, stub: Buffer): readonly Buffer[] {
  const count = Math.max(1, Math.ceil(stub.length / ROOM));
  return Array.from({ length: count }, (_, index) => {
    const flags = (index === 0 ? FRAGMENT.FIRST : 0) | (index === count - 1 ? FRAGMENT.LAST : 0);
    return fragment(callId, flags, stub.subarray(index * ROOM, (index + 1) * ROOM));
  });
}

export function faultPacket(callId: number, status: number): Buffer {
  const body = Buffer.concat([u32le(0), Buffer.alloc(4), u32le(status), u32le(0)]);
  return rpcPacket({ type: TYPE.FAULT, flags: 3, callId }, body);
}

export function bindAck(callId: number): Buffer {
  const address = Buffer.from('\\pipe\\x\0', 'latin1');
  const pad = Buffer.alloc((4 - ((16 + 10 + address.length) % 4)) % 4);
  const syntax = Buffer.from('045d888aeb1cc9119fe808002b10486002000000', 'hex');
  const head = Buffer.concat([u16le(4280), u16le(4280), u32le(1), u16le(address.length), address, pad]);
  const body = Buffer.concat([head, Buffer.from([1, 0, 0, 0]), u16le(0), u16le(0), syntax]);
  return rpcPacket({ type: TYPE.BIND_ACK, flags: 3, callId }, body);
}

const NO_HANDLE: Handle = Buffer.alloc(20);
const NOT_FOUND = 2;
const NO_MORE = 259;
const MORE_DATA = 234;
const NO_SERVICE = 1060;
const NO_SHARE = 2310;

/** Answers calls out of an image; one for each connection. */
export class HonestPipes {
  readonly #image: LiarImage;
  readonly #paths: string[] = [];

  constructor(image: LiarImage) {
    this.#image = image;
  }

  answer(call: RpcCall): Buffer | undefined {
    if (call.pipe === 'winreg') return this.#winreg(call);
    if (call.pipe === 'svcctl') return this.#svcctl(call);
    return call.pipe === 'srvsvc' && call.operation === 16
      ? new NdrWriter().u32(2).null().u32(NO_SHARE).finish()
      : undefined;
  }

  /** The key that the call's handle stands for, in lower case. */
  pathOf(call: RpcCall): string {
    return this.#paths[call.stub.readUInt32LE(4)] ?? '';
  }

  #handle(path: string): Handle {
    const handle = Buffer.alloc(20, 0x7f);
    handle.writeUInt32LE(0, 0);
    handle.writeUInt32LE(this.#paths.push(path) - 1, 4);
    return handle;
  }

  #winreg(call: RpcCall): Buffer | undefined {
    const reader = new NdrReader(call.stub, 'a registry call');
    if ([0, 2, 4, 27].includes(call.operation)) return new NdrWriter().bytes(this.#handle('')).u32(0).finish();
    reader.handle();
    const here = this.pathOf(call);
    const key = this.#image.registry.get(here);
    switch (call.operation) {
      case 5:
        return new NdrWriter().bytes(NO_HANDLE).u32(0).finish();
      case 9:
        return enumKeyAnswer(this.#children(here)[reader.u32()]);
      case 10:
        return enumValueAnswer(Object.entries(key ?? {})[reader.u32()]);
      case 15: {
        const path = reader.unicodeString().toLowerCase();
        const isThere = path === '' || this.#isKey(path);
        return new NdrWriter()
          .bytes(isThere ? this.#handle(path) : NO_HANDLE)
          .u32(isThere ? 0 : NOT_FOUND)
          .finish();
      }
      case 16:
        return infoAnswer(this.#children(here).length, key ?? {});
      case 17:
        return valueAnswer(key, reader.unicodeString().toLowerCase(), roomIn(reader));
      default:
        return undefined;
    }
  }

  #isKey(path: string): boolean {
    return [...this.#image.registry.keys()].some((known) => known === path || known.startsWith(`${path}\\`));
  }

  #children(path: string): readonly string[] {
    const begin = path === '' ? '' : `${path}\\`;
    const below = [...this.#image.registry.keys()].filter((known) => known.startsWith(begin) && known !== path);
    return [...new Set(below.map((known) => known.slice(begin.length).split('\\')[0] ?? ''))];
  }

  #svcctl(call: RpcCall): Buffer | undefined {
    switch (call.operation) {
      case 0:
        return new NdrWriter().bytes(NO_HANDLE).u32(0).finish();
      case 14:
        return new NdrWriter().u32(0).u32(0).u32(0).null().u32(0).finish();
      case 15:
        return new NdrWriter().bytes(this.#handle('')).u32(0).finish();
      case 16:
        return new NdrWriter().bytes(NO_HANDLE).u32(NO_SERVICE).finish();
      default:
        return undefined;
    }
  }
}

function roomIn(reader: NdrReader): number {
  reader.optionalU32();
  return reader.pointer() ? reader.u32() : 0;
}

export function valueAnswer(key: LiarKey | undefined, name: string, room: number): Buffer {
  const found = Object.entries(key ?? {}).find(([known]) => known.toLowerCase() === name);
  if (!found) return dataAnswer({ type: 0, data: Buffer.alloc(0), size: 0 }, NOT_FOUND);
  const { type, data } = valueBytes(found[1]);
  const fits = data.length <= room;
  return dataAnswer({ type, data: fits ? data : Buffer.alloc(0), size: data.length }, fits ? 0 : MORE_DATA);
}

function valueBytes(value: string | number | Buffer): { type: number; data: Buffer } {
  if (typeof value === 'number') return { type: 4, data: u32le(value) };
  return typeof value === 'string' ? { type: 1, data: Buffer.from(`${value}\0`, 'utf16le') } : { type: 3, data: value };
}

/** lpType, lpData, lpcbData, lpcbLen and the code (MS-RRP 3.1.5.17). */
export function dataAnswer(value: { type: number; data: Buffer; size: number }, code: number): Buffer {
  return writeData(new NdrWriter(), value).u32(code).finish();
}

function writeData(writer: NdrWriter, { type, data, size }: { type: number; data: Buffer; size: number }): NdrWriter {
  writer.pointer().u32(type).pointer().u32(data.length).u32(0).u32(data.length).bytes(data).align(4);
  return writer.pointer().u32(size).pointer().u32(data.length);
}

export function enumKeyAnswer(name: string | undefined): Buffer {
  return new NdrWriter()
    .unicodeString(name ?? '')
    .null()
    .null()
    .u32(name === undefined ? NO_MORE : 0)
    .finish();
}

export function enumValueAnswer(entry: readonly [string, string | number | Buffer] | undefined): Buffer {
  const writer = new NdrWriter().unicodeString(entry?.[0] ?? '').align(4);
  const value = entry ? valueBytes(entry[1]) : { type: 0, data: Buffer.alloc(0) };
  return writeData(writer, { ...value, size: value.data.length })
    .u32(entry ? 0 : NO_MORE)
    .finish();
}

export function infoAnswer(subkeys: number, key: LiarKey, claimed: { values?: number; longest?: number } = {}): Buffer {
  const values = Object.values(key).map((value) => valueBytes(value).data.length);
  return new NdrWriter()
    .u16(0)
    .u16(0)
    .null()
    .u32(subkeys)
    .u32(512)
    .u32(0)
    .u32(claimed.values ?? values.length)
    .u32(512)
    .u32(claimed.longest ?? Math.max(0, ...values))
    .u32(0)
    .bytes(Buffer.alloc(8))
    .u32(0)
    .finish();
}
