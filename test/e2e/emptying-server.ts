/**
 * Stands in for the language server in a run that must fail: it starts the real one and hands everything on both ways, but
 * empties the answers to one request. `node emptying-server.ts METHOD SERVER ARGUMENTS...`
 */
import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/** The shape of an answer with nothing in it. */
export function emptied(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  if (typeof value === 'string') return '';
  if (typeof value === 'number') return 0;
  if (typeof value === 'boolean') return false;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, emptied(member)]));
}

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly result?: unknown;
}

interface Emptier {
  readonly asked: (message: Message) => void;
  readonly answered: (message: Message) => Message;
}

/** What remembers which requests of one method wait for their answers, and empties these. */
export function emptier(method: string): Emptier {
  const waiting = new Set<number | string>();
  return {
    asked: ({ id, method: named }) => {
      if (id !== undefined && named === method) waiting.add(id);
    },
    answered: (message) => {
      const isOurs = message.method === undefined && message.id !== undefined && waiting.delete(message.id);
      return isOurs && 'result' in message ? { ...message, result: emptied(message.result) } : message;
    },
  };
}

/** Calls with each message of a stream, which are framed as the base protocol of LSP says (`Content-Length`). */
function onMessages(stream: Readable, take: (message: Message) => void): void {
  let rest = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = rest.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/Content-Length: *(\d+)/i.exec(rest.subarray(0, head).toString('latin1'))?.[1]);
      if (rest.length < head + 4 + length) return;
      take(JSON.parse(rest.subarray(head + 4, head + 4 + length).toString('utf8')) as Message);
      rest = rest.subarray(head + 4 + length);
    }
  });
}

function framed(message: Message): string {
  const text = JSON.stringify(message);
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

if (import.meta.main) {
  const [method = '', server = '', ...args] = process.argv.slice(2);
  const child = spawn(process.execPath, [server, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const { asked, answered } = emptier(method);
  onMessages(process.stdin, (message) => {
    asked(message);
    child.stdin.write(framed(message));
  });
  onMessages(child.stdout, (message) => process.stdout.write(framed(answered(message))));
  process.stdin.on('end', () => child.stdin.end());
  child.on('exit', (code) => process.exit(code ?? 1));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal));
}
