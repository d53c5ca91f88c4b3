/** The command's entry: binds the process to `run`. */
import { createInterface } from 'node:readline/promises';
import { run } from './run.ts';
import type { Surroundings } from './verb.ts';

const MOST_STDIN = 64 * 1024;

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MOST_STDIN) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function ask(question: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question, { signal });
  } finally {
    terminal.close();
  }
}

function surroundings(): Surroundings {
  const { env } = process;
  const noColour = (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
  const cancelled = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      cancelled.abort(new Error('cancelled'));
    });
  }
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    readStdin,
    env,
    colour: process.stdout.isTTY && !noColour,
    progress: process.stderr.isTTY && env.TERM !== 'dumb',
    ...(process.stdin.isTTY && process.stderr.isTTY && { ask: (question: string) => ask(question, cancelled.signal) }),
    signal: cancelled.signal,
  };
}

// A reader that goes away early (`patchlab report | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// What escapes everything else: a stream that fails, a timer that throws.
process.on('uncaughtException', (error) => {
  process.stderr.write(
    `patchlab: internal error. Please report this, with the command and the lines below.\n${error.stack}\n`,
  );
  process.exit(4);
});

void run(process.argv.slice(2), surroundings()).then((code) => {
  process.exitCode = code;
});
