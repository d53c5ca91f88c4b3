/** Runs the command from its sources, as a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const MAIN = path.resolve('server/src/cli/main.ts');

export interface CliRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Another program before it, which runs it. */
  readonly under?: readonly string[];
}

/** Rejects when the process was ended by a signal. */
export async function runCli(
  args: readonly string[],
  { cwd, env, stdin, under = [] }: CliOptions = {},
): Promise<CliRun> {
  const { PATCHLAB_PASSWORD: _none, ...surroundings } = process.env;
  const [program = process.execPath, ...rest] = [...under, process.execPath, '--no-warnings', MAIN, ...args];
  const child = spawn(program, rest, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...surroundings, ...env },
    ...(cwd !== undefined && { cwd }),
  });
  child.stdin.end(stdin ?? '');
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  if (code === null) throw new Error(`the command was killed: ${err}`);
  return { code, out, err };
}
