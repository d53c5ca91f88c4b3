/** Bounds-checked little-endian reading of what came from the wire, and small writers. */
import { malformed } from './failure.ts';

/** Random access into bytes that a stranger composed: every read is checked, a miss throws `MALFORMED_REPLY`. */
export class ByteView {
  readonly bytes: Buffer;
  readonly what: string;
  constructor(bytes: Buffer, what: string) {
    this.bytes = bytes;
    this.what = what;
  }

  get length(): number {
    return this.bytes.length;
  }

  u8(at: number): number {
    this.check(at, 1);
    return this.bytes.readUInt8(at);
  }

  u16(at: number): number {
    this.check(at, 2);
    return this.bytes.readUInt16LE(at);
  }

  u32(at: number): number {
    this.check(at, 4);
    return this.bytes.readUInt32LE(at);
  }

  u64(at: number): bigint {
    this.check(at, 8);
    return this.bytes.readBigUInt64LE(at);
  }

  slice(at: number, length: number): Buffer {
    this.check(at, length);
    return this.bytes.subarray(at, at + length);
  }

  utf16(at: number, length: number): string {
    return this.slice(at, length & ~1).toString('utf16le');
  }

  private check(at: number, length: number): void {
    if (at < 0 || length < 0 || at + length > this.bytes.length) {
      throw malformed(`${this.what} is cut short: ${length} bytes at ${at} of ${this.bytes.length}`);
    }
  }
}

export function u16le(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

export function u32le(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

export function u64le(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}

export function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le');
}

/** How many zero bytes bring `length` to the next multiple of `to`. */
export function padding(length: number, to: number): number {
  return (to - (length % to)) % to;
}

const EPOCH_DIFFERENCE_MS = 11_644_473_600_000n;

/** FILETIME (100 ns since 1601) of a moment. */
export function fileTime(date: Date): bigint {
  return (BigInt(date.getTime()) + EPOCH_DIFFERENCE_MS) * 10_000n;
}

/** ISO 8601 of a FILETIME; a time outside what a date can hold becomes the nearest that it can. */
export function isoFromFileTime(value: bigint): string {
  const ms = Number(value / 10_000n - EPOCH_DIFFERENCE_MS);
  return new Date(Math.max(-62_135_596_800_000, Math.min(253_402_300_799_999, ms))).toISOString();
}
