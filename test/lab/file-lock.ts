/** Holding a file of a lab machine open with share mode 0, through the server, as another program on Windows would. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export interface FileLock {
  /** Ends the lock; the file can be opened again. */
  release(): Promise<void>;
}

export interface LockTarget {
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

const SCRIPT = path.join(path.dirname(fileURLToPath(import.meta.url)), 'hold_file.py');

/** Resolves once the file is locked; the lock also ends with this process. */
export function lockFile(target: LockTarget, windowsPath: string): Promise<FileLock> {
  const holder = spawn('/usr/bin/python3', [SCRIPT], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => {
    holder.once('close', () => {
      resolve();
    });
  });
  holder.stdin.on('error', () => undefined);
  holder.stdin.write(`${JSON.stringify({ ...target, path: windowsPath })}\n`);
  return new Promise((resolve, reject) => {
    let said = '';
    holder.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    holder.once('error', reject);
    holder.once('close', () => {
      reject(new Error(`${windowsPath} could not be locked: ${said}`));
    });
    holder.stdout.once('data', () => {
      resolve({
        release: () => {
          holder.stdin.end();
          return ended;
        },
      });
    });
  });
}
