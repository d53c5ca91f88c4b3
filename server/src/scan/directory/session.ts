/**
 * A conversation with one directory server over a socket that somebody else opened: one request at a time, each within its
 * time, with bounded answers. Requests are ldapts' own messages; answers are read by answer.ts. It never connects by
 * itself, so nothing is ever sent anywhere else: a referral is an answer like any other.
 */
import type { Socket } from 'node:net';
import { BindRequest, ExtendedRequest, PagedResultsControl, SearchRequest, UnbindRequest, type Filter } from 'ldapts';
import type { RawFailure } from '../failure.ts';
import { readAnswer, type Answer, type DirectoryEntry, type DirectoryResult } from './answer.ts';
import { BerError, elementAt } from './ber.ts';
import { DirectoryError, resultFailure } from './failure.ts';

/** No entry that we ask for is longer: a few short attributes. */
const MOST_MESSAGE = 256 * 1024;
/** The answers to one request. */
const MOST_ANSWERS = 16 * 1024 * 1024;
const PAGE = 500;
/** LDAPMessage is a SEQUENCE. */
const MESSAGE = 0x30;
/** RFC 4511 4.14.1 */
const START_TLS = '1.3.6.1.4.1.1466.20037';

export interface SessionOptions {
  readonly signal: AbortSignal;
  /** For each request, milliseconds. */
  readonly requestMs: number;
}

export interface Search {
  readonly base: string;
  readonly scope: 'base' | 'one' | 'sub';
  readonly filter: Filter;
  readonly attributes: readonly string[];
}

/** One page of what was found. */
export interface Page {
  readonly entries: readonly DirectoryEntry[];
  /** Parts of the tree that other servers have. Never followed. */
  readonly references: readonly string[];
}

interface Waiting {
  readonly id: number;
  readonly entries: DirectoryEntry[];
  readonly references: string[];
  bytes: number;
  readonly done: (answer: { readonly result: DirectoryResult; readonly cookie: Buffer }) => void;
  readonly fail: (error: Error) => void;
}

/** A directory server that is connected. Whatever it does wrong is thrown as a DirectoryError; abort rejects with the reason. */
export class LdapSession {
  readonly #socket: Socket;
  readonly #options: SessionOptions;
  readonly #listeners: readonly (readonly [string, (...args: never[]) => void])[];
  #pending: Buffer = Buffer.alloc(0);
  #waiting: Waiting | undefined;
  #lost: RawFailure | undefined;
  #id = 0;
  #isLastInPlain = false;

