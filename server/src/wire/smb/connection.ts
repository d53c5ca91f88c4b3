/**
 * Requests in flight on one connection (MS-SMB2 3.2.4, 3.2.5): message ids and credits, signatures and encryption both
 * ways, STATUS_PENDING, CANCEL, and a deadline for each. Anything that a safe server does not do ends the connection.
 */
import { ntError, protocolError, timeoutError, WireError, type WireFailure } from '../failure.ts';
import { NT } from '../nt-status.ts';
import { padding } from '../bytes.ts';
import type { Call } from './call.ts';
import { openMessage, sealMessage } from './encryption.ts';
import {
  COMMAND,
  FLAG,
  readHeader,
  splitCompound,
  TRANSFORM_ID,
  writeHeader,
  type Command,
  type ReplyHeader,
} from './header.ts';
import { checkReply, type Protection } from './protection.ts';
import { signMessage } from './signing.ts';
import type { FrameChannel } from './transport.ts';

/** One request. In a compound the later ones act on what the first opened. */
export interface SmbRequest {
  readonly command: Command;
  readonly body: Buffer;
  readonly treeId?: number;
  /** Credits that the payload or the answer is worth: one for each 64 KiB. */
  readonly charge?: number;
  /** Signed, and answered with a signature, even in a session that is not: what protects the session itself. */
  readonly sign?: boolean;
}

export interface SmbReply {
  readonly status: number;
  readonly header: ReplyHeader;
  /** With the header: offsets in SMB count from its start. */
  readonly message: Buffer;
}

interface Pending {
  readonly command: Command;
  readonly resolve: (reply: SmbReply) => void;
  readonly sealed: boolean;
  readonly signed: boolean;
  asyncId: bigint | undefined;
}

interface Exchange {
  readonly requests: readonly SmbRequest[];
  readonly charge: number;
  /** Of a probe: how long what was asked before has waited, in milliseconds. */
  readonly probeAfter: number | undefined;
  readonly resolve: (replies: SmbReply[]) => void;
  readonly reject: (error: unknown) => void;
  ids: number[];
  settled: boolean;
}

/** As many credits as we use: requests of 128 files, which take two each, and of 16 pipes and their reads. */
const WANTED_CREDITS = 512;
/** So many requests without an answer in time, and the machine counts as gone, whatever else it answers. */
const MAX_TIMEOUTS = 64;
/** How long a machine that has fallen silent may take to say that it is still there. */
const PROBE_MS = 2000;

export class SmbConnection {
  readonly transport: FrameChannel;
  /** Before 2.1 there is no charge, and nothing above 64 KiB. */
  multiCredit = false;
  /** Called with each message as sent and received before there is a session: 3.1.1 hashes them. */
  onPlainMessage: ((message: Buffer) => void) | undefined;
  /** For each request, where the call says no other. */
  readonly deadlineMs: number;
  #sessionId = 0n;
  #protection: Protection | undefined;
  #failure: WireFailure | undefined;
  #nextId = 0;
  #credits = 1;
  #sealCounter = 0n;
  #timeouts = 0;
  #receivedAt = 0;
  readonly #pending = new Map<number, Pending>();
  readonly #waiting: Exchange[] = [];
  readonly #exchanges = new Set<Exchange>();

