/**
 * SMB over TCP: a 4-byte length before each message (MS-SMB2 2.1), on a socket with a deadline for connecting. Over a
 * NetBIOS session the length has 17 bits, and keep-alives come between (RFC 1002 4.3.1).
 */
import * as net from 'node:net';
import { protocolError, socketError, timeoutError, WireError } from '../failure.ts';
import type { Call } from './call.ts';

/** No message that we asked for is longer: 1 MiB of data and its headers. */
const MAX_FRAME = 1_200_000;
const MAX_SESSION_FRAME = 0x1ffff;
const KEEP_ALIVE = 0x85;
/** A frame that comes in tiny pieces is put together now and then: each piece costs far more than its bytes. */
const MAX_CHUNKS = 256;

/** Direct TCP, or a NetBIOS session. */
export type Framing = 'direct' | 'netbios';

export interface TransportEvents {
  frame(message: Buffer): void;
  /** Once, and never after `end`; also of what happened before anybody listened. */
  lost(error: WireError): void;
}

/** Something that carries frames both ways. */
export interface FrameChannel {
  /** Sent and received so far. */
  readonly bytes: number;
  readonly remoteAddress: string | null;
  /** Over a NetBIOS session messages are short: nothing above 64 KiB is asked for (MS-SMB2 3.3.5.4). */
  readonly framing?: Framing;
  listen(events: TransportEvents): void;
  send(message: Buffer): void;
  /** Ends it; `lost` is not called any more. */
  end(): void;
}

/** A connected socket that speaks frames. */
export class Transport implements FrameChannel {
  bytes = 0;
  readonly framing: Framing;
  readonly #socket: net.Socket;
  #events: TransportEvents | undefined;
  /** Why the socket is gone, where nobody listened yet. */
  #lostBefore: WireError | undefined;
  #chunks: Buffer[] = [];
  #buffered = 0;
  #corked = false;

  constructor(socket: net.Socket, framing: Framing = 'direct') {
    this.#socket = socket;
    this.framing = framing;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#receive(chunk));
    socket.on('error', (error) => this.#lose(socketError(error)));
    socket.on('close', () =>
      this.#lose(new WireError({ kind: 'socket', code: 'ECONNRESET', message: 'the machine closed the connection' })),
    );
  }

  listen(events: TransportEvents): void {
    this.#events = events;
    // Whoever asks is never told within its own call.
    if (this.#lostBefore ?? this.#buffered > 0) setImmediate(() => this.#catchUp());
  }

  get remoteAddress(): string | null {
    return this.#socket.remoteAddress ?? null;
  }

  /** Frames of one turn of the event loop leave together. */
  send(message: Buffer): void {
    const frame = Buffer.concat([Buffer.alloc(4), message]);
    frame.writeUInt32BE(message.length);
    this.bytes += frame.length;
    if (!this.#corked) {
      this.#corked = true;
      this.#socket.cork();
      setImmediate(() => {
        this.#corked = false;
        this.#socket.uncork();
      });
    }
    this.#socket.write(frame);
  }

  end(): void {
    this.#events = undefined;
    this.#chunks = [];
    this.#socket.destroySoon();
    // A peer that never reads must not keep the process alive.
    setTimeout(() => this.#socket.destroy(), 500).unref();
  }

  #catchUp(): void {
    this.#takeFrames();
    if (this.#lostBefore) this.#lose(this.#lostBefore);
  }

  #lose(error: WireError): void {
    const events = this.#events;
    if (!events) this.#lostBefore ??= error;
    this.#events = undefined;
    this.#socket.destroy();
    events?.lost(error);
  }

  #receive(chunk: Buffer): void {
    this.bytes += chunk.length;
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    if (this.#chunks.length >= MAX_CHUNKS) this.#chunks = [Buffer.concat(this.#chunks)];
    this.#takeFrames();
  }

  #takeFrames(): void {
    while (this.#events && this.#buffered >= 4) {
      const head = this.#peek(4);
      const length = head.readUIntBE(1, 3);
      if (this.framing === 'netbios' && head[0] === KEEP_ALIVE && length === 0) {
        this.#consume(4);
        continue;
      }
      if (head[0] !== 0 || length > (this.framing === 'netbios' ? MAX_SESSION_FRAME : MAX_FRAME)) {
        this.#lose(
          protocolError('MALFORMED_REPLY', `a frame of kind ${head[0] ?? 0} and ${length} bytes is none of SMB's`),
        );
        return;
      }
      if (this.#buffered < 4 + length) return;
      const frame = this.#peek(4 + length);
      this.#consume(4 + length);
      this.#events.frame(frame.subarray(4));
    }
  }

  #peek(length: number): Buffer {
    const first = this.#chunks[0];
    if (first && first.length >= length) return first.subarray(0, length);
    const whole = Buffer.concat(this.#chunks);
    this.#chunks = [whole];
    return whole.subarray(0, length);
  }

  #consume(length: number): void {
    const first = this.#chunks[0];
    this.#buffered -= length;
    if (!first || first.length === length) this.#chunks.shift();
    else this.#chunks[0] = first.subarray(length);
  }
}

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** Connects, or rejects with a socket or timeout failure. */
export async function openTransport(endpoint: Endpoint, call: Call): Promise<Transport> {
  return new Transport(await openSocket(endpoint, call));
}

/** A connected socket that nobody listens to yet. */
export function openSocket(endpoint: Endpoint, call: Call): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    call.signal?.throwIfAborted();
    const socket = net.connect({ host: endpoint.host, port: endpoint.port });
    const finish = () => {
      clearTimeout(timer);
      call.signal?.removeEventListener('abort', abort);
      socket.removeAllListeners();
    };
    const fail = (error: unknown) => {
      finish();
      socket.on('error', () => undefined);
      socket.destroy();
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a signal's reason may be anything
      reject(error);
    };
    const abort = () => fail(call.signal?.reason);
    const deadline = call.deadlineMs ?? 5000;
    const timer = setTimeout(() => fail(timeoutError('ETIMEDOUT', `no connection within ${deadline} ms`)), deadline);
    call.signal?.addEventListener('abort', abort, { once: true });
    socket.once('error', (error) => fail(socketError(firstError(error))));
    socket.once('connect', () => {
      finish();
      resolve(socket);
    });
  });
}

/** A name with several addresses fails with an AggregateError; its first member says why. */
function firstError(error: Error): Error {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  return first instanceof Error ? first : error;
}
