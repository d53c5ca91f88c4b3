/** The system's own ping and nslookup: found on the PATH and run without a shell, in bounded time, with bounded output. */
import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';

/** What a program said; undefined where the system has no such program. */
export interface ProgramRun {
  /** As a person would type it. */
  readonly command: string;
  readonly output: string;
  readonly succeeded: boolean;
}

export type RunProgram = (
  name: string,
  args: readonly string[],
  signal: AbortSignal,
) => Promise<ProgramRun | undefined>;

const LIMIT_MS = 10_000;
const MOST_OUTPUT = 8000;

/** Only absolute folders of the PATH are looked into: a program that lies in the workspace is not the system's. */
async function find(name: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const windows = process.platform === 'win32';
  const folders = windows
    ? [path.join(env.SystemRoot ?? 'C:\\Windows', 'System32')]
    : (env.PATH ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  for (const folder of folders) {
    const file = path.join(folder, windows ? `${name}.exe` : name);
    try {
      await access(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

/** Runs a program of the system. Rejects only with the signal's reason. */
export function systemProgram(env: NodeJS.ProcessEnv = process.env): RunProgram {
  return async (name, args, signal) => {
    const file = await find(name, env);
    if (file === undefined) return undefined;
    signal.throwIfAborted();
    const options = { timeout: LIMIT_MS, maxBuffer: 1 << 20, windowsHide: true, signal };
    return new Promise((resolve, reject) => {
      execFile(file, [...args], options, (error, stdout, stderr) => {
        if (signal.aborted) {
          reject(signal.reason instanceof Error ? signal.reason : new Error('cancelled'));
          return;
        }
        const late = error?.killed === true ? `\n(ended after ${LIMIT_MS / 1000} s)` : '';
        const output = `${stdout}${stderr}`.trim().slice(0, MOST_OUTPUT) + late;
        resolve({ command: [name, ...args].join(' '), output, succeeded: error === null });
      });
    });
  };
}

/** The arguments of ping: two packets, two seconds each. */
export function pingArguments(host: string, platform: NodeJS.Platform = process.platform): readonly string[] {
  if (platform === 'win32') return ['-n', '2', '-w', '2000', host];
  return ['-c', '2', platform === 'darwin' ? '-t' : '-w', '4', host];
}
