/**
 * A scripted SMB server for tests. By itself it tells the truth: it negotiates SMB 3.1.1 or 2.1, logs on by NTLMv2, signs
 * (and encrypts where told), and answers for files, registry and services. What it is given as lies changes that, from the
 * fields of a reply to the bytes that leave; replies changed before they leave are signed, so that they get past the
 * signature.
 */
import net from 'node:net';
import { NODE_CRYPTO } from '../../../server/src/wire/crypto/suite.ts';
import { openMessage, sealMessage, type Seal } from '../../../server/src/wire/smb/encryption.ts';
import { COMMAND, FLAG, HEADER_LENGTH, splitCompoundRequest, TRANSFORM_ID } from './requests.ts';
import { sessionKeys, type SessionKeys } from '../../../server/src/wire/smb/keys.ts';
import { signMessage, type Signer } from '../../../server/src/wire/smb/signing.ts';
import { findFreeAddress } from '../free-address.ts';
import { Answers } from './answers.ts';
import { usualImage, type LiarImage } from './image.ts';
import { Logon, negotiateBody, type NegotiateFields } from './logon.ts';
import { BODY, ERROR_BODY, frame, onMessages, readRequest, writeReply, type Reply, type Request } from './messages.ts';
import type { RpcCall } from './pipes.ts';

/** Says something on the connection, outside of question and answer. */
export interface Voice {
  /** Signed or encrypted as the session is. */
  say(reply: Reply, to: Request): void;
  /** As it is, in a frame. */
  sayRaw(message: Buffer): void;
  /** As it is, without a frame. */
  sayBytes(bytes: Buffer): void;
  /** A reply as bytes, signed where the session is. */
  compose(reply: Reply, to: Request): Buffer;
  readonly isSealed: () => boolean;
  readonly isOpen: () => boolean;
}

/** What the server does other than honestly; every member may be left out. */
export interface Lies {
  readonly dialect?: '3.1.1' | '2.1';
  readonly encrypt?: boolean;
  readonly image?: LiarImage;
  /** Before anything else; true where it has done all that is to be done. */
  readonly request?: (request: Request, voice: Voice) => boolean;
  readonly negotiate?: (fields: NegotiateFields) => NegotiateFields;
  /** An honest reply, before it is signed. */
  readonly reply?: (reply: Reply, request: Request) => Reply;
  /** A message as it leaves, after it was signed or encrypted. */
  readonly leaving?: (message: Buffer, request: Request) => Buffer;
  /** Another stub for a call; undefined for the honest one. */
  readonly rpc?: (call: RpcCall, keyPath: string) => Buffer | undefined;
  /** Other packets than the honest ones. */
  readonly packets?: (honest: readonly Buffer[], call: RpcCall) => readonly Buffer[];
  /** Once for each pipe that waits for more: undefined where the pipe has no more. */
  readonly more?: (call: RpcCall) => Buffer | undefined;
}

export interface Liar {
  readonly address: string;
  readonly port: number;
  readonly target: string;
  /** Connections that are open now. */
  readonly connections: () => number;
  close(): Promise<void>;
}

export const LIAR_ACCOUNT = { user: 'Administrator', password: 'fake-Passw0rd!' } as const;
const SESSION_ID = 0x1000n;
const MORE_PROCESSING = 0xc0000016;
const LOGON_FAILURE = 0xc000006d;
const AES_128_GCM = 2;

export async function startLiar(lies: Lies, port = 4450): Promise<Liar> {
  const open = new Set<net.Socket>();
  const server = net.createServer({ noDelay: true }, (socket) => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => open.delete(socket));
    new Conversation(socket, lies);
  });
  const address = await findFreeAddress(port);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address, port }, resolve);
  });
  return {
    address,
    port,
    target: `${address}:${port}`,
    connections: () => open.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of open) socket.destroy();
      }),
  };
}

/** One client. */
class Conversation {
  readonly #socket: net.Socket;
  readonly #lies: Lies;
  readonly #logon = new Logon(LIAR_ACCOUNT);
  readonly #answers: Answers;
  readonly #voice: Voice;
  readonly #negotiated: NegotiateFields;
  #hash: Buffer = Buffer.alloc(64);
  #signer: Signer | undefined;
  #seals: { readonly in: Seal; readonly out: Seal } | undefined;
  #counter = 1n;
  #isLoggedOn = false;

