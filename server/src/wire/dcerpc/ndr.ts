/** NDR 2.0, little-endian (C706 chapter 14): what the calls of winreg, svcctl and srvsvc need of it. */
import { malformed } from '../failure.ts';
import { ByteView, padding } from '../bytes.ts';

/** A context handle of the server, opaque to us. */
export type Handle = Buffer;
export const NULL_REFERENT = 0;

/** Writes a request's stub, aligned as NDR wants it. */
export class NdrWriter {
  readonly #parts: Buffer[] = [];
  #length = 0;
  #referent = 0x20000;

  bytes(data: Uint8Array): this {
    this.#parts.push(Buffer.from(data));
    this.#length += data.length;
    return this;
  }

  align(to: number): this {
    return this.bytes(Buffer.alloc(padding(this.#length, to)));
  }

  u8(value: number): this {
    return this.bytes(Buffer.from([value]));
  }

  u16(value: number): this {
    this.align(2);
    const bytes = Buffer.alloc(2);
    bytes.writeUInt16LE(value);
    return this.bytes(bytes);
  }

  u32(value: number): this {
    this.align(4);
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value >>> 0);
    return this.bytes(bytes);
  }

  /** A pointer that is not null; its referent follows where the type says. */
  pointer(): this {
    this.#referent += 4;
    return this.u32(this.#referent);
  }

  null(): this {
    return this.u32(NULL_REFERENT);
  }

  handle(handle: Handle): this {
    return this.align(4).bytes(handle);
  }

  /** A conformant varying string of UTF-16 with its closing zero: `[string] wchar_t *`. */
  wideString(text: string): this {
    const data = Buffer.from(`${text}\0`, 'utf16le');
    return this.u32(data.length / 2)
      .u32(0)
      .u32(data.length / 2)
      .bytes(data);
  }

  /** RRP_UNICODE_STRING (MS-RRP 2.2.4) with its closing zero counted. */
  unicodeString(text: string): this {
    const length = (text.length + 1) * 2;
    return this.align(4).u16(length).u16(length).pointer().wideString(text);
  }

  /** RRP_UNICODE_STRING that only offers room for an answer. */
  unicodeRoom(characters: number): this {
    return this.align(4)
      .u16(0)
      .u16(characters * 2)
      .pointer()
      .u32(characters)
      .u32(0)
      .u32(0);
  }

  finish(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

/** Reads a reply's stub; every length is held against what is there. */
export class NdrReader {
  readonly #view: ByteView;
  #at = 0;

  constructor(stub: Buffer, what: string) {
    this.#view = new ByteView(stub, what);
  }

  align(to: number): this {
    this.#at += padding(this.#at, to);
    return this;
  }

  bytes(length: number): Buffer {
    const data = this.#view.slice(this.#at, length);
    this.#at += length;
    return data;
  }

  u16(): number {
    this.align(2);
    return this.bytes(2).readUInt16LE();
  }

  u32(): number {
    this.align(4);
    return this.bytes(4).readUInt32LE();
  }

  u64(): bigint {
    this.align(8);
    return this.bytes(8).readBigUInt64LE();
  }

  /** True where the pointer is not null. */
  pointer(): boolean {
    return this.u32() !== NULL_REFERENT;
  }

  handle(): Handle {
    this.align(4);
    return Buffer.from(this.bytes(20));
  }

  /** The elements present in a conformant varying array. */
  varyingArray(elementSize: number): Buffer {
    const max = this.u32();
    const offset = this.u32();
    const actual = this.u32();
    if (offset !== 0 || actual > max) throw malformed(`${this.#view.what} has a wrong array`);
    return this.bytes(actual * elementSize);
  }

  conformantArray(elementSize: number): Buffer {
    return this.bytes(this.u32() * elementSize);
  }

  wideString(): string {
    return untilZero(this.varyingArray(2).toString('utf16le'));
  }

  /** RRP_UNICODE_STRING; null reads as the empty text. */
  unicodeString(): string {
    this.align(4);
    const length = this.u16();
    this.u16();
    if (!this.pointer()) return '';
    return untilZero(this.varyingArray(2).subarray(0, length).toString('utf16le'));
  }

  optionalU32(): number | undefined {
    return this.pointer() ? this.u32() : undefined;
  }
}

/** A text ends at its first zero. */
export function untilZero(text: string): string {
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}
