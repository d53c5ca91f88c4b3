import { describe, expect, it } from 'vitest';
import {
  bindPacket,
  checkBindAck,
  MAX_FRAGMENT,
  packetLength,
  readResponse,
  requestPackets,
} from '../../../../server/src/wire/dcerpc/pdu.ts';
import { WINREG } from '../../../../server/src/wire/dcerpc/winreg.ts';
import { WireError } from '../../../../server/src/wire/failure.ts';

/** A packet of the server. */
function packet(type: number, callId: number, body: Buffer, flags = 3): Buffer {
  const bytes = Buffer.concat([Buffer.from([5, 0, type, flags, 0x10, 0, 0, 0, 0, 0, 0, 0]), Buffer.alloc(4), body]);
  bytes.writeUInt16LE(bytes.length, 8);
  bytes.writeUInt32LE(callId, 12);
  return bytes;
}

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'none';
  } catch (error) {
    return error instanceof WireError ? error.failure.code : String(error);
  }
}

describe('RPC packets', () => {
  it('bind winreg 1.0 to NDR', () => {
    const bytes = bindPacket(WINREG);
    expect(packetLength(bytes)).toBe(bytes.length);
    expect(bytes.toString('hex')).toContain(
      '01d08c334422f131aaaa90003800100301000000045d888aeb1cc9119fe808002b10486002000000',
    );
  });

  it('carry a long request in fragments that add up', () => {
    const stub = Buffer.from(Array.from({ length: 10_000 }, (_, i) => i & 255));
    const packets = requestPackets(7, 15, stub);
    expect(packets.map((bytes) => bytes[3])).toEqual([1, 0, 2]);
    expect(packets.every((bytes) => bytes.length <= MAX_FRAGMENT && packetLength(bytes) === bytes.length)).toBe(true);
    expect(Buffer.concat(packets.map((bytes) => bytes.subarray(24)))).toEqual(stub);
  });

  it('carry a request without arguments in one fragment', () => {
    expect(requestPackets(7, 15, Buffer.alloc(0)).map((bytes) => [bytes.length, bytes[3]])).toEqual([[24, 3]]);
  });

  it('give the stub of the answer to this call', () => {
    const body = Buffer.concat([Buffer.alloc(8), Buffer.from('stub')]);
    expect(readResponse(packet(2, 7, body), 7)).toEqual({ stub: Buffer.from('stub'), last: true });
    expect(codeOf(() => readResponse(packet(2, 8, body), 7))).toBe('MALFORMED_REPLY');
  });

  it('say a fault by its name', () => {
    const fault = Buffer.alloc(16);
    fault.writeUInt32LE(5, 8);
    expect(codeOf(() => readResponse(packet(3, 7, fault), 7))).toBe('nca_s_fault_access_denied');
  });

  it('say that an interface is refused', () => {
    expect(codeOf(() => checkBindAck(packet(13, 1, Buffer.alloc(8))))).toBe('RPC_BIND_REFUSED');
  });

  it.each([
    ['of another protocol', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['shorter than its header', packet(2, 7, Buffer.alloc(0)).fill(0, 8, 10)],
    ['big-endian', packet(2, 7, Buffer.alloc(8)).fill(0, 4, 5)],
  ])('are refused when they are %s', (_what, bytes) => {
    expect(codeOf(() => packetLength(bytes))).toBe('MALFORMED_REPLY');
  });
});