  constructor(socket: net.Socket, lies: Lies) {
    this.#socket = socket;
    this.#lies = lies;
    this.#answers = new Answers(lies.image ?? usualImage(), lies);
    const honest: NegotiateFields = {
      dialect: lies.dialect === '2.1' ? 0x0210 : 0x0311,
      securityMode: 3,
      capabilities: 4,
      maxTransact: 0x100000,
      maxRead: 0x100000,
      guid: Buffer.alloc(16, 0x11),
      cipher: lies.encrypt === true ? AES_128_GCM : 0,
      token: Buffer.alloc(0),
    };
    this.#negotiated = lies.negotiate?.(honest) ?? honest;
    this.#voice = {
      say: (reply, to) => {
        this.#send(this.#compose(reply, to), to);
      },
      sayRaw: (message) => {
        this.#write(frame(message));
      },
      sayBytes: (bytes) => {
        this.#write(bytes);
      },
      compose: (reply, to) => this.#compose(reply, to),
      isSealed: () => this.#seals !== undefined,
      isOpen: () => !this.#socket.destroyed && this.#socket.writable,
    };
    onMessages(socket, (message) => {
      this.#receive(message);
    });
  }

  #receive(message: Buffer): void {
    const isSealed = message.length >= 4 && message.readUInt32LE(0) === TRANSFORM_ID;
    const plain = isSealed && this.#seals ? openMessage(this.#seals.in, message) : message;
    this.#answers.beginFrame();
    for (const each of splitCompoundRequest(plain)) this.#take(readRequest(each));
  }

  #take(request: Request): void {
    if (!this.#isLoggedOn) this.#absorb(request.message);
    if (this.#lies.request?.(request, this.#voice) === true) return;
    const reply = this.#answer(request);
    if (!reply) return;
    this.#voice.say(this.#lies.reply?.(reply, request) ?? reply, request);
    if (request.command === COMMAND.SESSION_SETUP && this.#isLoggedOn) this.#protect();
  }

  #answer(request: Request): Reply | undefined {
    if (request.command === COMMAND.NEGOTIATE) return { status: 0, body: negotiateBody(this.#negotiated) };
    if (request.command === COMMAND.SESSION_SETUP) return this.#setUp(request);
    return this.#answers.answer(request);
  }

  #setUp(request: Request): Reply {
    const at = request.message.readUInt16LE(HEADER_LENGTH + 12);
    const token = request.message.subarray(at, at + request.message.readUInt16LE(HEADER_LENGTH + 14));
    if (token[0] === 0x60) return { status: MORE_PROCESSING, body: BODY.sessionSetup(0, this.#logon.challengeToken()) };
    if (!this.#logon.accept(token)) return { status: LOGON_FAILURE, body: ERROR_BODY };
    this.#isLoggedOn = true;
    const keys = this.#keys();
    // 3.1.1 without a context for it signs by AES-CMAC, 2.1 by HMAC-SHA256 (MS-SMB2 3.2.5.2).
    const algorithm = this.#negotiated.dialect === 0x0311 ? 'AES-CMAC' : 'HMAC-SHA256';
    this.#signer = { suite: NODE_CRYPTO, algorithm, key: keys.signing };
    return { status: 0, body: BODY.sessionSetup(0, this.#logon.completeToken()) };
  }

  #keys(): SessionKeys {
    return sessionKeys(NODE_CRYPTO, {
      dialect: this.#negotiated.dialect === 0x0311 ? '3.1.1' : '2.1',
      cipher: this.#negotiated.cipher === AES_128_GCM ? 'AES-128-GCM' : undefined,
      sessionKey: this.#logon.sessionKey,
      preauthHash: this.#hash,
    });
  }

  /** The last reply of the logon is signed and not encrypted; all that follows is. */
  #protect(): void {
    if (this.#lies.encrypt !== true || this.#seals) return;
    const keys = this.#keys();
    const common = { suite: NODE_CRYPTO, cipher: 'AES-128-GCM', sessionId: SESSION_ID } as const;
    this.#seals = { in: { ...common, key: keys.sealing }, out: { ...common, key: keys.opening } };
  }

  #absorb(message: Buffer): void {
    this.#hash = NODE_CRYPTO.hash('sha512', this.#hash, message);
  }

  #compose(reply: Reply, to: Request): Buffer {
    const message = writeReply(reply, to, this.#isLoggedOn || to.command !== COMMAND.NEGOTIATE ? SESSION_ID : 0n);
    if (this.#signer && !this.#seals) {
      message.writeUInt32LE(message.readUInt32LE(16) | FLAG.SIGNED, 16);
      signMessage(this.#signer, message);
    }
    return message;
  }

  #send(message: Buffer, to: Request): void {
    if (!this.#isLoggedOn) this.#absorb(message);
    const sealed = this.#seals ? sealMessage(this.#seals.out, this.#counter++, message) : message;
    this.#write(frame(this.#lies.leaving?.(sealed, to) ?? sealed));
  }

  #write(bytes: Buffer): void {
    if (!this.#socket.destroyed) this.#socket.write(bytes);
  }
}
