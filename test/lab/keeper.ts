/** The keeper process of a machine (native/keeper.c): starting it, ending it, and clearing up after one that was killed. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, openSync, closeSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NativeParts } from './native.ts';

/** Machine folders begin so; the rest of the name is short, for unix sockets live below it (108 bytes at most). */
export const FOLDER_PREFIX = 'plab-';

/** Where machine folders are made. */
export function labBase(): string {
  const base = os.tmpdir();
  return base.length > 40 ? '/tmp' : base;
}

/** Starts the machine in `folder`. With `untilExit` it ends when this process does, however this process ends. */
export function startKeeper(folder: string, native: NativeParts, untilExit: boolean): ChildProcess {
  const conf = path.join(folder, 'smb.conf');
  const log = openSync(path.join(folder, 'log', 'keeper.log'), 'a');
  const smbd = ['smbd', '--foreground', '--no-process-group', '-s', conf, '-l', path.join(folder, 'log')];
  const child = spawn(native.keeper, [...(untilExit ? ['--until-eof'] : []), folder, ...smbd], {
    detached: true,
    stdio: [untilExit ? 'pipe' : 'ignore', log, log],
    env: {
      ...process.env,
      PATH: `${process.env.PATH ?? ''}:/usr/sbin:/usr/bin`,
      LAB_MACHINE: folder,
      LD_PRELOAD: native.shim,
    },
  });
  closeSync(log);
  child.unref();
  child.stdin?.on('error', () => undefined);
  // An open pipe alone must not keep this process alive.
  if (child.stdin instanceof Socket) child.stdin.unref();
  return child;
}

function commandLine(pid: string | number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** The keeper's process id, where it is alive and keeps this folder. */
export function keeperOf(folder: string): number | undefined {
  let pid: number;
  try {
    pid = Number(readFileSync(path.join(folder, 'keeper.pid'), 'utf8'));
  } catch {
    // A keeper removes its folder when it ends: between one look and the next the file may be gone.
    return undefined;
  }
  return commandLine(pid).split('\0').includes(folder) ? pid : undefined;
}

/** Ends the machine of a folder and waits until nothing of it is left. */
export async function stopKeeper(folder: string): Promise<void> {
  const pid = keeperOf(folder);
  if (pid !== undefined) endProcess(pid, 'SIGTERM');
  for (let waited = 0; existsSync(folder) && keeperOf(folder) !== undefined && waited < 15_000; waited += 20) {
    await sleep(20);
  }
  endLeftovers(folder);
}

function endLeftovers(folder: string): void {
  const conf = path.join(folder, 'smb.conf');
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (!commandLine(pid).includes(conf)) continue;
    endProcess(Number(pid), 'SIGKILL');
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

function endProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself meanwhile.
  }
}

/** Clears up machines whose keeper was killed. A young folder without a keeper may be one that is just being made. */
export function sweepOrphans(): void {
  const base = labBase();
  for (const name of readdirSync(base).filter((entry) => entry.startsWith(FOLDER_PREFIX))) {
    const folder = path.join(base, name);
    try {
      const isYoung = Date.now() - statSync(folder).mtimeMs < 60_000;
      if (!isYoung && keeperOf(folder) === undefined) endLeftovers(folder);
    } catch {
      // Another process clears up as well.
    }
  }
}
