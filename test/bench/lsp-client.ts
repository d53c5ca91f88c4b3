/** A small language client over stdio, for measuring: as little as may be between the clock and the server. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

/** Diagnostics as they were published. */
export interface Published {
  readonly uri: string;
  readonly diagnostics: readonly { readonly code?: unknown }[];
}

/** One server process. */
export class BenchClient {
  readonly #process: ChildProcess;
  readonly #answers = new Map<number, (result: unknown) => void>();
  #buffer = Buffer.alloc(0);
  #nextId = 1;
  onPublished: (published: Published) => void = () => undefined;
  /** What the server is answered when it asks. */
  onAsked: (method: string, params: unknown) => unknown = () => null;

  constructor(command: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const options = {
      stdio: ['pipe', 'pipe', 'inherit'] as ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    };
    this.#process = spawn(process.execPath, [...command], options);
    this.#process.stdout?.on('data', (chunk: Buffer) => this.#receive(chunk));
  }

  request(method: string, params: unknown): Promise<unknown> {
    const id = this.#nextId++;
    const answer = new Promise((resolve) => this.#answers.set(id, resolve));
    this.#send({ id, method, params });
    return answer;
  }

  notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  /** The most memory that the server has had, in MB; undefined where the system does not tell. */
  peakMemory(): number | undefined {
    try {
      const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${this.#process.pid}/status`, 'utf8'))?.[1];
      return kilobytes === undefined ? undefined : Number(kilobytes) / 1000;
    } catch {
      return undefined;
    }
  }

  /** Processor time so far, in clock ticks of 10 ms; undefined where the system does not tell. */
  processorTicks(): number | undefined {
    try {
      const fields = readFileSync(`/proc/${this.#process.pid}/stat`, 'utf8').split(' ');
      return Number(fields[13]) + Number(fields[14]);
    } catch {
      return undefined;
    }
  }

  signal(name: NodeJS.Signals): void {
    this.#process.kill(name);
  }

  /** Leaves as an editor does: the server may keep something first. */
  async leave(): Promise<void> {
    await this.request('shutdown', undefined);
    const ended = new Promise((resolve) => this.#process.once('close', resolve));
    this.notify('exit', undefined);
    await ended;
  }

  async end(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('close', resolve));
    this.#process.kill('SIGKILL');
    await ended;
  }

  #send(message: Message): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#process.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #receive(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const head = this.#buffer.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/.exec(this.#buffer.toString('latin1', 0, Math.max(0, head)))?.[1]);
      if (head < 0 || this.#buffer.length < head + 4 + length) return;
      const body = this.#buffer.toString('utf8', head + 4, head + 4 + length);
      this.#buffer = this.#buffer.subarray(head + 4 + length);
      this.#take(JSON.parse(body) as Message);
    }
  }

  #take({ id, method, params, result }: Message): void {
    if (method === 'textDocument/publishDiagnostics') this.onPublished(params as Published);
    else if (id !== undefined && method === undefined) {
      this.#answers.get(id)?.(result);
      this.#answers.delete(id);
    } else if (id !== undefined) this.#send({ id, result: this.onAsked(method ?? '', params) });
  }
}
