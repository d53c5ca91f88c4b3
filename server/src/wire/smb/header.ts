/** The SMB2 header (MS-SMB2 2.2.1) and the commands that we use. */
import { ByteView } from '../bytes.ts';
import { malformed } from '../failure.ts';

export const HEADER_LENGTH = 64;
export const SMB2_ID = 0x424d53fe;
export const TRANSFORM_ID = 0x424d53fd;

export const COMMAND = {
  NEGOTIATE: 0,
  SESSION_SETUP: 1,
  LOGOFF: 2,
  TREE_CONNECT: 3,
  TREE_DISCONNECT: 4,
  CREATE: 5,
  CLOSE: 6,
  READ: 8,
  WRITE: 9,
  IOCTL: 11,
  CANCEL: 12,
  ECHO: 13,
  QUERY_DIRECTORY: 14,
  QUERY_INFO: 16,
} as const;
export type Command = (typeof COMMAND)[keyof typeof COMMAND];

export const FLAG = { RESPONSE: 1, ASYNC: 2, RELATED: 4, SIGNED: 8 } as const;

export interface RequestHeader {
  readonly command: Command;
  readonly creditCharge: number;
  readonly creditRequest: number;
  readonly flags: number;
  readonly messageId: number;
  readonly treeId: number;
  readonly sessionId: bigint;
  readonly asyncId?: bigint | undefined;
}

export function writeHeader(header: RequestHeader): Buffer {
  const bytes = Buffer.alloc(HEADER_LENGTH);
  bytes.writeUInt32LE(SMB2_ID, 0);
  bytes.writeUInt16LE(HEADER_LENGTH, 4);
  bytes.writeUInt16LE(header.creditCharge, 6);
  bytes.writeUInt16LE(header.command, 12);
  bytes.writeUInt16LE(header.creditRequest, 14);
  bytes.writeUInt32LE(header.flags, 16);
  bytes.writeBigUInt64LE(BigInt(header.messageId), 24);
  if (header.asyncId === undefined) bytes.writeUInt32LE(header.treeId, 36);
  else bytes.writeBigUInt64LE(header.asyncId, 32);
  bytes.writeBigUInt64LE(header.sessionId, 40);
  return bytes;
}

export interface ReplyHeader {
  readonly status: number;
  readonly command: number;
  readonly credits: number;
  readonly flags: number;
  readonly nextCommand: number;
  readonly messageId: bigint;
  readonly asyncId: bigint | undefined;
  readonly treeId: number;
  readonly sessionId: bigint;
}

export function readHeader(message: Buffer): ReplyHeader {
  const view = new ByteView(message, 'an SMB2 header');
  if (view.u32(0) !== SMB2_ID || view.u16(4) !== HEADER_LENGTH || view.length < HEADER_LENGTH) {
    throw malformed('the machine answered something that is not SMB 2 or 3');
  }
  const flags = view.u32(16);
  const isAsync = (flags & FLAG.ASYNC) !== 0;
  return {
    status: view.u32(8),
    command: view.u16(12),
    credits: view.u16(14),
    flags,
    nextCommand: view.u32(20),
    messageId: view.u64(24),
    asyncId: isAsync ? view.u64(32) : undefined,
    treeId: isAsync ? 0 : view.u32(36),
    sessionId: view.u64(40),
  };
}

/** A frame's messages: a compound reply is a chain by NextCommand (3.2.5.1.9). */
export function splitCompound(frame: Buffer): readonly Buffer[] {
  const messages: Buffer[] = [];
  let at = 0;
  do {
    const rest = frame.subarray(at);
    const { nextCommand } = readHeader(rest);
    if (nextCommand !== 0 && (nextCommand < HEADER_LENGTH || nextCommand % 8 !== 0 || nextCommand > rest.length)) {
      throw malformed('a compound reply has a wrong NextCommand');
    }
    messages.push(nextCommand === 0 ? rest : rest.subarray(0, nextCommand));
    at += nextCommand === 0 ? rest.length : nextCommand;
  } while (at < frame.length);
  return messages;
}
