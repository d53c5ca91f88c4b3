/**
 * Stands in for the language server in a run that must fail: it starts the real one and hands everything on both ways, but
 * empties the answers to the request that a file names, while it names one, and notes how many.
 * `node emptying-server.ts FOLDER SERVER ARGUMENTS...`
 */
import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';

/** Names the request, in the folder that the process is given. */
export const METHOD_FILE = 'method';
/** Has a line for each answer that was emptied. */
export const NOTES_FILE = 'emptied';

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

export interface EmptierOptions {
  /** The request whose answers are to be emptied, at this moment. */
  readonly method: () => string | undefined;
  /** Called for each answer that was. */
  readonly note?: (method: string) => void;
}

/** What remembers which requests wait for answers that are to be emptied, and empties these. */
export function emptier({ method, note }: EmptierOptions): Emptier {
  const waiting = new Map<number | string, string>();
  return {
    asked: ({ id, method: named }) => {
      if (id !== undefined && named !== undefined && named === method()) waiting.set(id, named);
    },
    answered: (message) => {
      if (message.method !== undefined || message.id === undefined) return message;
      const named = waiting.get(message.id);
      waiting.delete(message.id);
      if (named === undefined || !('result' in message)) return message;
      note?.(named);
      return { ...message, result: emptied(message.result) };
    },
  };
}

/** What stands in a file; nothing where there is none. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
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
  const [folder = '', server = '', ...args] = process.argv.slice(2);
  const child = spawn(process.execPath, [server, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const { asked, answered } = emptier({
    method: () => textOf(path.join(folder, METHOD_FILE)),
    note: (method) => appendFileSync(path.join(folder, NOTES_FILE), `${method}\n`),
  });
  onMessages(process.stdin, (message) => {
    asked(message);
    child.stdin.write(framed(message));
  });
  onMessages(child.stdout, (message) => process.stdout.write(framed(answered(message))));
  process.stdin.on('end', () => child.stdin.end());
  child.on('exit', (code) => process.exit(code ?? 1));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal));
}
