/** Honest answers to requests on shares, files and pipes, and where lies about calls come in. */
import { COMMAND, HEADER_LENGTH } from './requests.ts';
import type { LiarImage } from './image.ts';
import type { Lies } from './liar.ts';
import { BODY, directoryEntries, ERROR_BODY, type Reply, type Request } from './messages.ts';
import { bindAck, faultPacket, HonestPipes, responsePackets, type RpcCall } from './pipes.ts';

const STATUS = {
  OVERFLOW: 0x80000005,
  NO_MORE_FILES: 0x80000006,
  END_OF_FILE: 0xc0000011,
  NOT_FOUND: 0xc0000034,
  BAD_NETWORK_NAME: 0xc00000cc,
  INVALID_DEVICE_REQUEST: 0xc0000010,
} as const;
const TREE = { PIPES: 1, DRIVE: 2 } as const;
const PIPES: readonly string[] = ['winreg', 'svcctl', 'srvsvc'];
const OPERATION_RANGE_ERROR = 0x1c010002;

interface Open {
  readonly id: Buffer;
  readonly name: string;
  readonly data?: Buffer;
  /** What of an RPC answer was not read yet. */
  rest: Buffer;
  call: RpcCall | undefined;
  listed: boolean;
}

export class Answers {
  readonly #image: LiarImage;
  readonly #lies: Lies;
  readonly #pipes: HonestPipes;
  readonly #open = new Map<string, Open>();
  #last: Open | undefined;
  #next = 1;

  constructor(image: LiarImage, lies: Lies) {
    this.#image = image;
    this.#lies = lies;
    this.#pipes = new HonestPipes(image);
  }

  /** What a compound opened ends with its frame. */
  beginFrame(): void {
    this.#last = undefined;
  }

  answer(request: Request): Reply | undefined {
    switch (request.command) {
      case COMMAND.TREE_CONNECT:
        return this.#connect(request);
      case COMMAND.CREATE:
        return this.#create(request);
      case COMMAND.CLOSE:
        return { status: 0, body: BODY.close() };
      case COMMAND.READ:
        return this.#read(request);
      case COMMAND.WRITE:
        return { status: 0, body: BODY.write(request.message.readUInt32LE(HEADER_LENGTH + 4)) };
      case COMMAND.IOCTL:
        return this.#ioctl(request);
      case COMMAND.QUERY_DIRECTORY:
        return this.#list(request);
      case COMMAND.CANCEL:
        return undefined;
      default:
        return { status: 0, body: BODY.small() };
    }
  }

