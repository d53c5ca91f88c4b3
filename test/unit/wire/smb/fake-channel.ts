import type { FrameChannel, TransportEvents } from '../../../../server/src/wire/smb/transport.ts';
import { SMB2_ID } from '../../../../server/src/wire/smb/header.ts';

/** A reply as a test says it; what it leaves out is as a good server has it. */
export interface FakeReply {
  readonly messageId: number | bigint;
  readonly command: number;
  readonly status?: number;
  readonly credits?: number;
  readonly flags?: number;
  readonly asyncId?: bigint;
  readonly nextCommand?: number;
  readonly body?: Buffer;
}

export function fakeReply(reply: FakeReply): Buffer {
  const header = Buffer.alloc(64);
  header.writeUInt32LE(SMB2_ID, 0);
  header.writeUInt16LE(64, 4);
  header.writeUInt32LE(reply.status ?? 0, 8);
  header.writeUInt16LE(reply.command, 12);
  header.writeUInt16LE(reply.credits ?? 1, 14);
  header.writeUInt32LE(reply.flags ?? 1, 16);
  header.writeUInt32LE(reply.nextCommand ?? 0, 20);
  header.writeBigUInt64LE(BigInt(reply.messageId), 24);
  if (reply.asyncId !== undefined) header.writeBigUInt64LE(reply.asyncId, 32);
  return Buffer.concat([header, reply.body ?? Buffer.alloc(8)]);
}

/** A channel whose other end is the test. */
export class FakeChannel implements FrameChannel {
  readonly bytes = 0;
  readonly remoteAddress = null;
  readonly sent: Buffer[] = [];
  ended = false;
  #events: TransportEvents | undefined;

  listen(events: TransportEvents): void {
    this.#events = events;
  }

  send(message: Buffer): void {
    this.sent.push(message);
  }

  end(): void {
    this.ended = true;
    this.#events = undefined;
  }

  /** What the server sends. */
  say(...messages: Buffer[]): void {
    this.#events?.frame(Buffer.concat(messages));
  }

  /** Message id and command of what was sent. */
  asked(index: number): { id: number; command: number } {
    const message = this.sent[index];
    if (!message) throw new Error(`nothing was sent as number ${index}`);
    return { id: Number(message.readBigUInt64LE(24)), command: message.readUInt16LE(12) };
  }
}