  constructor(transport: FrameChannel, deadlineMs: number) {
    this.transport = transport;
    this.deadlineMs = deadlineMs;
    transport.listen({ frame: (frame) => this.#receive(frame), lost: (error) => this.#fail(error.failure) });
  }

  /** When the last frame came, by `performance.now()`. */
  get receivedAt(): number {
    return this.#receivedAt;
  }

  /** Why the connection is over, once it is. */
  get failure(): WireFailure | undefined {
    return this.#failure;
  }

  set sessionId(id: bigint) {
    this.#sessionId = id;
  }

  protect(protection: Protection): void {
    this.#sessionId = protection.sessionId;
    this.#protection = protection;
  }

  /** One request and its reply, whatever its status. */
  async request(request: SmbRequest, call: Call = {}): Promise<SmbReply> {
    const [reply] = await this.exchange([request], call);
    if (!reply) throw new Error('an exchange of one request has one reply');
    return reply;
  }

  /** As `request`, for those of which only success makes sense. */
  async mustSucceed(request: SmbRequest, call: Call = {}): Promise<SmbReply> {
    const reply = await this.request(request, call);
    if (reply.status !== NT.SUCCESS) throw ntError(reply.status);
    return reply;
  }

  /** Several requests in one compound; a reply for each, in order. */
  exchange(requests: readonly SmbRequest[], call: Call = {}): Promise<SmbReply[]> {
    return this.#enqueue(requests, call);
  }

  #enqueue(requests: readonly SmbRequest[], call: Call, probeAfter?: number): Promise<SmbReply[]> {
    if (call.counter) call.counter.waits++;
    return new Promise((resolve, reject) => {
      call.signal?.throwIfAborted();
      if (this.#failure) throw new WireError(this.#failure);
      const charge = requests.reduce((sum, request) => sum + (request.charge ?? 1), 0);
      const deadline = call.deadlineMs ?? this.deadlineMs;
      const started = performance.now();
      const finish = () => {
        exchange.settled = true;
        clearTimeout(timer);
        call.signal?.removeEventListener('abort', abort);
        this.#exchanges.delete(exchange);
      };
      const exchange: Exchange = {
        requests,
        charge,
        probeAfter,
        ids: [],
        settled: false,
        resolve: (replies) => (finish(), resolve(replies)),
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a signal's reason may be anything
        reject: (error) => (finish(), reject(error)),
      };
      const abort = () => this.#abandon(exchange, call.signal?.reason);
      const timer = setTimeout(() => this.#expire(exchange, deadline, started), deadline);
      call.signal?.addEventListener('abort', abort, { once: true });
      this.#exchanges.add(exchange);
      this.#waiting.push(exchange);
      this.#pump();
    });
  }

  /** Ends the connection at once; what is in flight fails with `failure`. */
  end(failure: WireFailure): void {
    this.#fail(failure);
  }

  #expire(exchange: Exchange, deadline: number, started: number): void {
    const { probeAfter } = exchange;
    const more = probeAfter === undefined ? '' : `, nor within another ${deadline} ms whether it is still there`;
    const message = `the machine did not answer within ${probeAfter ?? deadline} ms${more}`;
    const error = timeoutError('REQUEST_TIMEOUT', message);
    this.#abandon(exchange, error);
    this.#timeouts++;
    const silent = this.#receivedAt < started;
    if (this.#timeouts >= MAX_TIMEOUTS || (silent && (exchange.probeAfter !== undefined || !this.#protection)))
      this.#fail(error.failure);
    else if (silent) this.#probe(deadline);
  }

  /** Nothing came at all: is it one service of the machine that hangs, or is the machine gone? */
  #probe(deadline: number): void {
    if (this.#failure || [...this.#exchanges].some(({ probeAfter }) => probeAfter !== undefined)) return;
    const echo = { command: COMMAND.ECHO, body: Buffer.from([4, 0, 0, 0]) };
    this.#enqueue([echo], { deadlineMs: Math.min(PROBE_MS, deadline) }, deadline).catch(() => undefined);
  }

  #abandon(exchange: Exchange, reason: unknown): void {
    if (exchange.settled) return;
    const waiting = this.#waiting.indexOf(exchange);
    if (waiting >= 0) this.#waiting.splice(waiting, 1);
    exchange.reject(reason);
    for (const id of exchange.ids) this.#cancel(id);
  }

  #cancel(id: number): void {
    const pending = this.#pending.get(id);
    if (!pending || this.#failure) return;
    const flags = pending.asyncId === undefined ? 0 : FLAG.ASYNC;
    const body = Buffer.from([4, 0, 0, 0]);
    const head = { command: COMMAND.CANCEL, creditCharge: 0, creditRequest: 0, messageId: id, treeId: 0 };
    const header = writeHeader({ ...head, flags, sessionId: this.#sessionId, asyncId: pending.asyncId });
    this.#send([Buffer.concat([header, body])], pending.signed);
  }

  #pump(): void {
    for (let next = this.#waiting[0]; next && next.charge <= this.#credits; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#start(next);
    }
    const stuck = this.#waiting[0];
    if (stuck && this.#pending.size === 0) {
      this.#fail(protocolError('NO_CREDITS', 'the machine grants too few credits to go on').failure);
    }
  }

  #start(exchange: Exchange): void {
    const replies: SmbReply[] = [];
    let missing = exchange.requests.length;
    const signed = this.#protection?.signAll === true || exchange.requests.some((request) => request.sign);
    const messages = exchange.requests.map((request, index) => {
      const id = this.#nextId;
      const charge = request.charge ?? 1;
      this.#nextId += charge;
      this.#credits -= charge;
      exchange.ids.push(id);
      this.#pending.set(id, {
        command: request.command,
        sealed: this.#protection?.seal !== undefined,
        signed: signed && this.#protection !== undefined,
        asyncId: undefined,
        resolve: (reply) => {
          replies[index] = reply;
          if (--missing === 0 && !exchange.settled) exchange.resolve(replies);
        },
      });
      const header = writeHeader({
        command: request.command,
        creditCharge: this.multiCredit ? charge : 0,
        creditRequest: charge + Math.max(0, Math.min(128, WANTED_CREDITS - this.#credits)),
        flags: index > 0 ? FLAG.RELATED : 0,
        messageId: id,
        treeId: request.treeId ?? 0,
        sessionId: this.#sessionId,
      });
      return Buffer.concat([header, request.body]);
    });
    this.#send(chain(messages), signed);
  }

  #send(messages: readonly Buffer[], signed: boolean): void {
    const { signer, seal } = this.#protection ?? {};
    if (signer && signed && !seal) {
      for (const message of messages) {
        message.writeUInt32LE(message.readUInt32LE(16) | FLAG.SIGNED, 16);
        signMessage(signer, message);
      }
    }
    const plain = messages.length === 1 && messages[0] ? messages[0] : Buffer.concat(messages);
    this.onPlainMessage?.(plain);
    this.transport.send(seal ? sealMessage(seal.out, this.#sealCounter++, plain) : plain);
  }

  #receive(frame: Buffer): void {
    this.#receivedAt = performance.now();
    try {
      const sealed = frame.length >= 4 && frame.readUInt32LE(0) === TRANSFORM_ID;
      const plain = sealed ? this.#open(frame) : frame;
      for (const message of splitCompound(plain)) this.#accept(message, sealed);
      this.#pump();
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.#fail(error.failure);
    }
  }

  #open(frame: Buffer): Buffer {
    const seal = this.#protection?.seal;
    if (!seal) throw protocolError('UNEXPECTED_ENCRYPTION', 'the machine encrypts before encryption was agreed');
    return openMessage(seal.in, frame);
  }

  #accept(message: Buffer, sealed: boolean): void {
    const header = readHeader(message);
    // Oplock and lease breaks are not asked for, and not answered (3.2.5.19).
    if (header.messageId === 0xffffffffffffffffn) return;
    const id = Number(header.messageId);
    const pending = this.#pending.get(id);
    if (!pending || (header.flags & FLAG.RESPONSE) === 0 || header.command !== pending.command) {
      throw protocolError('UNEXPECTED_REPLY', 'the machine answered something that was not asked');
    }
    checkReply({ message, header, sealed }, pending, this.#protection?.signer);
    this.#credits = Math.min(8192, this.#credits + header.credits);
    if (header.status === NT.PENDING && header.asyncId !== undefined) {
      pending.asyncId = header.asyncId;
      return;
    }
    this.onPlainMessage?.(message);
    this.#pending.delete(id);
    pending.resolve({ status: header.status, header, message });
  }

  #fail(failure: WireFailure): void {
    if (this.#failure) return;
    this.#failure = failure;
    this.transport.end();
    this.#waiting.length = 0;
    this.#pending.clear();
    for (const exchange of [...this.#exchanges]) exchange.reject(new WireError(failure));
  }
}

/** Pads all but the last message to 8 bytes and sets their NextCommand. */
function chain(messages: readonly Buffer[]): readonly Buffer[] {
  return messages.map((message, index) => {
    if (index === messages.length - 1) return message;
    const padded = Buffer.concat([message, Buffer.alloc(padding(message.length, 8))]);
    padded.writeUInt32LE(padded.length, 20);
    return padded;
  });
}
