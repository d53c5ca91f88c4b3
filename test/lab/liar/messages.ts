/** SMB messages as a server sees them: frames of a socket, headers of requests, headers and bodies of replies. */
import type net from 'node:net';
import { u16le, u32le } from '../../../server/src/wire/bytes.ts';
import { COMMAND, FLAG, HEADER_LENGTH, SMB2_ID, type Command } from '../../../server/src/wire/smb/header.ts';

export interface Request {
  readonly command: Command;
  readonly messageId: bigint;
  readonly treeId: number;
  readonly credits: number;
  readonly charge: number;
  /** It follows another one in a compound: `fileId` of all ones means what that one opened. */
  readonly related: boolean;
  /** With the header. */
  readonly message: Buffer;
}

export interface Reply {
  readonly status: number;
  readonly body: Buffer;
  /** What is left out is as an honest server says it. */
  readonly command?: number;
  readonly messageId?: bigint;
  readonly credits?: number;
  readonly treeId?: number;
  readonly asyncId?: bigint;
}

export function readRequest(message: Buffer): Request {
  const number = message.readUInt16LE(12);
  const command = Object.values(COMMAND).find((known) => known === number);
  if (command === undefined) throw new Error(`a request with the command ${number}`);
  return {
    command,
    messageId: message.readBigUInt64LE(24),
    treeId: message.readUInt32LE(36),
    credits: message.readUInt16LE(14),
    charge: Math.max(1, message.readUInt16LE(6)),
    related: (message.readUInt32LE(16) & FLAG.RELATED) !== 0,
    message,
  };
}

/** A reply to a request, not yet signed (MS-SMB2 2.2.1). */
export function writeReply(reply: Reply, to: Request, sessionId: bigint): Buffer {
  const header = Buffer.alloc(HEADER_LENGTH);
  header.writeUInt32LE(SMB2_ID, 0);
  header.writeUInt16LE(HEADER_LENGTH, 4);
  header.writeUInt16LE(to.charge, 6);
  header.writeUInt32LE(reply.status >>> 0, 8);
  header.writeUInt16LE(reply.command ?? to.command, 12);
  header.writeUInt16LE(reply.credits ?? Math.max(1, to.credits), 14);
  header.writeUInt32LE(FLAG.RESPONSE | (reply.asyncId === undefined ? 0 : FLAG.ASYNC), 16);
  header.writeBigUInt64LE(reply.messageId ?? to.messageId, 24);
  if (reply.asyncId === undefined) header.writeUInt32LE(reply.treeId ?? to.treeId, 36);
  else header.writeBigUInt64LE(reply.asyncId, 32);
  header.writeBigUInt64LE(sessionId, 40);
  return Buffer.concat([header, reply.body]);
}

/** The body of a reply that only says its status (2.2.2). */
export const ERROR_BODY = Buffer.concat([u16le(9), Buffer.alloc(7)]);

/** A frame over direct TCP: a zero and three bytes of length. */
export function frame(message: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(message.length);
  return Buffer.concat([head, message]);
}

/** Calls `pass` with each whole message. */
export function onMessages(socket: net.Socket, pass: (message: Buffer) => void): void {
  let have = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    have = Buffer.concat([have, chunk]);
    while (have.length >= 4 && have.length >= 4 + have.readUIntBE(1, 3)) {
      const length = have.readUIntBE(1, 3);
      pass(Buffer.from(have.subarray(4, 4 + length)));
      have = have.subarray(4 + length);
    }
  });
}

/** Bodies of honest replies, by command. */
export const BODY = {
  sessionSetup: (flags: number, token: Buffer): Buffer =>
    Buffer.concat([u16le(9), u16le(flags), u16le(HEADER_LENGTH + 8), u16le(token.length), token]),
  treeConnect: (type: number, flags = 0): Buffer =>
    Buffer.concat([u16le(16), Buffer.from([type, 0]), u32le(flags), u32le(0), u32le(0x1f01ff)]),
  create: (fileId: Buffer, size: bigint, folder: boolean): Buffer => {
    const body = Buffer.alloc(88);
    body.writeUInt16LE(89, 0);
    body.writeUInt32LE(1, 4);
    for (const at of [8, 16, 24, 32]) body.writeBigUInt64LE(133_000_000_000_000_000n, at);
    body.writeBigUInt64LE(size, 40);
    body.writeBigUInt64LE(size, 48);
    body.writeUInt32LE(folder ? 0x10 : 0x20, 56);
    fileId.copy(body, 64);
    return body;
  },
  close: (): Buffer => Buffer.concat([u16le(60), Buffer.alloc(58)]),
  small: (): Buffer => Buffer.from([4, 0, 0, 0]),
  write: (count: number): Buffer => Buffer.concat([u16le(17), u16le(0), u32le(count), Buffer.alloc(8)]),
  read: (data: Buffer): Buffer =>
    Buffer.concat([u16le(17), Buffer.from([HEADER_LENGTH + 16, 0]), u32le(data.length), Buffer.alloc(8), data]),
  ioctl: (code: number, fileId: Buffer, data: Buffer): Buffer => {
    const head = Buffer.alloc(48);
    head.writeUInt16LE(49, 0);
    head.writeUInt32LE(code, 4);
    fileId.copy(head, 8);
    head.writeUInt32LE(HEADER_LENGTH + 48, 24);
    head.writeUInt32LE(HEADER_LENGTH + 48, 32);
    head.writeUInt32LE(data.length, 36);
    return Buffer.concat([head, data]);
  },
  directory: (data: Buffer): Buffer => Buffer.concat([u16le(9), u16le(HEADER_LENGTH + 8), u32le(data.length), data]),
} as const;

/** Entries of a folder listing, each pointing to the next (MS-FSCC 2.4.10); those that begin with a dot are folders. */
export function directoryEntries(names: readonly string[]): Buffer {
  const entries = names.map((name, index) => {
    const text = Buffer.from(name, 'utf16le');
    const head = Buffer.alloc(64);
    for (const at of [8, 16, 24, 32]) head.writeBigUInt64LE(133_000_000_000_000_000n, at);
    head.writeUInt32LE(name.startsWith('.') ? 0x10 : 0x20, 56);
    head.writeUInt32LE(text.length, 60);
    const isLast = index === names.length - 1;
    const entry = Buffer.concat([head, text, Buffer.alloc(isLast ? 0 : (8 - (text.length % 8)) % 8)]);
    entry.writeUInt32LE(isLast ? 0 : entry.length, 0);
    return entry;
  });
  return Buffer.concat(entries);
}
