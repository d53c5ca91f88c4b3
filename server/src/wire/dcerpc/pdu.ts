/** Connection-oriented DCE/RPC packets (C706 12.6.4, MS-RPCE 2.2.2), version 5.0, without RPC's own authentication. */
import { ByteView, u16le, u32le } from '../bytes.ts';
import { malformed, protocolError, rpcFault } from '../failure.ts';

const TYPE = { REQUEST: 0, RESPONSE: 2, FAULT: 3, BIND: 11, BIND_ACK: 12, BIND_NAK: 13 } as const;
const FLAG = { FIRST: 1, LAST: 2 } as const;
const HEADER = 16;
/** What both sides may send in one fragment. */
export const MAX_FRAGMENT = 4280;
const NDR_SYNTAX = Buffer.from('045d888aeb1cc9119fe808002b10486002000000', 'hex');

/** An interface: its UUID as written, and its major version. */
export interface RpcInterface {
  readonly pipe: string;
  readonly uuid: string;
  readonly version: number;
}

export function bindPacket(to: RpcInterface): Buffer {
  const body = Buffer.concat([
    u16le(MAX_FRAGMENT),
    u16le(MAX_FRAGMENT),
    u32le(0),
    Buffer.from([1, 0, 0, 0]),
    u16le(0),
    Buffer.from([1, 0]),
    uuidBytes(to.uuid),
    u32le(to.version),
    NDR_SYNTAX,
  ]);
  return packet({ type: TYPE.BIND, flags: FLAG.FIRST | FLAG.LAST, callId: 1 }, body);
}

/** A request, in fragments where it is long. */
export function requestPackets(callId: number, operation: number, stub: Buffer): readonly Buffer[] {
  const room = MAX_FRAGMENT - HEADER - 8;
  const packets: Buffer[] = [];
  for (let at = 0; at === 0 || at < stub.length; at += room) {
    const part = stub.subarray(at, at + room);
    const flags = (at === 0 ? FLAG.FIRST : 0) | (at + room >= stub.length ? FLAG.LAST : 0);
    const body = Buffer.concat([u32le(stub.length - at), u16le(0), u16le(operation), part]);
    packets.push(packet({ type: TYPE.REQUEST, flags, callId }, body));
  }
  return packets;
}

function packet(head: { type: number; flags: number; callId: number }, body: Buffer): Buffer {
  const fixed = Buffer.from([5, 0, head.type, head.flags, 0x10, 0, 0, 0]);
  return Buffer.concat([fixed, u16le(HEADER + body.length), u16le(0), u32le(head.callId), body]);
}

/** The length of the packet that begins here, once its header has come. */
export function packetLength(bytes: Buffer): number | undefined {
  if (bytes.length < HEADER) return undefined;
  const length = bytes.readUInt16LE(8);
  if (bytes[0] !== 5 || length < HEADER || (bytes.readUInt8(4) & 0xf0) !== 0x10)
    throw malformed('the pipe answered something that is not RPC');
  return length;
}

export function checkBindAck(bytes: Buffer): void {
  const view = new ByteView(bytes, 'the RPC bind reply');
  if (view.u8(2) === TYPE.BIND_NAK) throw protocolError('RPC_BIND_REFUSED', 'the machine refused the RPC interface');
  if (view.u8(2) !== TYPE.BIND_ACK) throw malformed('the machine answered a bind with something else');
  const address = view.u16(HEADER + 8);
  const results = (HEADER + 10 + address + 3) & ~3;
  if (view.u8(results) !== 1 || view.u16(results + 4) !== 0) {
    throw protocolError('RPC_BIND_REFUSED', 'the machine does not know the RPC interface');
  }
}

export interface ResponsePart {
  readonly stub: Buffer;
  readonly last: boolean;
}

export function readResponse(bytes: Buffer, callId: number): ResponsePart {
  const view = new ByteView(bytes, 'the RPC reply');
  if (view.u8(2) === TYPE.FAULT) throw rpcFault(view.u32(HEADER + 8));
  if (view.u8(2) !== TYPE.RESPONSE || view.u32(12) !== callId) throw malformed('the machine answered another RPC call');
  if (view.u16(10) !== 0) throw malformed('the machine added an RPC verifier that was not agreed');
  return { stub: view.slice(HEADER + 8, view.length - HEADER - 8), last: (view.u8(3) & FLAG.LAST) !== 0 };
}

/** A UUID's first three parts are little-endian on the wire. */
function uuidBytes(uuid: string): Buffer {
  const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex');
  return Buffer.concat([
    bytes.subarray(0, 4).reverse(),
    bytes.subarray(4, 6).reverse(),
    bytes.subarray(6, 8).reverse(),
    bytes.subarray(8),
  ]);
}