  constructor(socket: Socket, options: SessionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#listeners = [
      ['data', (chunk: Buffer) => this.#receive(chunk)],
      [
        'error',
        (error: NodeJS.ErrnoException) =>
          this.#lose({ kind: 'socket', code: error.code ?? 'ECONNRESET', message: error.message }),
      ],
      [
        'close',
        () => this.#lose({ kind: 'socket', code: 'ECONNRESET', message: 'the directory closed the connection' }),
      ],
    ];
    for (const [event, listener] of this.#listeners) socket.on(event, listener as (...args: unknown[]) => void);
  }

  /** Asks to go on encrypted. The socket is the caller's again afterwards; a server that says more than yes is refused. */
  async startTls(): Promise<void> {
    this.#isLastInPlain = true;
    const { result } = await this.#ask((messageId) => new ExtendedRequest({ messageId, oid: START_TLS }));
    if (result.code !== 0) throw new DirectoryError(resultFailure(result));
    if (this.#lost) throw new DirectoryError(this.#lost);
    for (const [event, listener] of this.#listeners) this.#socket.off(event, listener as (...args: unknown[]) => void);
  }

  /** Logs on with name and password. An empty password would be no logon at all (RFC 4513 5.1.2), and is a defect here. */
  async bind(user: string, password: string): Promise<void> {
    if (user === '' || password === '') throw new Error('a logon needs a user and a password');
    const { result } = await this.#ask((messageId) => new BindRequest({ messageId, dn: user, password }));
    if (result.code !== 0) throw new DirectoryError(resultFailure(result));
  }

  /** Everything that is found, page by page; throws where the directory does not give all. */
  async *search({ base, scope, filter, attributes }: Search): AsyncGenerator<Page> {
    let cookie = Buffer.alloc(0);
    do {
      const paging = new PagedResultsControl({ critical: true, value: { size: PAGE, cookie } });
      const { result, entries, references, ...answer } = await this.#ask(
        (messageId) =>
          new SearchRequest({
            ...{ messageId, baseDN: base, scope, filter, derefAliases: 'never', controls: [paging] },
            ...{ attributes: [...attributes], timeLimit: Math.ceil(this.#options.requestMs / 1000) },
          }),
      );
      if (entries.length + references.length > 0) yield { entries, references };
      if (result.code !== 0) throw new DirectoryError(resultFailure(result));
      cookie = Buffer.from(answer.cookie);
    } while (cookie.length > 0);
  }

  close(): void {
    if (!this.#lost) this.#socket.write(new UnbindRequest({ messageId: ++this.#id }).write(), () => undefined);
    this.#lost = { kind: 'socket', code: 'CLOSED', message: 'the conversation is over' };
    this.#socket.destroySoon();
    setTimeout(() => this.#socket.destroy(), 500).unref();
  }

  async #ask(request: (id: number) => { write(): Buffer }) {
    const { signal, requestMs } = this.#options;
    signal.throwIfAborted();
    if (this.#lost) throw new DirectoryError(this.#lost);
    const id = ++this.#id;
    const entries: DirectoryEntry[] = [];
    const references: string[] = [];
    let timer: NodeJS.Timeout | undefined;
    let stop = (): void => undefined;
    try {
      const answer = await new Promise<{ readonly result: DirectoryResult; readonly cookie: Buffer }>(
        (resolve, reject) => {
          this.#waiting = { id, entries, references, bytes: 0, done: resolve, fail: reject };
          stop = () => {
            reject(signal.reason instanceof Error ? signal.reason : new Error('cancelled'));
            this.#socket.destroy();
          };
          signal.addEventListener('abort', stop, { once: true });
          timer = setTimeout(() => {
            this.#lose({ kind: 'timeout', code: 'ETIMEDOUT', message: `no answer within ${requestMs} ms` });
          }, requestMs);
          this.#socket.write(request(id).write());
        },
      );
      return { ...answer, entries, references };
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      this.#waiting = undefined;
    }
  }

  #receive(chunk: Buffer): void {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    try {
      if (this.#waiting && (this.#waiting.bytes += chunk.length) > MOST_ANSWERS)
        throw new BerError(`more than ${MOST_ANSWERS} bytes for one request`);
      for (;;) {
        const message = elementAt(this.#pending, 0);
        if (!message) return;
        if (message.tag !== MESSAGE) throw new BerError('no LDAP message');
        if (message.end > MOST_MESSAGE) throw new BerError(`a message of ${message.end} bytes`);
        if (message.end > this.#pending.length) return;
        const answer = readAnswer(this.#pending.subarray(message.start, message.end));
        this.#pending = this.#pending.subarray(message.end);
        this.#take(answer);
        // Whatever follows in the same breath was slipped in by somebody on the way (RFC 4513 3.1.1).
        if (this.#isLastInPlain && this.#pending.length > 0)
          throw new BerError('it goes on in plain text after agreeing to encrypt');
      }
    } catch (error) {
      if (!(error instanceof BerError)) throw error;
      this.#lose(broken(error.message).failure);
    }
  }

  #take(answer: Answer): void {
    const waiting = this.#waiting;
    // Unasked: a notice that the server ends the connection (RFC 4511 4.4.1).
    if (answer.id === 0 && answer.kind === 'result') this.#lose(resultFailure(answer.result));
    if (!waiting || answer.id !== waiting.id) return;
    if (answer.kind === 'entry') waiting.entries.push(answer.entry);
    else if (answer.kind === 'reference') waiting.references.push(...answer.uris.slice(0, 16));
    else waiting.done(answer);
  }

  #lose(failure: RawFailure): void {
    this.#lost ??= failure;
    this.#socket.destroy();
    this.#waiting?.fail(new DirectoryError(failure));
  }
}

function broken(message: string): DirectoryError {
  return new DirectoryError({ kind: 'protocol', code: 'LDAP_MALFORMED', message });
}
