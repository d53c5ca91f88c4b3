/** An RPC association over a named pipe (MS-RPCE 2.1.1.2): one call outstanding at a time, as Windows wants it. */
import { malformed, ntError, timeoutError, WireError } from '../failure.ts';
import { NT } from '../nt-status.ts';
import type { Call } from '../smb/call.ts';
import { COMMAND } from '../smb/header.ts';
import {
  ACCESS,
  closeRequest,
  createRequest,
  ioctlRequest,
  readCreateReply,
  readIoctlReply,
  readReadReply,
  readRequest,
  writeRequest,
} from '../smb/messages.ts';
import type { Tree } from '../smb/tree.ts';
import { bindPacket, checkBindAck, packetLength, readResponse, requestPackets, type RpcInterface } from './pdu.ts';

const FSCTL_PIPE_TRANSCEIVE = 0x0011c017;
/** Room for one answer of a transceive; what is longer is read on. */
const MAX_OUTPUT = 0x10000;
/** The most that one call's answer may be: the largest registry value, and room around it. */
const MAX_STUB = (1 << 20) + 0x10000;
/** Who takes parts must take 1,432 bytes in each (C706 12.6.3.1), so that the longest answer has some 800. */
const MAX_PARTS = 1024;
/** An answer that comes bit by bit may take as long as so many requests. */
const PATIENCE = 3;

/** Something that calls operations of one interface. */
export interface RpcCaller {
  /** The answer's stub. */
  call(operation: number, stub: Buffer, call: Call): Promise<Buffer>;
}

export class RpcPipe implements RpcCaller {
  readonly #tree: Tree;
  readonly #fileId: Buffer;
  #callId = 1;
  #broken: WireError | undefined;

  private constructor(tree: Tree, fileId: Buffer) {
    this.#tree = tree;
    this.#fileId = fileId;
  }

  static async open(tree: Tree, to: RpcInterface, call: Call): Promise<RpcPipe> {
    const access =
      ACCESS.READ_DATA | ACCESS.WRITE_DATA | ACCESS.READ_ATTRIBUTES | ACCESS.READ_CONTROL | ACCESS.SYNCHRONIZE;
    const body = createRequest({ name: to.pipe, access, options: 0 });
    const reply = await tree.session.connection.mustSucceed({ command: COMMAND.CREATE, treeId: tree.id, body }, call);
    const pipe = new RpcPipe(tree, readCreateReply(reply.message).fileId);
    try {
      const rest = await pipe.#transceive(bindPacket(to), call);
      checkBindAck((await pipe.#nextPacket(rest, call)).packet);
      return pipe;
    } catch (error) {
      pipe.close();
      throw error;
    }
  }

  /** Set once a call went wrong in a way after which the pipe's bytes cannot be told apart any more. */
  get broken(): WireError | undefined {
    return this.#broken;
  }

  /** Calls an operation; its answer's stub. A fault leaves the pipe usable, anything else does not. */
  async call(operation: number, stub: Buffer, call: Call): Promise<Buffer> {
    if (this.#broken) throw this.#broken;
    const callId = ++this.#callId;
    try {
      return await this.#exchange(callId, requestPackets(callId, operation, stub), call);
    } catch (error) {
      if (!(error instanceof WireError && error.failure.kind === 'rpc')) {
        this.#broken = error instanceof WireError ? error : ntError(NT.CANCELLED);
      }
      throw error;
    }
  }

  /** Lets the pipe and all its handles go, without waiting for an answer. */
  close(): void {
    this.#broken ??= ntError(NT.FILE_CLOSED);
    const { connection } = this.#tree.session;
    const request = { command: COMMAND.CLOSE, treeId: this.#tree.id, body: closeRequest(this.#fileId) };
    if (!connection.failure) connection.request(request).catch(() => undefined);
  }

  async #exchange(callId: number, packets: readonly Buffer[], call: Call): Promise<Buffer> {
    for (const packet of packets.slice(0, -1)) {
      await this.#mustSucceed(COMMAND.WRITE, writeRequest(this.#fileId, packet), call);
    }
    const stubs: Buffer[] = [];
    let total = 0;
    const { deadlineMs } = this.#tree.session.connection;
    const until = performance.now() + PATIENCE * (call.deadlineMs ?? deadlineMs);
    let bytes = await this.#transceive(packets.at(-1) ?? Buffer.alloc(0), call);
    for (let last = false; !last;) {
      const next = await this.#nextPacket(bytes, call, until);
      const part = readResponse(next.packet, callId);
      total += part.stub.length;
      if (total > MAX_STUB) throw malformed('an RPC reply is longer than anything asked for');
      if (stubs.length >= MAX_PARTS) throw malformed('an RPC reply has more parts than anything asked for');
      if (part.stub.length === 0 && !part.last) throw malformed('an RPC reply has an empty part');
      stubs.push(part.stub);
      bytes = next.rest;
      last = part.last;
    }
    return stubs.length === 1 && stubs[0] ? stubs[0] : Buffer.concat(stubs);
  }

  async #transceive(packet: Buffer, call: Call): Promise<Buffer> {
    const body = ioctlRequest({
      code: FSCTL_PIPE_TRANSCEIVE,
      fileId: this.#fileId,
      input: packet,
      maxOutput: MAX_OUTPUT,
    });
    const reply = await this.#tree.session.connection.request(
      { command: COMMAND.IOCTL, treeId: this.#tree.id, body },
      call,
    );
    if (reply.status !== NT.SUCCESS && reply.status !== NT.BUFFER_OVERFLOW) throw ntError(reply.status);
    return readIoctlReply(reply.message);
  }

  /** The first whole packet of `bytes`, reading on where it is not all there. */
  async #nextPacket(bytes: Buffer, call: Call, until = Infinity): Promise<{ packet: Buffer; rest: Buffer }> {
    let have = bytes;
    for (;;) {
      const length = packetLength(have);
      if (length !== undefined && have.length >= length)
        return { packet: have.subarray(0, length), rest: have.subarray(length) };
      if (performance.now() > until)
        throw timeoutError('REQUEST_TIMEOUT', 'an RPC reply did not come to its end in time');
      const body = readRequest({ fileId: this.#fileId, offset: 0, length: MAX_OUTPUT });
      const reply = await this.#tree.session.connection.request(
        { command: COMMAND.READ, treeId: this.#tree.id, body },
        call,
      );
      if (reply.status !== NT.SUCCESS && reply.status !== NT.BUFFER_OVERFLOW) throw ntError(reply.status);
      const more = readReadReply(reply.message);
      if (more.length === 0) throw malformed('the pipe ended in the middle of an answer');
      have = Buffer.concat([have, more]);
    }
  }

  async #mustSucceed(command: typeof COMMAND.WRITE, body: Buffer, call: Call): Promise<void> {
    await this.#tree.session.connection.mustSucceed({ command, treeId: this.#tree.id, body }, call);
  }
}