  #connect(request: Request): Reply {
    const at = request.message.readUInt16LE(HEADER_LENGTH + 4);
    const path = request.message.toString('utf16le', at, at + request.message.readUInt16LE(HEADER_LENGTH + 6));
    if (/\\IPC\$$/i.test(path)) return { status: 0, treeId: TREE.PIPES, body: BODY.treeConnect(2) };
    if (/\\C\$$/i.test(path)) return { status: 0, treeId: TREE.DRIVE, body: BODY.treeConnect(1) };
    return { status: STATUS.BAD_NETWORK_NAME, body: ERROR_BODY };
  }

  #create(request: Request): Reply {
    const at = request.message.readUInt16LE(HEADER_LENGTH + 44);
    const length = request.message.readUInt16LE(HEADER_LENGTH + 46);
    const name = request.message.toString('utf16le', at, at + length).toLowerCase();
    this.#last = undefined;
    if (request.treeId === TREE.PIPES) {
      return PIPES.includes(name) ? this.#opened(name, { size: 0n }) : { status: STATUS.NOT_FOUND, body: ERROR_BODY };
    }
    const data = this.#image.files.get(name);
    if (data) return this.#opened(name, { size: BigInt(data.length), data });
    const isFolder = [...this.#image.files.keys()].some((file) => file.startsWith(`${name}\\`));
    return isFolder ? this.#opened(name, { size: 0n }) : { status: STATUS.NOT_FOUND, body: ERROR_BODY };
  }

  #opened(name: string, { size, data }: { size: bigint; data?: Buffer }): Reply {
    const id = Buffer.alloc(16, 3);
    id.writeUInt32LE(this.#next++);
    const open: Open = { id, name, rest: Buffer.alloc(0), call: undefined, listed: false, ...(data && { data }) };
    this.#open.set(id.toString('hex'), open);
    this.#last = open;
    return { status: 0, body: BODY.create(id, size, data === undefined && !PIPES.includes(name)) };
  }

  #opening(request: Request, at: number): Open | undefined {
    const id = request.message.subarray(HEADER_LENGTH + at, HEADER_LENGTH + at + 16);
    return request.related ? this.#last : this.#open.get(id.toString('hex'));
  }

  #read(request: Request): Reply {
    const open = this.#opening(request, 16);
    const length = request.message.readUInt32LE(HEADER_LENGTH + 4);
    if (!open) return { status: STATUS.NOT_FOUND, body: ERROR_BODY };
    if (!open.data) return this.#readPipe(open, length);
    const offset = Number(request.message.readBigUInt64LE(HEADER_LENGTH + 8));
    const data = open.data.subarray(offset, offset + length);
    return data.length === 0 ? { status: STATUS.END_OF_FILE, body: ERROR_BODY } : { status: 0, body: BODY.read(data) };
  }

  #readPipe(open: Open, length: number): Reply {
    if (open.rest.length === 0 && open.call) open.rest = this.#lies.more?.(open.call) ?? Buffer.alloc(0);
    const data = open.rest.subarray(0, length);
    open.rest = open.rest.subarray(length);
    return { status: open.rest.length > 0 ? STATUS.OVERFLOW : 0, body: BODY.read(data) };
  }

  #ioctl(request: Request): Reply {
    const open = this.#opening(request, 8);
    const code = request.message.readUInt32LE(HEADER_LENGTH + 4);
    // A server of SMB 2.1 does not know the check of the negotiation (MS-SMB2 3.2.5.14.12).
    if (!open) return { status: STATUS.INVALID_DEVICE_REQUEST, body: ERROR_BODY };
    const at = request.message.readUInt32LE(HEADER_LENGTH + 24);
    const length = request.message.readUInt32LE(HEADER_LENGTH + 28);
    const room = request.message.readUInt32LE(HEADER_LENGTH + 44);
    const all = Buffer.concat(this.#packets(open, request.message.subarray(at, at + length)));
    open.rest = all.subarray(room);
    const body = BODY.ioctl(code, open.id, all.subarray(0, room));
    return { status: open.rest.length > 0 ? STATUS.OVERFLOW : 0, body };
  }

  #packets(open: Open, packet: Buffer): readonly Buffer[] {
    const callId = packet.readUInt32LE(12);
    const call: RpcCall = { pipe: open.name, operation: packet.readUInt16LE(22), stub: packet.subarray(24), callId };
    if (packet[2] === 11) {
      const bind = { ...call, operation: -1 };
      return this.#lies.packets?.([bindAck(callId)], bind) ?? [bindAck(callId)];
    }
    open.call = call;
    const path = call.pipe === 'winreg' && call.stub.length >= 20 ? this.#pipes.pathOf(call) : '';
    const stub = this.#lies.rpc?.(call, path) ?? this.#pipes.answer(call);
    const honest = stub ? responsePackets(callId, stub) : [faultPacket(callId, OPERATION_RANGE_ERROR)];
    return this.#lies.packets?.(honest, call) ?? honest;
  }

  #list(request: Request): Reply {
    const open = this.#opening(request, 8);
    if (!open || open.listed) return { status: STATUS.NO_MORE_FILES, body: ERROR_BODY };
    open.listed = true;
    const begin = open.name === '' ? '' : `${open.name}\\`;
    const below = [...this.#image.files.keys()].filter((file) => file.startsWith(begin));
    const names = [...new Set(below.map((file) => file.slice(begin.length).split('\\')[0] ?? ''))];
    return { status: 0, body: BODY.directory(directoryEntries(['.', '..', ...names])) };
  }
}
