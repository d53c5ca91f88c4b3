/** Bodies of the requests on files and pipes, and what their replies hold (MS-SMB2 2.2.13 to 2.2.34). */
import { ByteView, isoFromFileTime, u16le, u32le, utf16 } from '../bytes.ts';
import { malformed } from '../failure.ts';
import { HEADER_LENGTH } from './header.ts';

/** In a compound: the file that the first request opened. */
export const OPENED_BEFORE = Buffer.alloc(16, 255);

export const ACCESS = {
  READ_DATA: 0x1,
  WRITE_DATA: 0x2,
  READ_ATTRIBUTES: 0x80,
  READ_CONTROL: 0x20000,
  SYNCHRONIZE: 0x100000,
} as const;
export const CREATE_OPTION = { DIRECTORY: 0x1, NON_DIRECTORY: 0x40 } as const;
const SHARE_ALL = 7;
const OPEN_EXISTING = 1;
const IMPERSONATION = 2;
export const ATTRIBUTE_DIRECTORY = 0x10;
/** FILE_ATTRIBUTE_REPARSE_POINT (MS-FSCC 2.6): junctions, mount points, symbolic links. */
export const ATTRIBUTE_REPARSE_POINT = 0x400;

export interface CreateInput {
  /** Relative to the share, without a leading backslash. */
  readonly name: string;
  readonly access: number;
  readonly options: number;
}

export function createRequest(input: CreateInput): Buffer {
  const name = utf16(input.name);
  const head = Buffer.alloc(56);
  head.writeUInt16LE(57, 0);
  head.writeUInt32LE(IMPERSONATION, 4);
  head.writeUInt32LE(input.access, 24);
  head.writeUInt32LE(SHARE_ALL, 32);
  head.writeUInt32LE(OPEN_EXISTING, 36);
  head.writeUInt32LE(input.options, 40);
  head.writeUInt16LE(HEADER_LENGTH + 56, 44);
  head.writeUInt16LE(name.length, 46);
  // The buffer is at least one byte long, also for the share's root.
  return Buffer.concat([head, name.length > 0 ? name : Buffer.alloc(8)]);
}

export interface Created {
  readonly fileId: Buffer;
  readonly folder: boolean;
  readonly size: number;
  /** ISO 8601. */
  readonly modified: string;
}

export function readCreateReply(message: Buffer): Created {
  const view = new ByteView(message, 'the CREATE reply');
  if (view.u16(HEADER_LENGTH) !== 89) throw malformed('the CREATE reply has a wrong size');
  return {
    modified: isoFromFileTime(view.u64(HEADER_LENGTH + 24)),
    size: sizeOf(view.u64(HEADER_LENGTH + 48)),
    folder: (view.u32(HEADER_LENGTH + 56) & ATTRIBUTE_DIRECTORY) !== 0,
    fileId: Buffer.from(view.slice(HEADER_LENGTH + 64, 16)),
  };
}

export function sizeOf(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw malformed('a file has an impossible size');
  return Number(value);
}

export function closeRequest(fileId: Buffer): Buffer {
  return Buffer.concat([u16le(24), Buffer.alloc(6), fileId]);
}

export interface ReadInput {
  readonly fileId: Buffer;
  readonly offset: number;
  readonly length: number;
}

export function readRequest(input: ReadInput): Buffer {
  const head = Buffer.alloc(49);
  head.writeUInt16LE(49, 0);
  head.writeUInt8(HEADER_LENGTH + 16, 2);
  head.writeUInt32LE(input.length, 4);
  head.writeBigUInt64LE(BigInt(input.offset), 8);
  input.fileId.copy(head, 16);
  return head;
}

export function readReadReply(message: Buffer): Buffer {
  const view = new ByteView(message, 'the READ reply');
  if (view.u16(HEADER_LENGTH) !== 17) throw malformed('the READ reply has a wrong size');
  return view.slice(view.u8(HEADER_LENGTH + 2), view.u32(HEADER_LENGTH + 4));
}

export function writeRequest(fileId: Buffer, data: Buffer): Buffer {
  const head = Buffer.alloc(48);
  head.writeUInt16LE(49, 0);
  head.writeUInt16LE(HEADER_LENGTH + 48, 2);
  head.writeUInt32LE(data.length, 4);
  fileId.copy(head, 16);
  return Buffer.concat([head, data]);
}

export interface IoctlInput {
  readonly code: number;
  readonly fileId: Buffer;
  readonly input: Buffer;
  readonly maxOutput: number;
}

export function ioctlRequest(input: IoctlInput): Buffer {
  const head = Buffer.alloc(56);
  head.writeUInt16LE(57, 0);
  head.writeUInt32LE(input.code, 4);
  input.fileId.copy(head, 8);
  head.writeUInt32LE(HEADER_LENGTH + 56, 24);
  head.writeUInt32LE(input.input.length, 28);
  head.writeUInt32LE(input.maxOutput, 44);
  head.writeUInt32LE(1, 48);
  return Buffer.concat([head, input.input]);
}

export function readIoctlReply(message: Buffer): Buffer {
  const view = new ByteView(message, 'the IOCTL reply');
  if (view.u16(HEADER_LENGTH) !== 49) throw malformed('the IOCTL reply has a wrong size');
  const length = view.u32(HEADER_LENGTH + 36);
  return length === 0 ? Buffer.alloc(0) : view.slice(view.u32(HEADER_LENGTH + 32), length);
}

const FILE_DIRECTORY_INFORMATION = 1;

export function queryDirectoryRequest(fileId: Buffer, maxOutput: number): Buffer {
  const pattern = utf16('*');
  const head = Buffer.concat([
    u16le(33),
    Buffer.from([FILE_DIRECTORY_INFORMATION, 0]),
    u32le(0),
    fileId,
    u16le(HEADER_LENGTH + 32),
    u16le(pattern.length),
    u32le(maxOutput),
  ]);
  return Buffer.concat([head, pattern]);
}

export interface DirectoryEntry {
  readonly name: string;
  readonly link?: true;
  readonly folder: boolean;
  readonly size: number;
  readonly modified: string;
}

/** The entries of one reply (MS-FSCC 2.4.10). */
export function readQueryDirectoryReply(message: Buffer): readonly DirectoryEntry[] {
  const reply = new ByteView(message, 'the QUERY_DIRECTORY reply');
  const data = reply.slice(reply.u16(HEADER_LENGTH + 2), reply.u32(HEADER_LENGTH + 4));
  const view = new ByteView(data, 'a folder listing');
  const entries: DirectoryEntry[] = [];
  for (let at = 0, next = 1; next !== 0; at += next) {
    next = view.u32(at);
    if (next !== 0 && next < 64) throw malformed('a folder listing points into itself');
    const attributes = view.u32(at + 56);
    entries.push({
      name: view.utf16(at + 64, view.u32(at + 60)),
      ...((attributes & ATTRIBUTE_REPARSE_POINT) !== 0 && { link: true }),
      folder: (attributes & ATTRIBUTE_DIRECTORY) !== 0,
      size: sizeOf(view.u64(at + 40)),
      modified: isoFromFileTime(view.u64(at + 24)),
    });
  }
  return entries;
}
